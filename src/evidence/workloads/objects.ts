/** All Kubernetes objects of a service, out of plain files, charts and overlays; read once for the kinds of evidence that look at them. */

import type { Delegated, Unread } from '../../model.ts';
import type { Sources } from '../collector.ts';
import { onceFor } from '../once.ts';
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

/** The service's objects. */
export function readObjects(sources: Sources): Objects {
  return onceFor(readObjects, sources, objectsOf);
}

function objectsOf(sources: Sources): Objects {
  const reading: ObjectReading = { unread: [], looked: new Set() };
  const delegated: Delegated[] = [];
  const charts = openCharts(sources, reading);
  const overlays = kustomizeObjects(sources, reading, delegated);
  const isTemplate = isChartFile(charts.charts);
  const isTaken = (path: string): boolean => isTemplate(path) || overlays.consumed.has(path);
  const objects = [...chartObjects(charts), ...overlays.objects, ...plainObjects(sources, reading, isTaken)];
  return { objects, charts, unread: [...reading.unread], delegated, looked: reading.looked };
}
