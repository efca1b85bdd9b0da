/** Which charts of a repository take in which others, and which are deployed as such. Pure. */
import { pathFrom } from './folders.ts';
import type { Chart, Dependency } from './helm-charts.ts';

/** The chart of this repository that a dependency means. */
export function localChart(
  { name, repository }: Dependency,
  { dir }: Chart,
  charts: readonly Chart[],
): Chart | undefined {
  const vendored = charts.find((other) => other.parent === dir && other.name === name);
  if (vendored || !repository.startsWith('file://')) return vendored;
  const path = pathFrom(dir, repository.slice('file://'.length));
  return charts.find((other) => other.dir === path && other.dir !== dir);
}

/** Charts that are deployed as such: not those inside others, no libraries, none that another chart of the repository takes in. */
export function deployedCharts(charts: readonly Chart[]): readonly Chart[] {
  const taken = new Set(
    charts.flatMap((chart) => chart.dependencies.flatMap((it) => localChart(it, chart, charts)?.dir ?? [])),
  );
  return charts.filter(({ parent, isLibrary, dir }) => parent === undefined && !isLibrary && !taken.has(dir));
}
