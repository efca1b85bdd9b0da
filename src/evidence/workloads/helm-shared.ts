/**
 * Charts that fill in the values of a shared chart which is not here, often without any template of their own. What those
 * values say under well-known keys becomes a workload that is marked as partial, for the chart's own defaults are out of sight.
 */
import type { Delegated } from '../../model.ts';
import { productOf } from '../backing.ts';
import { record } from '../plain-value.ts';
import { placeIn } from '../sources.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { containersOf, given } from './container-of.ts';
import { settingOf } from './environment.ts';
import { type Chart, type Dependency, environmentsOf } from './helm-charts.ts';
import { deployedCharts, localChart } from './helm-dependencies.ts';
import { type ChartReading, valuesOf } from './helm-render.ts';
import { type ChartValues, layersBelow, layValues, valueAt } from './helm-values.ts';
import type { ManifestObject } from './manifest-object.ts';
import { maybe, numberAt, textAt } from './object-value.ts';
import type { Autoscaler, Disruption, Workload } from './workload.ts';

/** Keys of which one at least says that a chart runs containers. */
const RUNS = [
  'replicaCount',
  'replicas',
  'image',
  'livenessProbe',
  'readinessProbe',
  'resources',
  'autoscaling',
  'containers',
  'deployment',
];
const BUDGET_KEYS = ['podDisruptionBudget', 'poddisruptionbudget', 'pdb'];
const SCALER_KEYS = ['autoscaling', 'hpa', 'horizontalPodAutoscaler'];

/** A dependency that is a shared chart, and the chart that uses it. */
interface Shared {
  readonly chart: Chart;
  readonly dependency: Dependency;
}

/** The workloads that shared charts make of values, one for each environment; what they are is told in `delegated`. */
export function sharedChartWorkloads(reading: ChartReading, delegated: Delegated[]): readonly Workload[] {
  return deployedCharts(reading.charts).flatMap((chart) => {
    const found = chart.dependencies
      .filter((it) => !localChart(it, chart, reading.charts) && !productOf(it.name))
      .map((dependency) => ({ dependency, workloads: workloadsOf({ chart, dependency }, reading) }));
    const running = found.filter(({ workloads }) => workloads.length > 0);
    const hasOwn = chart.templates.some(({ path }) => !path.endsWith('.tpl'));
    const isAside = settingOf(chart.file, reading.sources.manifest).aside !== undefined;
    // Where no value shows what it is, any of them may be what runs the service.
    const handed = isAside ? [] : running.length > 0 || hasOwn ? running : found;
    for (const { dependency } of handed)
      delegated.push({ at: placeIn(chart.dependenciesIn, dependency.line), to: `chart ${chartText(dependency)}` });
    return running.flatMap(({ workloads }) => workloads);
  });
}

function chartText({ name, version, repository }: Dependency): string {
  const from = repository.replace(/^https?:\/\/|^oci:\/\//, '');
  return [name, version, from && `of ${from}`].filter((part) => part !== '').join(' ');
}

function workloadsOf(shared: Shared, reading: ChartReading): readonly Workload[] {
  return environmentsOf(shared.chart, reading.charts, reading.sources).flatMap((environment) => {
    const all = valuesOf(shared.chart, environment, reading);
    if (!all) return [];
    const values = layValues(layersBelow(all, shared.dependency.alias));
    if (!RUNS.some((key) => key in values.value)) return [];
    return [workloadOf(shared, environment.name, values, reading)];
  });
}

function workloadOf(
  { chart, dependency }: Shared,
  environment: string | undefined,
  values: ChartValues,
  reading: ChartReading,
): Workload {
  const at = placeIn(chart.dependenciesIn, dependency.line);
  const setting = settingOf(chart.file, reading.sources.manifest);
  const object = podObject(values, chart, at);
  const plain = plainObject(values, at);
  const name = values.value.nameOverride ?? values.value.fullnameOverride;
  return {
    platform: 'chart-values',
    kind: dependency.name,
    name: typeof name === 'string' && name !== '' ? name : chart.name,
    role: 'service',
    partial: `it is made by the shared chart ${dependency.name} ${dependency.version}`
      .trim()
      .concat(', which is not here'),
    containers: containersOf(object, ['spec']),
    joined: [],
    annotations: {},
    at,
    ...given({
      environment: environment ?? setting.environment,
      aside: setting.aside,
      replicas:
        numberAt(plain, ['replicaCount']) ??
        numberAt(plain, ['replicas']) ??
        numberAt(plain, ['deployment', 'replicas']),
      autoscaler: scalerOf(plain),
      disruption: budgetOf(plain),
      disruptionOff: budgetOffAt(plain),
      spread: maybe(plain, ['topologySpreadConstraints'], topologies),
      grace: numberAt(plain, ['terminationGracePeriodSeconds']),
    }),
  };
}

function plainObject(values: ChartValues, at: Workload['at']): ManifestObject {
  return {
    apiVersion: '',
    kind: '',
    name: '',
    value: values.value,
    at: (path) => values.at(path) ?? at,
    via: () => 'values',
    origin: '',
  };
}

/** The values in the places where a pod has them, so that they are read like one. */
function podObject(values: ChartValues, chart: Chart, at: Workload['at']): ManifestObject {
  const own = values.value;
  const image = imageText(own.image);
  const taken = ['livenessProbe', 'readinessProbe', 'startupProbe', 'resources', 'lifecycle'];
  const container = {
    name: chart.name,
    ...(image !== undefined && { image }),
    ...Object.fromEntries(taken.flatMap((key) => (own[key] === undefined || isOff(own[key]) ? [] : [[key, own[key]]]))),
    ...(own.securityContext !== undefined && { securityContext: own.securityContext }),
  };
  return {
    ...plainObject(values, at),
    value: { spec: { containers: [container], securityContext: own.podSecurityContext ?? {} } },
    at: (path) => values.at(valuesPath(path)) ?? at,
  };
}

/** `registry/repository:tag` of the values' parts; undefined where the tag comes from elsewhere. */
function imageText(image: unknown): string | undefined {
  if (typeof image === 'string') return image;
  const part = (key: string): string => (typeof record(image)[key] === 'string' ? String(record(image)[key]) : '');
  const [registry, repository, tag, digest] = ['registry', 'repository', 'tag', 'digest'].map(part);
  if (!repository || !(tag || digest)) return undefined;
  return `${registry ? `${registry}/` : ''}${repository}${digest ? `@${digest}` : `:${tag}`}`;
}

/** `spec.containers[0].readinessProbe` is `readinessProbe` of the values. */
function valuesPath(path: YamlPath): YamlPath {
  if (path[1] === 'securityContext') return ['podSecurityContext', ...path.slice(2)];
  const inner = path.slice(3);
  return inner[0] === 'image' ? ['image', 'tag'] : inner;
}

function isOff(value: unknown): boolean {
  return record(value).enabled === false;
}

function scalerOf(values: ManifestObject): Autoscaler | undefined {
  const key = SCALER_KEYS.find((it) => isOn(values, it));
  if (key === undefined) return undefined;
  return {
    kind: key,
    at: values.at([key]),
    ...given({
      min: numberAt(values, [key, 'minReplicas']) ?? numberAt(values, [key, 'min']),
      max: numberAt(values, [key, 'maxReplicas']) ?? numberAt(values, [key, 'max']),
    }),
  };
}

function budgetOf(values: ManifestObject): Disruption | undefined {
  const key = BUDGET_KEYS.find((it) => isOn(values, it));
  if (key === undefined) return undefined;
  return {
    at: values.at([key]),
    ...given({
      minAvailable: textAt(values, [key, 'minAvailable']),
      maxUnavailable: textAt(values, [key, 'maxUnavailable']),
    }),
  };
}

/** Where the values say that there is to be no budget. */
function budgetOffAt(values: ManifestObject): Workload['disruptionOff'] {
  const key = BUDGET_KEYS.find((it) => isOff(valueAt(values.value, [it])));
  return key === undefined ? undefined : values.at([key, 'enabled']);
}

function isOn(values: ManifestObject, key: string): boolean {
  const block = valueAt(values.value, [key]);
  return typeof block === 'object' && block !== null && valueAt(block, ['enabled']) === true;
}

function topologies(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const keys = value.flatMap((it) => record(it).topologyKey ?? []);
  return keys.filter((it): it is string => typeof it === 'string');
}
