/** Assesses whether the frameworks that the service is built with are still maintained by their makers. */
import { defineCheck, notApplicable, unknown } from '../define.ts';
import { counted } from '../words.ts';
import { frameworksOf } from './frameworks.ts';
import { unlessHidden } from './hidden.ts';
import { judged, maintained } from './maintained.ts';

export const check = defineCheck({
  summary:
    'Holds frameworks whose makers name the end of their support (Spring Boot, Quarkus, Django, Rails, Laravel, Symfony, Angular, Next.js and others) against a table of those days: in the version that a lockfile fixes, whoever brings it along, or that a parent, a bill of materials or a plugin of Maven or Gradle names. Without a lockfile, what a manifest pins counts, and a range is unknown. What is for development alone is left aside; support that has to be paid for does not count.',
  needs: ['frameworks'],
  params: {},
  assess({ evidence, asOf }) {
    const { facts, unread } = evidence.frameworks;
    const running = frameworksOf(facts.frameworks);
    const tests = facts.frameworks.length > 0 && running.length === 0 ? ' outside of development' : '';
    if (running.length > 0)
      return unlessHidden(
        maintained(judged(running, asOf), asOf, { noun: ['framework', 'frameworks'], fix: FIX, besides: '' }),
        unread,
      );
    const [hidden] = unread;
    if (hidden)
      return unknown(
        `no framework was found${tests}, but ${hidden.at.path} could not be read in full: ${hidden.detail}`,
        {
          evidence: [hidden.at],
        },
      );
    if (facts.looked === 0) return notApplicable('no lockfile and no manifest of packages is here');
    const partial =
      facts.partial.length > 0
        ? `; ${counted(facts.partial.length, 'file leaves', 'files leave')} out what packages bring along`
        : '';
    return notApplicable(
      `none of the frameworks whose makers name the end of their support is used${tests}, by ${counted(facts.looked, 'lockfile or manifest', 'lockfiles and manifests')}${partial}`,
      { evidence: facts.partial.slice(0, 5) },
    );
  },
});

const FIX = 'Move to a release that its makers maintain, one major version at a time.';
