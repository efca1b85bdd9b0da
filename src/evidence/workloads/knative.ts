/** Knative Services: containers like a pod's, scaled by annotations. */
import { record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { containersOf, given } from './container-of.ts';
import type { ManifestObject } from './manifest-object.ts';
import { byDefault, numberAt, textAt, valueAt } from './object-value.ts';
import type { Workload } from './workload.ts';

const TEMPLATE: YamlPath = ['spec', 'template'];
const ANNOTATIONS: YamlPath = [...TEMPLATE, 'metadata', 'annotations'];

/** The workload of a Knative Service; none for other kinds. */
export function knativeWorkloads(object: ManifestObject): readonly Workload[] {
  if (!object.apiVersion.startsWith('serving.knative.dev/') || object.kind !== 'Service') return [];
  const at = object.at([]);
  const scale = (name: string) =>
    numberAt(object, [...ANNOTATIONS, `autoscaling.knative.dev/${name}-scale`]) ??
    numberAt(object, [...ANNOTATIONS, `autoscaling.knative.dev/${name}Scale`]);
  // Without a minimum Knative keeps none running while nobody asks.
  const min = scale('min') ?? byDefault(0, at);
  const containers = containersOf(object, [...TEMPLATE, 'spec']).map((container) =>
    container.role === 'main' && !container.readiness
      ? // Knative's documented default: it asks the port for a connection.
        { ...container, readiness: byDefault({ kind: 'tcp' as const }, at) }
      : container,
  );
  return [
    {
      platform: 'knative',
      kind: 'Service',
      name: object.name,
      role: 'service',
      containers,
      joined: [],
      annotations: Object.fromEntries(
        Object.entries(record(valueAt(object, ANNOTATIONS))).flatMap(([key, value]) =>
          word(value) === undefined ? [] : [[key, word(value) ?? '']],
        ),
      ),
      at,
      replicas: min,
      autoscaler: { kind: 'Knative', min, at, ...given({ max: scale('max') }) },
      // A new revision gets requests once it is ready, and the old one stays until then.
      rollout: { strategy: byDefault('rolling', at), at },
      ...given({
        environment: object.environment,
        aside: object.aside,
        partial: object.partial,
        when: object.when,
        bounds: concurrencyOf(object),
      }),
    },
  ];
}

/** Requests that one copy takes at a time; further ones wait or get an error. */
function concurrencyOf(object: ManifestObject): Workload['bounds'] {
  const path = [...TEMPLATE, 'spec', 'containerConcurrency'];
  const value = textAt(object, path);
  return value && [{ what: 'containerConcurrency', value, at: object.at(path) }];
}
