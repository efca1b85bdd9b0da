/** Which runs of a store a trend is about. Pure. */
import type { Kept, StoredRun } from '../model-trend.ts';

/** Runs that a sparkline shows at least, where there are as many: a quarter of a year, week by week. */
const SPARKLINE = 12;

/** What the operator asked for; the last two runs where nothing. */
export interface WindowAsked {
  /** Compare over so many runs, at least two. */
  readonly last?: number;
  /** ISO date: compare with how things stood on that day. */
  readonly since?: string;
}

/** The runs to read, oldest first; the last is the later end. */
export interface Window {
  readonly runs: readonly StoredRun[];
  /** Which of them is the earlier end. */
  readonly since: number;
}

/** The window; undefined where the store has no two such runs. */
export function windowOf(runs: readonly StoredRun[], { last = 2, since }: WindowAsked): Window | undefined {
  const newest = runs.length - 1;
  const from = since === undefined ? Math.max(0, runs.length - last) : startedOn(runs, since);
  if (from >= newest) return undefined;
  const first = Math.max(0, Math.min(from, runs.length - SPARKLINE));
  return { runs: runs.slice(first), since: from - first };
}

/** The last run on that day or before; the first of all where there is none. */
function startedOn(runs: readonly StoredRun[], day: string): number {
  return Math.max(
    0,
    runs.findLastIndex(({ asOf }) => asOf <= day),
  );
}

/** How far back a run is held against an earlier one, unless somebody asks otherwise. */
export const WEEK = 7;

/** The run that a week, or whatever time, is held against: the newest up to that day, else the oldest of all. */
export function heldAgainst(earlier: readonly Kept[], day: string): Kept | undefined {
  return earlier.findLast(({ run }) => run.asOf <= day) ?? earlier[0];
}
