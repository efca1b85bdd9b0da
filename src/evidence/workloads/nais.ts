/** Applications and jobs of the NAIS platform, with what its operator adds to each by default. */
import { isKnown, type Maybe } from '../known.ts';
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { given } from './container-of.ts';
import type { ManifestObject } from './manifest-object.ts';
import { byDefault, isPlaceholder, numberAt, textAt, valueAt } from './object-value.ts';
import { type Part, viewedContainers } from './pod-view.ts';
import type { Autoscaler, Container, Workload } from './workload.ts';

/** Two to four replicas, where nobody says otherwise: nais/liberator, ApplyDefaults of an Application. */
const REPLICAS = { min: 2, max: 4 };
/** Requests and the memory limit: nais/liberator, ApplyDefaults. */
const RESOURCES = { cpuRequest: '200m', memoryRequest: '256Mi', memoryLimit: '512Mi' };

/** The workload of a NAIS object; none for other kinds. */
export function naisWorkloads(object: ManifestObject): readonly Workload[] {
  if (!object.apiVersion.startsWith('nais.io/') || !/^(Application|Naisjob)$/.test(object.kind)) return [];
  const isJob = object.kind === 'Naisjob';
  const at = object.at([]);
  const min = numberAt(object, ['spec', 'replicas', 'min']) ?? byDefault(REPLICAS.min, at);
  const max = numberAt(object, ['spec', 'replicas', 'max']) ?? byDefault(REPLICAS.max, at);
  return [
    {
      platform: 'nais',
      kind: object.kind,
      name: object.name,
      role: isJob ? 'job' : 'service',
      containers: viewedContainers(object, object.name, partsOf(object)).map((it) => withDefaults(it, object, isJob)),
      joined: accessPolicyOf(object),
      annotations: annotationsOf(object),
      at,
      ...given({
        environment: object.environment,
        aside: object.aside,
        partial: object.partial,
        when: object.when,
        ...(!isJob && { replicas: min, autoscaler: scalerOf(object, min, max), ...platformOf(object, min) }),
        grace: numberAt(object, ['spec', 'terminationGracePeriodSeconds']),
        calls: callsOf(object),
      }),
    },
  ];
}

/** Whom it lets in, where that is written; nobody by the platform's default. */
function accessPolicyOf(object: ManifestObject): Workload['joined'] {
  const path = ['spec', 'accessPolicy', 'inbound'];
  const inbound = valueAt(object, path);
  if (inbound === undefined || inbound === null) return [];
  const rules = record(inbound).rules;
  const named = list(rules).map(record);
  const isFilled = [inbound, rules, ...list(rules), ...named.map((it) => it.application)].some(
    (it) => typeof it === 'string' && (isPlaceholder(it) || it === inbound || it === rules),
  );
  const isOpen = named.some(({ application, namespace }) => application === '*' && namespace === '*');
  const callers = isOpen ? 'anyone' : isFilled || object.partial !== undefined ? 'unclear' : 'listed';
  return [{ kind: 'accessPolicy', name: object.name, ports: [], callers, at: object.at(path) }];
}

/** The names of other applications that it may call; a namespace may be called `org`. */
function callsOf(object: ManifestObject): Workload['calls'] {
  const rules = list(valueAt(object, ['spec', 'accessPolicy', 'outbound', 'rules'])).map(record);
  const names = rules.flatMap(({ application, namespace }): readonly string[] => {
    const [name, space] = [word(application), word(namespace)];
    return name === undefined || space === undefined ? [] : [`${name}.${space}`];
  });
  return names.length > 0 ? names : undefined;
}

function scalerOf(object: ManifestObject, min: Maybe<number>, max: Maybe<number>): Autoscaler | undefined {
  const isFixed = isKnown(min) && isKnown(max) && min.value === max.value;
  const off = valueAt(object, ['spec', 'replicas', 'disableAutoScaling']) === true;
  return isFixed || off ? undefined : { kind: 'replicas', min, max, at: object.at(['spec', 'replicas']) };
}

/** What the operator (nais/naiserator) does for every application: a budget from two replicas on, rolling updates, placement. */
function platformOf(object: ManifestObject, min: Maybe<number>): Partial<Workload> {
  const at = object.at([]);
  const several = isKnown(min) && min.value > 1;
  const strategy = valueAt(object, ['spec', 'strategy', 'type']);
  return {
    ...(several && { disruption: { maxUnavailable: byDefault('1', at), at } }),
    rollout: {
      strategy:
        word(strategy) === 'Recreate'
          ? {
              value: 'recreate',
              via: object.via(['spec', 'strategy', 'type']),
              at: object.at(['spec', 'strategy', 'type']),
            }
          : byDefault('rolling', at),
      at,
    },
    spread: { opaque: 'NAIS decides where its pods run', at },
  };
}

function partsOf(object: ManifestObject): readonly Part[] {
  const spec = record(object.value.spec);
  const part = (key: string, path: YamlPath, value: unknown): Part => ({ key, path: ['spec', ...path], value });
  return [
    part('image', ['image'], spec.image),
    part('livenessProbe', ['liveness', 'path'], probeOf(spec.liveness, spec.port)),
    part('readinessProbe', ['readiness', 'path'], probeOf(spec.readiness, spec.port)),
    part('startupProbe', ['startup', 'path'], probeOf(spec.startup, spec.port)),
    part('resources', ['resources'], spec.resources),
    part('env', ['env'], spec.env),
    part('envFrom', ['envFrom'], sourcesOf(spec.envFrom)),
    part('command', ['command'], spec.command),
    part(
      'ports',
      ['port'],
      object.kind === 'Application' ? [{ name: 'http', containerPort: spec.port ?? 8080 }] : undefined,
    ),
    part(
      'lifecycle',
      ['preStopHook'],
      spec.preStopHook === undefined ? undefined : { preStop: hookOf(spec.preStopHook) },
    ),
  ];
}

/** `secret: name` is what a pod calls `secretRef`. */
function sourcesOf(envFrom: unknown): unknown {
  return list(envFrom).map((it) => ('secret' in record(it) ? { secretRef: it } : { configMapRef: it }));
}

/** A probe without a path is none. */
function probeOf(probe: unknown, port: unknown): unknown {
  const { path, port: own } = record(probe);
  return path === undefined ? undefined : { httpGet: { path, port: own ?? port ?? 8080 } };
}

function hookOf(hook: unknown): unknown {
  const { http, exec } = record(hook);
  return http === undefined ? { exec } : { httpGet: http };
}

/** The security context is documented as the platform's default; annotations change parts of it. */
function withDefaults(container: Container, object: ManifestObject, isJob: boolean): Container {
  const at = object.at([]);
  const annotations = annotationsOf(object);
  const user = annotations['nais.io/run-as-user'];
  const number = Number(user ?? 1069);
  const preStop = isJob ? undefined : byDefault('sleep 5', at);
  return {
    ...container,
    cpuRequest: container.cpuRequest ?? byDefault(RESOURCES.cpuRequest, at),
    memoryRequest: container.memoryRequest ?? byDefault(RESOURCES.memoryRequest, at),
    memoryLimit: container.memoryLimit ?? byDefault(RESOURCES.memoryLimit, at),
    ...given({ preStop: container.preStop ?? textAt(object, ['spec', 'preStopHookPath']) ?? preStop }),
    security: {
      runAsNonRoot: byDefault(number !== 0, at),
      ...(Number.isInteger(number) && { runAsUser: byDefault(number, at) }),
      allowPrivilegeEscalation: byDefault(false, at),
      privileged: byDefault(false, at),
      readOnlyRootFilesystem: byDefault(annotations['nais.io/read-only-file-system'] !== 'false', at),
      ...(annotations['nais.io/add-kernel-capability'] === undefined && { dropped: byDefault(['ALL'], at) }),
    },
  };
}

function annotationsOf(object: ManifestObject): Readonly<Record<string, string>> {
  const entries = Object.entries(record(valueAt(object, ['metadata', 'annotations'])));
  const { enabled, path } = record(valueAt(object, ['spec', 'prometheus']));
  const traced = record(valueAt(object, ['spec', 'observability', 'autoInstrumentation']));
  // What the operator (nais/naiserator) writes on the pod for it.
  const injected =
    traced.enabled === true
      ? [[`instrumentation.opentelemetry.io/inject-${word(traced.runtime) ?? 'java'}`, 'true']]
      : [];
  const scraped =
    enabled === true
      ? [
          ['prometheus.io/scrape', 'true'],
          ['prometheus.io/path', word(path) ?? '/metrics'],
        ]
      : [];
  return Object.fromEntries([
    ...entries.flatMap(([key, value]) => (word(value) === undefined ? [] : [[key, word(value)]])),
    ...scraped,
    ...injected,
  ]);
}
