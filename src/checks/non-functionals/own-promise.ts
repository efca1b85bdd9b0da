/** What a service requires of itself, as the budget that its callers may count on. Pure. */
import type { Budget } from '../../generated/service.ts';
import type { Claims } from '../../manifest/manifest.ts';
import { percentIn, quantity, timeOf } from '../quantity.ts';

/** Availability in percent and the two latencies, as far as they have numbers. */
export function ownPromise({ nfrs }: Claims): Budget {
  const availability = percentIn(nfrs?.availability?.target, nfrs?.availability?.unit);
  const times = (['latency_p95', 'latency_p99'] as const).flatMap((name) => {
    const target = quantity(nfrs?.[name]?.target, nfrs?.[name]?.unit);
    const time = target && timeOf(target);
    return time === undefined ? [] : [[name, `${time}ms`] as const];
  });
  return { ...(availability !== undefined && { availability }), ...Object.fromEntries(times) };
}
