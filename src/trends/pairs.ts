/** One service in two runs, rule by rule: what it did itself, and what the yardstick did. Pure. */
import type { Verdict } from '../model.ts';
import type { ServiceLine, StoredRun } from '../model-trend.ts';
import { type Mark, markOf } from '../store/letters.ts';

/** One rule in two runs; a side is undefined where it was not judged. */
export interface RulePair {
  readonly rule: string;
  readonly area: string;
  readonly before: Mark | undefined;
  readonly after: Mark | undefined;
}

/** A service in one run. */
export interface Side {
  readonly run: StoredRun;
  readonly line: ServiceLine;
}

/** Every rule that judged the service at least once, in the order of the later run's; those that only the earlier run has come last. */
export function pairsOf(before: Side | undefined, after: Side | undefined): readonly RulePair[] {
  const then = before ? marksOf(before.run, before.line) : NONE;
  const now = after ? marksOf(after.run, after.line) : NONE;
  const gone = before?.run.rules.filter(({ id }) => !now.has(id)) ?? [];
  return [...(after?.run.rules ?? []), ...gone]
    .map(({ id, area }) => ({ rule: id, area, before: then.get(id), after: now.get(id) }))
    .filter((pair) => pair.before !== undefined || pair.after !== undefined);
}

const NONE: ReadonlyMap<string, Mark | undefined> = new Map();

/** What stands about each rule of a run; undefined for those that did not judge the service. */
export function marksOf({ rules }: StoredRun, { letters }: ServiceLine): ReadonlyMap<string, Mark | undefined> {
  return new Map(rules.map(({ id }, index) => [id, markOf(letters.charAt(index))]));
}

/** Whether a rule counts as met, as not met, or not at all. */
export function isMet({ ruling }: Mark): boolean | undefined {
  return ruling === 'skip' ? undefined : ruling === 'pass' || ruling === 'trust';
}

/** What became of one rule: `gained` and `lost` are the service's doing; the rest is about by what it is judged. */
export type Move = 'gained' | 'lost' | 'stricter' | 'looser' | 'more' | 'fewer' | 'came' | 'went' | 'none';

/** A rule that did not apply both times is neither gained nor lost: else a first manifest would be a regression, and to remove it an improvement. */
export function moveOf({ before, after }: RulePair): Move {
  if (!before || !after) return after ? 'more' : before ? 'fewer' : 'none';
  const [was, is] = [isMet(before), isMet(after)];
  if (was === is) return 'none';
  if (was === undefined) return 'came';
  if (is === undefined) return 'went';
  if (before.standing === after.standing) return is ? 'looser' : 'stricter';
  return is ? 'gained' : 'lost';
}

/** What stands about the rule now, as the yardstick of before would rule on it: only where the standing is the same is that known to differ. */
export function asBefore(before: Mark, after: Mark): Mark {
  const isWaiver = before.ruling === 'waived' || after.ruling === 'waived';
  return before.standing === after.standing && !isWaiver ? before : after;
}

/** Worse ones have higher numbers. */
export const VERDICT_RANK: Readonly<Record<Verdict, number>> = { GO: 0, 'CONDITIONAL GO': 1, 'NO-GO': 2 };
