/** ClowdApps: each deployment and job of one, with what the Clowder operator adds. */
import type { Maybe } from '../known.ts';
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { given } from './container-of.ts';
import type { ManifestObject } from './manifest-object.ts';
import { byDefault, numberAt, valueAt } from './object-value.ts';
import { viewedContainers } from './pod-view.ts';
import type { Autoscaler, Container, Workload } from './workload.ts';

const POD_KEYS = [
  'image',
  'command',
  'args',
  'env',
  'resources',
  'livenessProbe',
  'readinessProbe',
  'lifecycle',
  'securityContext',
];

/** The workloads of a ClowdApp; none for other kinds. */
export function clowderWorkloads(object: ManifestObject): readonly Workload[] {
  if (!object.apiVersion.startsWith('cloud.redhat.com/') || object.kind !== 'ClowdApp') return [];
  const spec = record(object.value.spec);
  return [
    ...list(spec.deployments).map((_, index) => workloadAt(object, ['spec', 'deployments', index], 'deployment')),
    ...list(spec.jobs).map((_, index) => workloadAt(object, ['spec', 'jobs', index], 'job')),
  ];
}

function workloadAt(object: ManifestObject, path: YamlPath, kind: 'deployment' | 'job'): Workload {
  const own = record(valueAt(object, path));
  const name = [object.name, word(own.name)].filter(Boolean).join('-');
  const at = object.at(path);
  const parts = POD_KEYS.map((key) => ({ key, value: record(own.podSpec)[key], path: [...path, 'podSpec', key] }));
  const containers = viewedContainers(object, word(own.name) ?? name, parts);
  const isWeb = own.web === true || record(record(own.webServices).public).enabled === true;
  return {
    platform: 'clowder',
    kind,
    name,
    role: kind === 'job' ? 'job' : 'service',
    containers: containers.map((it) => (kind === 'job' ? it : withDefaults(it, isWeb, at))),
    joined: [],
    annotations: Object.fromEntries(
      Object.entries(record(valueAt(object, ['metadata', 'annotations']))).flatMap(([key, value]) =>
        word(value) === undefined ? [] : [[key, word(value) ?? '']],
      ),
    ),
    at,
    ...given({
      environment: object.environment,
      aside: object.aside,
      partial: object.partial,
      when: object.when,
      ...(kind === 'deployment' && {
        replicas: replicasOf(object, path),
        autoscaler: scalerOf(object, path),
        ...platformOf(at),
      }),
      grace: numberAt(object, [...path, 'podSpec', 'terminationGracePeriodSeconds']),
    }),
  };
}

function replicasOf(object: ManifestObject, path: YamlPath): Maybe<number> {
  const written = numberAt(object, [...path, 'replicas']) ?? numberAt(object, [...path, 'minReplicas']);
  return written ?? byDefault(1, object.at(path));
}

function scalerOf(object: ManifestObject, path: YamlPath): Autoscaler | undefined {
  for (const [key, min, max] of [
    ['autoScalerSimple', ['replicas', 'min'], ['replicas', 'max']],
    ['autoScaler', ['minReplicaCount'], ['maxReplicaCount']],
  ] as const) {
    if (valueAt(object, [...path, key]) === undefined) continue;
    const at = object.at([...path, key]);
    return {
      kind: key,
      at,
      ...given({ min: numberAt(object, [...path, key, ...min]), max: numberAt(object, [...path, key, ...max]) }),
    };
  }
  return undefined;
}

/** Clowder's deployments roll by a quarter and wish to be spread over zones: RedHatInsights/clowder, providers/deployment. */
function platformOf(at: Workload['at']): Partial<Workload> {
  return {
    rollout: {
      strategy: byDefault('rolling', at),
      maxUnavailable: byDefault('25%', at),
      maxSurge: byDefault('25%', at),
      at,
    },
    spread: byDefault(['topology.kubernetes.io/zone', 'kubernetes.io/hostname'], at),
  };
}

/** What serves the web is asked at /healthz where it names no probe of its own; the same source. */
function withDefaults(container: Container, isWeb: boolean, at: Workload['at']): Container {
  if (!isWeb) return container;
  const probe = byDefault({ kind: 'http' as const, path: '/healthz' }, at);
  return { ...container, readiness: container.readiness ?? probe, liveness: container.liveness ?? probe };
}
