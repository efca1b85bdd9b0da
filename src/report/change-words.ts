/** The sentences about a change that every human format says the same way. Pure; decides nothing. */
import type { Against, Change, Finding, Report, RuleChange, Ruling, Waiver } from '../model.ts';
import { wasJudged } from './tally.ts';
import { daysLeft } from './waiver-clock.ts';
import { AGAINST_WORDS, counted, RULING_WORDS, STANDING_WORDS } from './words.ts';

/** What a gate came to: the ruling whose sign and colour it has, the word for it, and why. */
export interface GateWords {
  readonly ruling: Extract<Ruling, 'pass' | 'fail' | 'warn'>;
  /** Absent where nothing was judged: then nothing passes. */
  readonly word?: string;
  readonly why: string;
}

/** Whether the gate passes, and why. Where it fails though nothing is new, a baseline holds what is fixed. */
export function gateWords({ services }: Pick<Report, 'services'>, change: Change): GateWords {
  if (!services.some(wasJudged))
    return { ruling: 'warn', why: 'nothing was judged, so nothing can be said of what got worse' };
  const why = reason(change);
  return change.passes ? { ruling: 'pass', word: 'gate passes', why } : { ruling: 'fail', word: 'gate fails', why };
}

/** The same in one line. */
export function gateLine(report: Pick<Report, 'services'>, change: Change): string {
  const { word, why } = gateWords(report, change);
  return word === undefined ? why : `${word}: ${why}`;
}

function reason({ against, passes, services }: Change): string {
  const isBaseline = against.what === 'baseline';
  const then = againstWords(against);
  const count = services.flatMap(({ rules }) => rules).filter(({ blocks }) => blocks).length;
  const left = services.filter(({ abandoned }) => abandoned).map(({ service }) => service);
  const parts = [
    count > 0
      ? `${counted(count, 'rule')}${isBaseline ? '' : ' that'} ${count === 1 ? 'blocks' : 'block'}${isBaseline ? '' : ' got worse'}`
      : '',
    left.length > 0 ? `${left.join(', ')} ${left.length === 1 ? 'is' : 'are'} judged no more and still there` : '',
  ].filter(Boolean);
  if (parts.length > 0) return `${parts.join(', and ')} ${then}`;
  if (passes) return `nothing ${isBaseline ? 'blocks' : 'that blocks got worse'} ${then}`;
  return isBaseline
    ? `the baseline ${against.name} holds what is fixed`
    : `nothing that blocks got worse ${then}, but a baseline holds what is fixed`;
}

/** "since main (9d0c1b2a3f4e)", "beyond the baseline gonogo.baseline.json". */
function againstWords({ what, name, commit }: Against): string {
  const id = commit === undefined || commit === name ? '' : ` (${commit.slice(0, 12)})`;
  return `${AGAINST_WORDS[what]} ${name}${id}`;
}

/** Where a rule stood, in words, where no answer is known: a baseline knows what was accepted and not what stood. */
export function withoutAnswerBefore({ gone }: RuleChange, what: Against['what']): string {
  if (what !== 'baseline') return 'not judged before';
  return gone.length > 0 ? 'accepted' : 'not accepted';
}

/** Where a rule has no answer today. */
export const WITHOUT_ANSWER_AFTER = 'not judged any more';

/** "blocking (stale)". */
export function answerWords({ ruling, standing }: Pick<Finding, 'ruling' | 'standing'>): string {
  return `${RULING_WORDS[ruling].word} (${STANDING_WORDS[standing].word})`;
}

/** Who answers for an exception that came with a change, and how long it holds. */
export function acceptedWords({ owner, approvedBy, expires }: Waiver, asOf: string): string {
  const approved = approvedBy === undefined ? 'nobody named as approver' : `approved by ${approvedBy}`;
  return `accepted by ${owner}, ${approved}, until ${expires} (${daysLeft(asOf, expires)})`;
}
