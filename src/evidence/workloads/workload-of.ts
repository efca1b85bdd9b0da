/** One Kubernetes object that runs containers as a workload, before anything is joined to it. Reads; judges nothing. */

import { table } from '../../table.ts';
import { isKnown, type Maybe } from '../known.ts';
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { boundsOfContainer } from './bounds.ts';
import { containersOf, given } from './container-of.ts';
import { purposeOf } from './environment.ts';
import { putsLoad, thirdPartyProduct } from './known-images.ts';
import type { ManifestObject } from './manifest-object.ts';
import { byDefault, maybe, numberAt, shown, textAt, valueAt } from './object-value.ts';
import { rolloutOf } from './rollout-of.ts';
import type { Container, Platform, Role, Workload } from './workload.ts';

interface Kind {
  readonly role: Role;
  /** Path of the pod's template; `[]` where the object is the pod. */
  readonly template: YamlPath;
  readonly api: RegExp;
  readonly platform?: Platform;
}

const SPEC_TEMPLATE: YamlPath = ['spec', 'template'];
const APPS = /^(apps|extensions)\//;
const KINDS: Readonly<Record<string, Kind>> = table({
  Deployment: { role: 'service', template: SPEC_TEMPLATE, api: APPS },
  StatefulSet: { role: 'service', template: SPEC_TEMPLATE, api: APPS },
  ReplicaSet: { role: 'service', template: SPEC_TEMPLATE, api: APPS },
  ReplicationController: { role: 'service', template: SPEC_TEMPLATE, api: /^v1$/ },
  DaemonSet: { role: 'daemon', template: SPEC_TEMPLATE, api: APPS },
  DeploymentConfig: {
    role: 'service',
    template: SPEC_TEMPLATE,
    api: /^(apps\.openshift\.io\/)?v1$/,
    platform: 'openshift',
  },
  Rollout: { role: 'service', template: SPEC_TEMPLATE, api: /^argoproj\.io\//, platform: 'argo-rollouts' },
  Job: { role: 'job', template: SPEC_TEMPLATE, api: /^batch\// },
  CronJob: { role: 'job', template: ['spec', 'jobTemplate', 'spec', 'template'], api: /^batch\// },
  Pod: { role: 'service', template: [], api: /^v1$/ },
});

/** Replicas Kubernetes runs where none are written. */
const REPLICAS_BY_DEFAULT = 1;

/** Whether an object runs containers. */
export function isWorkload({ apiVersion, kind }: Pick<ManifestObject, 'apiVersion' | 'kind'>): boolean {
  return kindOf(apiVersion, kind) !== undefined;
}

function kindOf(apiVersion: string, kind: string): Kind | undefined {
  const known = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return known?.api.test(apiVersion) ? known : undefined;
}

/** Labels of the pods that an object runs. */
export function podLabels(object: ManifestObject): unknown {
  const template = kindOf(object.apiVersion, object.kind)?.template ?? [];
  return valueAt(object, [...template, 'metadata', 'labels']);
}

/** The workload that an object describes; undefined for other kinds, and for a patch, which has no image to run. */
export function workloadOf(object: ManifestObject): Workload | undefined {
  const kind = kindOf(object.apiVersion, object.kind);
  if (!kind) return undefined;
  const pod = [...kind.template, 'spec'];
  const containers = containersOf(object, pod);
  const borrows = object.kind === 'Rollout' && valueAt(object, ['spec', 'workloadRef']) !== undefined;
  const partial = object.partial ?? hiddenContainers(object, pod);
  if (containers.every(({ image }) => image === undefined) && partial === undefined && !borrows) return undefined;
  const aside = asideOf(object, containers);
  const replicas = kind.role === 'service' ? replicasOf(object, partial !== undefined) : undefined;
  const product = productOf(containers);
  const bounds = containers.flatMap(boundsOfContainer);
  return {
    platform: kind.platform ?? 'kubernetes',
    kind: object.kind,
    name: object.name,
    role: kind.role,
    containers,
    joined: [],
    annotations: annotationsOf(object, kind.template),
    at: object.at([]),
    ...given({
      environment: object.environment,
      aside,
      partial,
      when: object.when,
      product,
      replicas,
      rollout: rolloutOf(object),
      spread: spreadOf(object, pod),
      grace: numberAt(object, [...pod, 'terminationGracePeriodSeconds']),
      account: accountOf(object, pod),
      namespace: object.namespace,
      shares: sharesOf(object, pod),
      bounds: bounds.length > 0 ? bounds : undefined,
    }),
  };
}

/** What of its node a pod shares. */
function sharesOf(object: ManifestObject, pod: YamlPath): Workload['shares'] {
  const shares = ['hostNetwork', 'hostPID', 'hostIPC'].flatMap((what) =>
    valueAt(object, [...pod, what]) === true ? [{ what, at: object.at([...pod, what]) }] : [],
  );
  return shares.length > 0 ? shares : undefined;
}

/** Containers that a template prints as a whole. */
function hiddenContainers(object: ManifestObject, pod: YamlPath): string | undefined {
  const path = [[], ...pod.map((_, index) => pod.slice(0, index + 1)), [...pod, 'containers']].find(
    (it) => typeof valueAt(object, it) === 'string',
  );
  return path && `${shown(valueAt(object, path))} prints its containers`;
}

/** Where not all of the object is here, what is not written may well be written elsewhere. */
function replicasOf(object: ManifestObject, inPart: boolean): Maybe<number> | undefined {
  const written = object.kind === 'Pod' ? undefined : numberAt(object, ['spec', 'replicas']);
  if (written || inPart) return written;
  return byDefault(REPLICAS_BY_DEFAULT, object.at(object.kind === 'Pod' ? [] : ['spec']));
}

function asideOf(object: ManifestObject, containers: readonly Container[]): Workload['aside'] {
  if (object.aside) return object.aside;
  // Nothing brings a bare pod back, so no service runs in one.
  if (object.kind === 'Pod') return { because: 'a Pod by itself' };
  const hooks = word(record(valueAt(object, ['metadata', 'annotations']))['helm.sh/hook']) ?? '';
  if (/(^|,)\s*test/.test(hooks)) return { because: 'a test' };
  const because = purposeOf(object.name);
  if (because !== undefined) return { because };
  const loads = containers.some(({ role, image }) => role === 'main' && isKnown(image) && putsLoad(image.value));
  return loads ? { because: 'a load test' } : undefined;
}

/** The product of others that it is, where that is all it runs. */
function productOf(containers: readonly Container[]): string | undefined {
  const [first, ...more] = containers
    .filter(({ role }) => role === 'main')
    .map(({ image }) => (isKnown(image) ? thirdPartyProduct(image.value) : undefined));
  return more.every((it) => it !== undefined) ? first : undefined;
}

function accountOf(object: ManifestObject, pod: YamlPath): string | undefined {
  const name = textAt(object, [...pod, 'serviceAccountName']) ?? textAt(object, [...pod, 'serviceAccount']);
  return isKnown(name) ? name.value : undefined;
}

/** Topology keys over which it is spread; wishes count as well as demands. */
function spreadOf(object: ManifestObject, pod: YamlPath): Maybe<readonly string[]> | undefined {
  const paths = [
    [...pod, 'topologySpreadConstraints'],
    [...pod, 'affinity', 'podAntiAffinity'],
  ];
  const found = paths.flatMap((path) => maybe(object, path, topologyKeys) ?? []);
  const affinity = valueAt(object, [...pod, 'affinity']);
  if (typeof affinity === 'string' && affinity !== '')
    found.push({ opaque: shown(affinity), at: object.at([...pod, 'affinity']) });
  const known = found.filter(isKnown);
  const [first] = known;
  if (!first) return found[0];
  return { ...first, value: [...new Set(known.flatMap(({ value }) => value))] };
}

function topologyKeys(value: unknown): readonly string[] | undefined {
  const rules = Array.isArray(value) ? value : Object.values(record(value)).flatMap(list);
  const keys = rules.flatMap(
    (rule) => word(record(rule).topologyKey) ?? word(record(record(rule).podAffinityTerm).topologyKey) ?? [],
  );
  return keys.length > 0 || rules.length === 0 ? keys : undefined;
}

function annotationsOf(object: ManifestObject, template: YamlPath): Readonly<Record<string, string>> {
  const read = (path: YamlPath): readonly (readonly [string, string])[] =>
    Object.entries(record(valueAt(object, [...path, 'metadata', 'annotations']))).flatMap(([key, value]) =>
      word(value) === undefined ? [] : [[key, (word(value) ?? '').slice(0, 500)] as const],
    );
  return Object.fromEntries([...read([]), ...read(template)]);
}
