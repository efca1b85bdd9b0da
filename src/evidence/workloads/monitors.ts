/** Monitors of Prometheus' operator, and whether what they select is here: Services or pods by their labels, ports by their names. Reads; judges nothing. */
import type { Place } from '../../model.ts';
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { given } from './container-of.ts';
import type { ManifestObject } from './manifest-object.ts';
import { isPlaceholder, valueAt } from './object-value.ts';
import { type Match, selects } from './selector.ts';
import { isWorkload, podLabels } from './workload-of.ts';

/** One monitor. */
export interface Monitor {
  readonly kind: string;
  readonly name: string;
  /** `no`: it selects nothing that is here although something here is called alike, or a port that what it selects does not have. */
  readonly finds: Match;
  /** What it finds, or why not, for a sentence. */
  readonly because: string;
  readonly environment?: string;
  readonly aside?: { readonly because: string };
  readonly when?: string;
  readonly at: Place;
}

/** Most pairs of a monitor and another object that are looked at. */
const MAX_PAIRS = 1_000_000;

/** All monitors, each held against the objects it comes with. */
export function monitorsOf(objects: readonly ManifestObject[]): readonly Monitor[] {
  const monitors = objects.filter(
    ({ kind, apiVersion }) => /^(Service|Pod)Monitor$/.test(kind) && apiVersion.startsWith('monitoring.coreos.com/'),
  );
  const others = objects.filter((it) => (it.kind === 'Service' && it.apiVersion === 'v1') || isWorkload(it));
  if (monitors.length * others.length > MAX_PAIRS) return [];
  return monitors.map((monitor) => {
    const near = others.filter((it) => it.origin === monitor.origin && reaches(monitor, it) !== 'no');
    const { finds, because, path } = findingOf(monitor, near);
    const { kind, name, environment, aside, when, partial } = monitor;
    const unsure = partial !== undefined && finds === 'no';
    return {
      kind,
      name,
      finds: unsure ? 'unclear' : finds,
      because: unsure ? partial : because,
      at: monitor.at(path),
      ...given({ environment, aside, when }),
    };
  });
}

/** Whether a monitor looks into an object's namespace and is for its environment. */
function reaches(monitor: ManifestObject, other: ManifestObject): Match {
  if (monitor.environment !== undefined && other.environment !== undefined && monitor.environment !== other.environment)
    return 'no';
  const { any, matchNames } = record(valueAt(monitor, ['spec', 'namespaceSelector']));
  if (any === true || monitor.namespace === undefined || other.namespace === undefined) return 'yes';
  const names = Array.isArray(matchNames) ? matchNames.map(word) : [monitor.namespace];
  return names.includes(other.namespace) || names.some((it) => it === undefined || isPlaceholder(it)) ? 'yes' : 'no';
}

interface Finding extends Pick<Monitor, 'finds' | 'because'> {
  readonly path: YamlPath;
}

function findingOf(monitor: ManifestObject, near: readonly ManifestObject[]): Finding {
  const ofPods = monitor.kind === 'PodMonitor';
  const candidates = near.filter((it) => (ofPods ? it.kind !== 'Service' : it.kind === 'Service'));
  const path = ['spec', 'selector'];
  const selector = valueAt(monitor, path);
  const labels = (it: ManifestObject): unknown => (ofPods ? podLabels(it) : valueAt(it, ['metadata', 'labels']));
  const what = ofPods ? 'pods' : 'a Service';
  const matches = candidates.map((it) => ({ it, match: selects(selector, labels(it)) }));
  const selected = matches.filter(({ match }) => match === 'yes').map(({ it }) => it);
  if (selected.length > 0) return portsOf(monitor, selected, ofPods);
  if (candidates.length === 0 || matches.some(({ match }) => match === 'unclear'))
    return {
      finds: 'unclear',
      because: `whether ${what} with its labels ${ofPods ? 'exist' : 'exists'} is not told here`,
      path,
    };
  const wanted = record(record(selector).matchLabels);
  const alike = matches.find(({ it }) => isAlike(wanted, record(labels(it)), it.name === monitor.name));
  const said = Object.entries(wanted).map(([key, value]) => `${key}=${word(value) ?? ''}`);
  if (!alike)
    return {
      finds: 'unclear',
      because: `no ${ofPods ? 'pods' : 'Service'} here ${ofPods ? 'have' : 'has'} ${said.join(', ')}; another may`,
      path,
    };
  const has = Object.keys(wanted).map((key) => {
    const value = word(record(labels(alike.it))[key]);
    return value === undefined ? `no ${key}` : `${key}=${value}`;
  });
  return {
    finds: 'no',
    because: `it selects ${said.join(', ')}, and ${alike.it.kind} ${alike.it.name} has ${has.join(', ')}`,
    path,
  };
}

/** One that is called like the monitor, or has one of the labels as wanted: then the others are a slip. */
function isAlike(
  wanted: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, unknown>>,
  sameName: boolean,
): boolean {
  const keys = Object.keys(wanted).filter(
    (key) => !/managed-by|part-of|\/instance$|helm\.sh|release|heritage|^(team|tier|env(ironment)?)$/.test(key),
  );
  return keys.length > 0 && (sameName || keys.some((key) => word(wanted[key]) === word(labels[key])));
}

/** Whether each endpoint's port is one that all of the selected have. */
function portsOf(monitor: ManifestObject, selected: readonly ManifestObject[], ofPods: boolean): Finding {
  const key = ofPods ? 'podMetricsEndpoints' : 'endpoints';
  const endpoints = list(valueAt(monitor, ['spec', key]));
  const [first] = selected;
  const found = `${first?.kind} ${first?.name}${selected.length > 1 ? ` and ${selected.length - 1} more` : ''}`;
  const names = selected.flatMap((it) => portNames(it, ofPods));
  for (const [index, endpoint] of endpoints.entries()) {
    const port = word(record(endpoint).port);
    const path = ['spec', key, index];
    if (port === undefined || isPlaceholder(port) || names.some((it) => it === undefined || isPlaceholder(it)))
      return { finds: 'unclear', because: `it selects ${found}, and whether the port is there is not told`, path };
    if (!names.includes(port)) {
      const there = names.filter((it) => it !== '').join(', ');
      return {
        finds: 'no',
        because: `it asks port ${port} of ${found}, which has ${there === '' ? 'no port with a name' : there}`,
        path: [...path, 'port'],
      };
    }
  }
  if (endpoints.length === 0)
    return { finds: 'unclear', because: `it selects ${found}, and what it asks there is not told`, path: ['spec'] };
  return { finds: 'yes', because: found, path: [] };
}

/** Names of ports; '' for one without, undefined where a template fills it in. */
function portNames(object: ManifestObject, ofPods: boolean): readonly (string | undefined)[] {
  if (!ofPods) return namesIn(valueAt(object, ['spec', 'ports']));
  const pod = record(
    valueAt(
      object,
      object.kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template', 'spec'] : ['spec', 'template', 'spec'],
    ),
  );
  if (typeof pod.containers === 'string') return [undefined];
  return [...list(pod.initContainers), ...list(pod.containers)].flatMap((it) => namesIn(record(it).ports));
}

function namesIn(ports: unknown): readonly (string | undefined)[] {
  if (typeof ports === 'string') return [undefined];
  return list(ports).map((it) => (typeof it === 'string' ? undefined : (word(record(it).name) ?? '')));
}
