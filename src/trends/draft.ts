/** A row of a trend while it is counted. Pure but for the row itself. */
import type { Share, TrendRow, Turn, YardstickMove } from '../model-trend.ts';
import type { Mark } from '../store/letters.ts';
import { asBefore, isMet, type Move, moveOf, type RulePair } from './pairs.ts';
import { counting, NOTHING } from './shares.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What is counted. */
export interface Draft {
  readonly services: Writable<TrendRow['services']>;
  readonly gained: Turn[];
  readonly lost: Turn[];
  readonly yardstick: Writable<YardstickMove>;
  before: Share;
  after: Share;
}

/** Nothing counted yet. */
export function newDraft(): Draft {
  return {
    services: { compared: 0, new: 0, gone: 0, unjudged: 0 },
    gained: [],
    lost: [],
    yardstick: {
      ...{ more: 0, moreUnmet: 0, fewer: 0, fewerUnmet: 0 },
      ...{ came: 0, cameUnmet: 0, went: 0, wentUnmet: 0, stricter: 0, looser: 0 },
    },
    before: NOTHING,
    after: NOTHING,
  };
}

/** Counts one rule of one service in. */
export function countPair(draft: Draft, service: string, pair: RulePair): void {
  const { before, after, rule } = pair;
  const move = moveOf(pair);
  if (before && after) {
    const [was, is] = [isMet(before), isMet(asBefore(before, after))];
    if (was !== undefined && is !== undefined) {
      draft.before = counting(draft.before, was);
      draft.after = counting(draft.after, is);
    }
    if (move === 'gained' || move === 'lost')
      draft[move].push({ service, rule, severity: after.severity, from: before.standing, to: after.standing });
  }
  countMove(draft.yardstick, move, move === 'fewer' || move === 'went' ? before : after);
}

/** `mark`: what stands, or stood, about the rule where it does not judge both times. */
function countMove(yardstick: Draft['yardstick'], move: Move, mark: Mark | undefined): void {
  if (move === 'none' || move === 'gained' || move === 'lost') return;
  yardstick[move]++;
  if (move === 'stricter' || move === 'looser') return;
  if (mark && isMet(mark) === false) yardstick[`${move}Unmet`]++;
}
