/** What earlier runs in a store say of each service, for the sparklines of an audit and for its campaigns. */

import type { ServiceKey, TrendPoint } from '../model-audit.ts';
import type { Kept, Store } from '../model-trend.ts';
import { keyOf } from '../service-key.ts';

/** Runs that are looked back on: half a year, week by week. */
const MOST = 26;

/** The last runs before a day, oldest first. */
export async function earlierRuns(store: Pick<Store, 'runs' | 'lines'>, asOf: string): Promise<readonly Kept[]> {
  const runs = (await store.runs()).filter((run) => run.asOf < asOf).slice(-MOST);
  const kept: Kept[] = [];
  for (const run of runs) kept.push({ run, lines: await store.lines(run.id) });
  return kept;
}

/** Points of every service in some runs, in their order. */
export function pointsIn(runs: readonly Kept[]): Readonly<Record<ServiceKey, readonly TrendPoint[]>> {
  const points = new Map<ServiceKey, TrendPoint[]>();
  for (const { run, lines } of runs)
    for (const { repo, dir, verdict, score } of lines) {
      const key = keyOf({ repo }, { service: { dir } });
      const its = points.get(key) ?? [];
      points.set(key, its);
      its.push({ asOf: run.asOf, verdict, score });
    }
  return Object.fromEntries(points);
}
