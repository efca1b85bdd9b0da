/** What earlier runs in a store say of each service, for the sparklines of an audit. */

import type { ServiceKey, TrendPoint } from '../model-audit.ts';
import type { Store } from '../model-trend.ts';
import { keyOf } from '../packed-report.ts';

/** Runs that are looked back on: half a year, week by week. */
const MOST = 26;

/** Points of every service before a day, oldest first. */
export async function earlierPoints(
  store: Pick<Store, 'runs' | 'lines'>,
  asOf: string,
): Promise<Readonly<Record<ServiceKey, readonly TrendPoint[]>>> {
  const runs = (await store.runs()).filter((run) => run.asOf < asOf).slice(-MOST);
  const points = new Map<ServiceKey, TrendPoint[]>();
  for (const run of runs)
    for (const { repo, dir, verdict, score } of await store.lines(run.id)) {
      const key = keyOf({ repo }, { service: { dir } });
      const its = points.get(key) ?? [];
      points.set(key, its);
      its.push({ asOf: run.asOf, verdict, score });
    }
  return Object.fromEntries(points);
}
