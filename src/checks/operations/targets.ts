/** What the manifest promises of the measures that are recorded every week, and where each measure should be heading. Pure. */

import { humanDuration } from '../../dates.ts';
import type { Nfr } from '../../generated/service.ts';
import type { Claims } from '../../manifest/manifest.ts';
import { percent, plain, reaches } from '../arithmetic.ts';
import { percentIn, quantity, timeOf } from '../quantity.ts';

/** A measure and its target, in percent or milliseconds. */
export interface Target {
  readonly measure: string;
  readonly value: number;
  /** `at least` for shares that succeed, `at most` for times and errors. */
  readonly sense: 'at least' | 'at most';
  readonly pointer: string;
}

/** Shares of success; of all else less is better. */
const MORE_IS_BETTER = /^(?:availability|sla)$/;
/** More traffic is neither good nor bad. */
const NEUTRAL = /^(?:requests|traffic)$/;
const SHARES = /^(?:availability|sla|error_rate)$/;
const TIMES = /^(?:latency|time_to_)/;

/** Whether a measure has a direction that is better. */
export function isJudged(measure: string): boolean {
  return !NEUTRAL.test(measure);
}

/** The number turned so that more of it is worse: failures instead of successes. */
export function badness(measure: string, value: number): number {
  return MORE_IS_BETTER.test(measure) ? 100 - value : value;
}

/** The numeric targets of `nfrs` and `sla` that weekly numbers can be held against. */
export function targetsOf(claims: Claims): readonly Target[] {
  const of = (measure: string, value: number | undefined, pointer: string): readonly Target[] =>
    value === undefined
      ? []
      : [{ measure, value, sense: MORE_IS_BETTER.test(measure) ? 'at least' : 'at most', pointer }];
  const nfrs = Object.entries(claims.nfrs ?? {}).flatMap(([name, nfr]) =>
    typeof nfr === 'object' && nfr !== null ? of(name, targetOf(name, nfr as Nfr), `/nfrs/${name}`) : [],
  );
  return [...nfrs, ...of('sla', claims.sla?.availability, '/sla/availability')];
}

function targetOf(name: string, { target, unit }: Nfr): number | undefined {
  if (SHARES.test(name)) return percentIn(target, unit);
  if (!/^latency/.test(name)) return undefined;
  const found = quantity(target, unit);
  return found && timeOf(found);
}

/** Whether a number misses its target. */
export function misses({ value, sense }: Target, measured: number): boolean {
  return sense === 'at least' ? !reaches(measured, value) : !reaches(value, measured);
}

/** A measure as people say it: `latency p95`. */
export function measureName(measure: string): string {
  return measure.replaceAll('_', ' ');
}

/** A number of a measure, as people read it. */
export function shown(measure: string, value: number, other = value): string {
  if (SHARES.test(measure)) return percent(value, other);
  return TIMES.test(measure) ? humanDuration(value) : plain(value);
}
