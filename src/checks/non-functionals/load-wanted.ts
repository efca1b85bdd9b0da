/** The load at which a requirement has to hold, and whether a run came near it. */
import type { LoadResult } from '../../evidence/load-results.ts';
import type { Nfrs } from '../../generated/service.ts';
import { quantity, rateOf } from '../quantity.ts';

/** A run below this share of the wanted load shows nothing about it. */
const NEAR = 0.9;
/** A run above this share of it is a stress test: what breaks there may be fine at the wanted load. */
const BEYOND = 1.1;

/** Requests per second at which a requirement has to hold: its own `at`, else the target for throughput. */
export function loadWanted(nfrs: Nfrs | undefined, name: string): number | undefined {
  return requestsPerSecond(nfrs?.[name]?.at) ?? requestsPerSecond(nfrs?.throughput?.target, nfrs?.throughput?.unit);
}

/** Requests per second in a claim; undefined where something else is counted. */
export function requestsPerSecond(claim: number | string | undefined, unit?: string): number | undefined {
  const found = quantity(claim, unit);
  const rate = found && rateOf(found);
  return rate?.requests ? rate.perSecond : undefined;
}

/** Whether a run's load was near the wanted one; true where none is wanted. */
export function isNear(run: Pick<LoadResult, 'rps'>, wanted: number | undefined): boolean {
  return wanted === undefined || (run.rps !== undefined && run.rps >= NEAR * wanted);
}

/** Whether a run's load was well above the wanted one. */
export function isBeyond(run: Pick<LoadResult, 'rps'>, wanted: number | undefined): boolean {
  return wanted !== undefined && run.rps !== undefined && run.rps > BEYOND * wanted;
}
