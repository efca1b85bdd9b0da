/** Kubernetes objects out of a repository's own charts, one set for each environment that has values. Renders nothing and fetches nothing. */
import { isBelow } from '../sources.ts';
import { type Chart, environmentsOf, join } from './helm-charts.ts';
import { type ChartReading, localChart, renderChart, valuesOf } from './helm-render.ts';
import type { ManifestObject } from './manifest-object.ts';

/** Most objects of all charts. */
const MAX_OBJECTS = 20_000;

/** The objects of all charts. What a chart leaves to a shared one that is not here is `sharedChartWorkloads`' part. */
export function chartObjects(reading: ChartReading): readonly ManifestObject[] {
  const objects: ManifestObject[] = [];
  for (const chart of deployedCharts(reading.charts)) {
    for (const environment of environmentsOf(chart, reading.charts, reading.sources)) {
      if (objects.length > MAX_OBJECTS) {
        reading.unread.push({
          at: { path: chart.file.path },
          reason: 'limit',
          detail: `more than ${MAX_OBJECTS} objects in charts`,
        });
        return objects;
      }
      objects.push(...renderChart(chart, valuesOf(chart, environment, reading), environment.name, reading));
    }
  }
  return objects;
}

/** Charts that are deployed as such: not those inside others, no libraries, none that another chart of the repository takes in. */
export function deployedCharts(charts: readonly Chart[]): readonly Chart[] {
  const taken = new Set(
    charts.flatMap((chart) => chart.dependencies.flatMap((it) => localChart(it, chart, charts)?.dir ?? [])),
  );
  return charts.filter(({ parent, isLibrary, dir }) => parent === undefined && !isLibrary && !taken.has(dir));
}

/** Whether a chart reads a file, so that it is no plain manifest: its templates, and the charts within it. */
export function isChartFile(charts: readonly Chart[]): (path: string) => boolean {
  const folders = charts.flatMap(({ dir }) => ['templates', 'charts', 'crds'].map((name) => join(dir, name)));
  const files = new Set(charts.flatMap(({ file, values }) => [file.path, ...(values ? [values.path] : [])]));
  return (path) => files.has(path) || folders.some((folder) => isBelow(path, folder));
}
