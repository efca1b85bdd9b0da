/** The words that both forms of a handover share. */
import type { Handover, Mark, ServiceHandover } from '../handover/handover.ts';
import { counted, STANDING_WORDS, TIER_WORDS } from './words.ts';

/** Marks in the order of the legend. */
export const MARKS: readonly Mark[] = ['verified', 'declared', 'contradicted', 'stale', 'missing', 'unknown'];

/** A sign beside the word, so that nothing is said by colour alone. */
export const MARK_SIGNS: Readonly<Record<Mark, string>> = {
  verified: '✔',
  declared: '○',
  contradicted: '✖',
  stale: '▲',
  missing: '–',
  unknown: '?',
};

/** What a mark means on this page, where more than the manifest is quoted. */
export function markMeaning(mark: Mark): string {
  return mark === 'declared' ? 'it is said, and nothing here confirms or denies it' : STANDING_WORDS[mark].meaning;
}

/** "✔ verified". */
export function markWord(mark: Mark): string {
  return `${MARK_SIGNS[mark]} ${STANDING_WORDS[mark].word}`;
}

/** "payments-api: tier 1 (customer-critical), live, stability profile, owned by team-payments". */
export function serviceWords({ service }: ServiceHandover): string {
  const { name, tier, stage, profile, owner } = service;
  const parts = [
    `tier ${tier} (${TIER_WORDS[tier]})`,
    stage,
    `${profile} profile`,
    ...(owner ? [`owned by ${owner}`] : []),
  ];
  return `${name}: ${parts.join(', ')}`;
}

/** Where, when and by what it was compiled. */
export function originWords({ repo, asOf, version }: Handover): string {
  const commit = repo.commit
    ? ` at commit ${repo.commit.slice(0, 12)}${repo.dirty ? ', with changes that are not committed' : ''}`
    : '';
  return `Compiled by gonogo ${version} from ${repo.name}${commit}, as of ${asOf}.`;
}

/** "45 of 61 lines are verified". */
export function shareWords({ marks }: ServiceHandover): string {
  const all = MARKS.reduce((sum, mark) => sum + marks[mark], 0);
  return `${marks.verified} of ${counted(all, 'line')} ${marks.verified === 1 ? 'is' : 'are'} verified`;
}
