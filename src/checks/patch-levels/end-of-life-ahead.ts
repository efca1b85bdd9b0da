/** Assesses whether what the service runs on stays maintained for long enough to move off it in peace. */
import { addDays, days } from '../../dates.ts';
import { defineCheck, notApplicable, unknown } from '../define.ts';
import { duration } from '../params.ts';
import { frameworksOf } from './frameworks.ts';
import { unlessHidden } from './hidden.ts';
import { lasting } from './lasting.ts';
import { judged } from './maintained.ts';
import { functionsOf, programsOf, systemOf } from './running.ts';

export const check = defineCheck({
  summary:
    "Takes the runtimes, servers and systems of the images that serve users, the runtimes of functions and the frameworks that the service is built with, and looks how long their makers' support still lasts. What has ended already is the matter of other rules; where free long-term support has stepped in for the makers' own, both days are told.",
  needs: ['images', 'runtimes', 'frameworks'],
  params: {
    within: duration('For how long support has to last at least.', '90d'),
  },
  assess({ evidence, asOf, params }) {
    const served = evidence.images.facts.images.filter(({ aside }) => !aside);
    const programs = served.flatMap((image) => programsOf(image));
    // Of AWS' own images, runtime and system are maintained as one.
    const systems = served
      .flatMap((image) => systemOf(image) ?? [])
      .filter(({ product, version, at }) => !version || !programs.some((it) => it.product === product && it.at === at));
    const frameworks = frameworksOf(evidence.frameworks.facts.frameworks);
    const running = [...programs, ...systems, ...functionsOf(evidence.runtimes.facts.stated), ...frameworks];
    const unread = [...evidence.images.unread, ...evidence.frameworks.unread];
    if (running.length === 0) {
      const [hidden] = unread;
      return hidden
        ? unknown(`${hidden.at.path} could not be read: ${hidden.detail}`, { evidence: [hidden.at] })
        : notApplicable('no image that serves users, no function and no framework is here');
    }
    const limit = addDays(asOf, days(params.within) ?? 0);
    return unlessHidden(lasting(judged(running, asOf), limit), unread);
  },
});
