/** Kubernetes objects out of a repository's own charts, one set for each environment that has values. Renders nothing and fetches nothing. */
import { isBelow } from '../sources.ts';
import { type Chart, environmentsOf } from './helm-charts.ts';
import { deployedCharts } from './helm-dependencies.ts';
import { type ChartReading, renderChart, valuesOf } from './helm-render.ts';
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
      const values = valuesOf(chart, environment, reading);
      if (values) objects.push(...renderChart(chart, values, environment, reading));
    }
  }
  return objects;
}

/** Whether a file is a chart's, so that it is no plain manifest: all of its folder, or the parts it has at the root. */
export function isChartFile(charts: readonly Chart[]): (path: string) => boolean {
  const folders = charts.flatMap(({ dir }) => (dir === '' ? ['templates', 'charts', 'crds'] : [dir]));
  return (path) => folders.some((folder) => isBelow(path, folder));
}
