/** One container of a pod as facts, its pod's security context merged in. Reads; joins and judges nothing. */
import type { Maybe } from '../known.ts';
import { isKnown } from '../known.ts';
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { envOf } from './env-of.ts';
import { isSidecar } from './known-images.ts';
import type { ManifestObject } from './manifest-object.ts';
import { flagAt, maybe, numberAt, shown, textAt, valueAt } from './object-value.ts';
import type { Container, ContainerSecurity, Probe } from './workload.ts';

/** All containers of a pod, init containers first. `pod`: path of the pod's spec. */
export function containersOf(object: ManifestObject, pod: YamlPath): readonly Container[] {
  const read = (key: string, init: boolean): readonly Container[] =>
    list(valueAt(object, [...pod, key])).flatMap((value, index) =>
      typeof value === 'object' && value !== null ? [containerOf(object, [...pod, key, index], pod, init)] : [],
    );
  const own = read('containers', false);
  // Where all of them are known helpers, the first is what the pod is there for.
  const hasMain = own.some(({ role }) => role === 'main');
  const containers = hasMain ? own : own.map((it, index) => (index === 0 ? { ...it, role: 'main' as const } : it));
  return [...read('initContainers', true), ...containers];
}

function containerOf(object: ManifestObject, path: YamlPath, pod: YamlPath, init: boolean): Container {
  const name = word(valueAt(object, [...path, 'name'])) ?? '';
  const image = textAt(object, [...path, 'image']);
  const resource = (kind: string, what: string): Maybe<string> | undefined =>
    within(object, [...path, 'resources'], [kind, what], textAt);
  // An init container that restarts runs beside the others: Kubernetes' own sidecars.
  const runsOn = init && valueAt(object, [...path, 'restartPolicy']) === 'Always';
  const helper = isSidecar(name, isKnown(image) ? image.value : undefined);
  return {
    name,
    role: runsOn ? 'sidecar' : init ? 'init' : helper ? 'sidecar' : 'main',
    ports: portsOf(object, path),
    security: securityOf(object, path, pod),
    command: ['command', 'args'].flatMap((key) =>
      list(valueAt(object, [...path, key])).flatMap((it) => word(it) ?? []),
    ),
    env: envOf(object, path),
    at: object.at(path),
    ...given({
      image,
      readiness: probeAt(object, [...path, 'readinessProbe']),
      liveness: probeAt(object, [...path, 'livenessProbe']),
      startup: probeAt(object, [...path, 'startupProbe']),
      cpuRequest: resource('requests', 'cpu'),
      memoryRequest: resource('requests', 'memory'),
      cpuLimit: resource('limits', 'cpu'),
      memoryLimit: resource('limits', 'memory'),
      preStop: maybe(object, [...path, 'lifecycle', 'preStop'], preStopOf),
    }),
  };
}

/** A value within a block that a template may print as a whole: then each of its values is as opaque as the block. */
function within<T>(
  object: ManifestObject,
  block: YamlPath,
  rest: YamlPath,
  read: (object: ManifestObject, path: YamlPath) => Maybe<T> | undefined,
): Maybe<T> | undefined {
  for (let length = 0; length < rest.length; length++) {
    const path = [...block, ...rest.slice(0, length)];
    const value = valueAt(object, path);
    if (typeof value === 'string' && value !== '') return { opaque: shown(value), at: object.at(path) };
  }
  return read(object, [...block, ...rest]);
}

/** Only those that are set, so that an absent field is not there at all. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function portsOf(object: ManifestObject, path: YamlPath): Container['ports'] {
  return list(valueAt(object, [...path, 'ports'])).map((entry, index) => {
    const { name, containerPort } = record(entry);
    const number = Number(word(containerPort) ?? Number.NaN);
    return {
      ...(word(name) !== undefined && { name: word(name) ?? '' }),
      ...(Number.isInteger(number) && { number }),
      at: object.at([...path, 'ports', index]),
    };
  });
}

/** A probe; `{}` or one switched off is none. */
function probeAt(object: ManifestObject, path: YamlPath): Maybe<Probe> | undefined {
  const value = valueAt(object, path);
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) return undefined;
  return maybe(object, path, probeOf);
}

function probeOf(value: unknown): Probe | undefined {
  const probe = record(value);
  const http = record(probe.httpGet);
  if ('httpGet' in probe) return { kind: 'http', ...textField('path', http.path), ...textField('port', http.port) };
  if ('tcpSocket' in probe) return { kind: 'tcp', ...textField('port', record(probe.tcpSocket).port) };
  if ('grpc' in probe) return { kind: 'grpc', ...textField('port', record(probe.grpc).port) };
  if ('exec' in probe) {
    const command = list(record(probe.exec).command).flatMap((it) => word(it) ?? []);
    return { kind: 'exec', ...textField('command', command.join(' ').slice(0, 300)) };
  }
  return Object.keys(probe).length > 0 ? { kind: 'other' } : undefined;
}

function textField<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
  const text = word(value);
  return (text === undefined ? {} : { [key]: text }) as { readonly [P in K]?: string };
}

/** What happens before the container is told to end, for a person: `sleep 10`, `GET /drain`. */
function preStopOf(value: unknown): string | undefined {
  const hook = record(value);
  const command = list(record(hook.exec).command).flatMap((it) => word(it) ?? []);
  if (command.length > 0) return command.join(' ').slice(0, 200);
  if ('sleep' in hook) return `sleep ${word(record(hook.sleep).seconds) ?? ''}`.trim();
  if ('httpGet' in hook) return `GET ${word(record(hook.httpGet).path) ?? '/'}`;
  return undefined;
}

/** The container's own context over its pod's. */
function securityOf(object: ManifestObject, path: YamlPath, pod: YamlPath): ContainerSecurity {
  const own = [...path, 'securityContext'];
  const shared = [...pod, 'securityContext'];
  const flag = (key: string): Maybe<boolean> | undefined => within(object, own, [key], flagAt);
  const capabilities = (key: string): Maybe<readonly string[]> | undefined =>
    within(object, own, ['capabilities', key], (it, at) =>
      maybe(it, at, (value) => (Array.isArray(value) ? value.flatMap((name) => word(name) ?? []) : undefined)),
    );
  return given({
    runAsNonRoot: flag('runAsNonRoot') ?? within(object, shared, ['runAsNonRoot'], flagAt),
    runAsUser: within(object, own, ['runAsUser'], numberAt) ?? within(object, shared, ['runAsUser'], numberAt),
    allowPrivilegeEscalation: flag('allowPrivilegeEscalation'),
    readOnlyRootFilesystem: flag('readOnlyRootFilesystem'),
    privileged: flag('privileged'),
    dropped: capabilities('drop'),
    added: capabilities('add'),
  });
}
