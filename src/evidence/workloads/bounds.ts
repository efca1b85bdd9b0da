/** Bounds to what a workload takes on: rate limits of ingresses, gateways and meshes, and numbers of requests at a time. Reads; judges nothing. */
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import type { ManifestObject } from './manifest-object.ts';
import { textAt, valueAt } from './object-value.ts';
import type { Bound, Container, Joined } from './workload.ts';

/** Annotations that limit how much one client or all of them may ask. */
const ANNOTATIONS =
  /^(nginx\.ingress\.kubernetes\.io\/limit-(rps|rpm|connections)|nginx\.org\/limit-req-rate|haproxy(-ingress\.github)?\.(org|io)\/(rate-limit-requests|limit-rps|limit-connections)|haproxy\.router\.openshift\.io\/(rate-limit-connections(\.rate-http|\.concurrent-tcp|\.rate-tcp)?|pod-concurrent-connections))$/;

/** Where meshes write theirs, below `spec`. */
const MESH: readonly YamlPath[] = [
  ['trafficPolicy', 'connectionPool', 'http', 'http1MaxPendingRequests'],
  ['trafficPolicy', 'connectionPool', 'http', 'http2MaxRequests'],
  ['trafficPolicy', 'connectionPool', 'tcp', 'maxConnections'],
];

/** Bounds that an object sets by itself. */
export function boundsOf(object: ManifestObject): readonly Bound[] {
  const at = (path: YamlPath): readonly Bound[] => {
    const value = textAt(object, path);
    return value ? [{ what: nameOf(path), value, at: object.at(path) }] : [];
  };
  switch (object.kind) {
    case 'Ingress':
    case 'Route':
      return Object.keys(record(valueAt(object, ['metadata', 'annotations'])))
        .filter((key) => ANNOTATIONS.test(key))
        .flatMap((key) => at(['metadata', 'annotations', key]));
    case 'DestinationRule':
      return MESH.flatMap((path) => at(['spec', ...path]));
    case 'Middleware':
      return [...at(['spec', 'rateLimit', 'average']), ...at(['spec', 'inFlightReq', 'amount'])];
    case 'KongPlugin':
      return /^rate-limiting/.test(word(object.value.plugin) ?? '')
        ? ['second', 'minute', 'hour', 'limit'].flatMap((key) => at(['config', key]))
        : [];
    case 'BackendTrafficPolicy':
      return ['local', 'global'].flatMap((type) =>
        list(valueAt(object, ['spec', 'rateLimit', type, 'rules'])).flatMap((_, index) =>
          at(['spec', 'rateLimit', type, 'rules', index, 'limit', 'requests']),
        ),
      );
    default:
      return [];
  }
}

function nameOf(path: YamlPath): string {
  return path[0] === 'metadata'
    ? String(path[2])
    : path
        .filter((step) => typeof step === 'string')
        .slice(-2)
        .join('.');
}

/** Bounds that an object sets and others ask for: what an annotation of the ingress names, what leads to the same Service. */
export function boundsFor(
  object: ManifestObject,
  { services, routes, annotated }: { services: ReadonlySet<string>; routes: ReadonlySet<string>; annotated: string },
): readonly Bound[] {
  const spec = record(object.value.spec);
  switch (object.kind) {
    case 'DestinationRule':
      return services.has((word(spec.host) ?? '').split('.')[0] ?? '') ? boundsOf(object) : [];
    case 'Middleware':
      return isNamed(annotated, `${object.name}@kubernetescrd`) ? boundsOf(object) : [];
    case 'KongPlugin':
      return isNamed(annotated, object.name) ? boundsOf(object) : [];
    case 'BackendTrafficPolicy':
      return [...list(spec.targetRefs), spec.targetRef].some((it) => routes.has(word(record(it).name) ?? ''))
        ? boundsOf(object)
        : [];
    default:
      return [];
  }
}

function isNamed(annotated: string, name: string): boolean {
  return annotated.split(/[\s,]+/).some((it) => it === name || it.endsWith(`-${name}`));
}

/** What an ingress or a Service names as its plugins and middlewares. */
export function annotatedBy(objects: readonly ManifestObject[]): string {
  return objects
    .flatMap((it) => {
      const annotations = record(valueAt(it, ['metadata', 'annotations']));
      return [annotations['konghq.com/plugins'], annotations['traefik.ingress.kubernetes.io/router.middlewares']];
    })
    .flatMap((it) => word(it) ?? [])
    .join(',');
}

/** Settings of servers that refuse what is more, with what they are called. */
const SETTINGS =
  /^(SERVER_TOMCAT_(MAX_CONNECTIONS|ACCEPT_COUNT|THREADS_MAX|MAX_THREADS)|SERVER_(JETTY|UNDERTOW)_THREADS_(MAX|WORKER)|UVICORN_LIMIT_CONCURRENCY|QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS)$/;

/** Bounds that a container's own command and variables set. */
export function boundsOfContainer({ env, command, at }: Container): readonly Bound[] {
  const set = env.flatMap((it): readonly Bound[] =>
    SETTINGS.test(it.name) && it.value !== undefined
      ? [{ what: it.name, value: { value: it.value, via: 'literal', at: it.at }, at: it.at }]
      : [],
  );
  const [, number] = /--limit-concurrency[= ](\d{1,9})\b/.exec(command.join(' ').slice(0, 2000)) ?? [];
  return number === undefined
    ? set
    : [...set, { what: '--limit-concurrency', value: { value: number, via: 'literal', at }, at }];
}

/** Whether something leads from outside the cluster to a Service. */
export function isFromOutside({ kind }: Pick<Joined, 'kind'>): boolean {
  return /^(Ingress|Route|HTTPRoute|GRPCRoute|TCPRoute|VirtualService|IngressRoute|HTTPProxy)$/.test(kind);
}
