/** What can come out of holding a load test's runs against a target, and when a run shows nothing at all. */
import type { LoadResult } from '../../evidence/load-results.ts';
import type { Place } from '../../model.ts';
import { plain } from '../arithmetic.ts';

/** With more failures than this, the times are those of errors. */
const MANY_FAILED = 0.05;
/** Requests that have to lie beyond a percentile. */
const BEYOND_CHANCE = 10;

/** What came out for one target, where to look, and what to do about it. */
export interface Outcome {
  readonly standing: 'verified' | 'contradicted' | 'missing';
  /** The numbers, e.g. `211.6ms ≤ 250ms at 408 rps`. */
  readonly text: string;
  readonly at: Place;
  readonly fix: string;
}

/** The runs of a day. */
export interface Day {
  readonly runs: readonly LoadResult[];
  /** Seconds that a run has to last in order to show anything. */
  readonly shortest: number;
  /** Requests per second at which the target has to hold. */
  readonly load: number | undefined;
  /** Where the target is claimed. */
  readonly claim: Place;
}

/** Why a run shows nothing: too short, too few requests for a percentile, or too many that failed. */
export function weakness(run: LoadResult, name: string, shortest: number): string | undefined {
  const { requests, durationS, errorRatio = 0 } = run;
  if (durationS !== undefined && durationS < shortest) {
    return `the run lasted ${plain(durationS)}s of at least ${plain(shortest)}s`;
  }
  if (name.startsWith('latency_') && errorRatio > MANY_FAILED) {
    return `${plain(errorRatio * 100)} % of the requests failed, and failing is often fast`;
  }
  const percentile = Number(/^latency_p(\d\d)$/.exec(name)?.[1] ?? 0);
  const needed = Math.round(BEYOND_CHANCE / (1 - percentile / 100));
  if (requests === undefined || requests >= needed) return undefined;
  return `the run had ${requests} requests; below ${needed} the number is chance`;
}
