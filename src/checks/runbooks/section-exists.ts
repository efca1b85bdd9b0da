/** Assesses whether the section that an alert links is there and says something. */
import type { Problem } from '../../model.ts';
import { everyAlert, withoutAlerts } from '../alert-scope.ts';
import { defineCheck, notApplicable } from '../define.ts';
import { integer } from '../params.ts';
import { share } from '../shares.ts';
import { type LinkedPage, linkedPages } from './linked-content.ts';
import { linkParams } from './runbook-links.ts';

export const check = defineCheck({
  summary:
    'Looks for the heading or the anchor that the part of a link after `#` names, by the rules by which forges and site generators make anchors, and at what stands below it: nothing, a placeholder, or a few words that only point elsewhere are no section.',
  needs: ['alerts', 'references', 'documents'],
  params: { ...linkParams, words: integer('Fewest words, or else one command, that make a section.', 8, 1) },
  assess(subject) {
    const { scope, pages } = linkedPages(subject, subject.evidence.documents.facts);
    if (scope.alerts.length === 0) return withoutAlerts(scope, subject);
    if (pages.length === 0) return notApplicable('no alert links a page that is at hand');
    const hollow = pages.flatMap((page) => {
      const what = sectionTrouble(page, subject.params.words);
      return what ? [problem(page, what)] : [];
    });
    const good = pages.length - hollow.length;
    return everyAlert(scope, {
      because: share(good, pages.length, 'link', [
        'leads to a section that says something',
        'lead to sections that say something',
      ]),
      problems: hollow,
      shown: pages.filter((page) => !sectionTrouble(page, subject.params.words)).flatMap(({ to }) => to.place ?? []),
    });
  },
});

/** What a linked page or section lacks. */
interface Trouble {
  readonly what: string;
  readonly fix: string;
}

/** What keeps a link from leading to a section that says something; undefined where it does. */
export function sectionTrouble({ linked: { link }, to }: LinkedPage, words: number): Trouble | undefined {
  const path = to.place?.path ?? '';
  const anchor = /#(.*)$/.exec(link?.value ?? '')?.[1];
  if (to.outcome === 'no-section')
    return { what: `${path} has no section "${anchor}"`, fix: 'Correct the part after `#`, or add the heading.' };
  const { content } = to;
  if (to.outcome === 'empty')
    return {
      what: `${anchor ? `the section "${content?.title}" of ${path}` : path} ${content?.state === 'stub' ? 'holds only a placeholder' : 'is empty'}`,
      fix: 'Write down what to look at and what to do.',
    };
  if (content && content.commands === 0 && content.words < words)
    return {
      what: `${anchor ? `the section "${content.title}" of ${path}` : path} has ${content.words} words${content.links > 0 ? ' and points elsewhere' : ''}`,
      fix: 'Write down what to look at and what to do.',
    };
  return undefined;
}

function problem({ linked: { alert, link } }: LinkedPage, { what, fix }: Trouble): Problem {
  return { message: `${alert.name}: ${what}`, at: link?.at ?? alert.at, fix, subject: alert.name };
}
