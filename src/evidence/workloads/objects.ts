/** All Kubernetes objects of a service, out of plain files, charts and overlays; read once for the kinds of evidence that look at them. */
import type { Delegated, Unread } from '../../model.ts';
import type { Sources } from '../collector.ts';
import { chartObjects, isChartFile } from './helm.ts';
import { type ChartReading, openCharts } from './helm-render.ts';
import { kustomizeObjects } from './kustomize.ts';
import type { ManifestObject } from './manifest-object.ts';
import { type ObjectReading, plainObjects } from './plain-objects.ts';

/** What was read. */
export interface Objects {
  readonly objects: readonly ManifestObject[];
  readonly charts: ChartReading;
  readonly unread: readonly Unread[];
  readonly delegated: readonly Delegated[];
  /** Files that hold objects. */
  readonly looked: ReadonlySet<string>;
}

const readings = new WeakMap<Sources, Objects>();

/** The service's objects. */
export function readObjects(sources: Sources): Objects {
  const known = readings.get(sources);
  if (known) return known;
  const reading: ObjectReading = { unread: [], looked: new Set() };
  const delegated: Delegated[] = [];
  const charts = openCharts(sources, reading);
  const overlays = kustomizeObjects(sources, reading, delegated);
  const isTemplate = isChartFile(charts.charts);
  const isTaken = (path: string): boolean => isTemplate(path) || overlays.consumed.has(path);
  const objects = [...chartObjects(charts), ...overlays.objects, ...plainObjects(sources, reading, isTaken)];
  const made = { objects, charts, unread: [...reading.unread], delegated, looked: reading.looked };
  readings.set(sources, made);
  return made;
}
