/** A row of a trend while it is counted. Pure but for the row itself. */
import type { Share, TrendRow, Turn, YardstickMove } from '../model-trend.ts';
import { asBefore, isMet, moveOf, type RulePair } from './pairs.ts';
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
    yardstick: { more: 0, moreUnmet: 0, fewer: 0, fewerUnmet: 0, stricter: 0, looser: 0 },
    before: NOTHING,
    after: NOTHING,
  };
}

/** Counts one rule of one service in. */
export function countPair(draft: Draft, service: string, pair: RulePair): void {
  const move = moveOf(pair);
  const { before, after, rule } = pair;
  if (before && after) {
    draft.before = with1(draft.before, isMet(before));
    draft.after = with1(draft.after, isMet(asBefore(before, after)));
    if (move === 'gained' || move === 'lost')
      draft[move].push({ service, rule, severity: after.severity, from: before.standing, to: after.standing });
  }
  const only = after ?? before;
  const isUnmet = Number(only !== undefined && isMet(only) === false);
  if (move === 'more' || move === 'fewer') draft.yardstick[`${move}Unmet`] += isUnmet;
  if (move === 'more' || move === 'fewer' || move === 'stricter' || move === 'looser') draft.yardstick[move]++;
}

function with1(share: Share, met: boolean | undefined): Share {
  return met === undefined ? share : counting(share, met);
}
