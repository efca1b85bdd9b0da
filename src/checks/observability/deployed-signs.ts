/** What deployment says of a capability: agents it injects or starts, scraping it asks for, settings that turn it off. Pure. */
import { agentsIn } from '../../evidence/capabilities/agents.ts';
import type { Capability } from '../../evidence/capabilities/capability.ts';
import { spokenFamily } from '../../evidence/capabilities/spoken-name.ts';
import type { EnvVar, Workload } from '../../evidence/workloads/workload.ts';
import { nameOf } from '../every-workload.ts';
import { LIKE_KUBERNETES, type WorkloadSubject, workloadScope } from '../workload-scope.ts';
import type { Shown } from './capability-shown.ts';

/** The service's own workloads in production, of any platform. */
export function deployedHere(subject: WorkloadSubject): readonly Workload[] {
  const { judged } = workloadScope(
    subject,
    ['service', 'daemon', 'job'],
    [...LIKE_KUBERNETES, 'ecs', 'cloud-run', 'cloud-foundry', 'procfile'],
  );
  return judged.filter(({ product }) => product === undefined);
}

const INJECTED =
  /^instrumentation\.opentelemetry\.io\/inject-(?!sdk$)\w+$|^admission\.datadoghq\.com\/\w+-lib\.version$/;

/** Agents that an operator injects by annotation, or that a command or a variable loads. */
export function agentsDeployed(workloads: readonly Workload[], capability: Capability): readonly Shown[] {
  return workloads.flatMap((workload) => {
    const injected = Object.entries(workload.annotations).filter(
      ([key, value]) => INJECTED.test(key) && value !== 'false',
    );
    const annotated =
      capability === 'tracing' ? injected.map(([key]) => ({ by: `the annotation ${key}`, at: workload.at })) : [];
    const started = workload.containers
      .filter(({ role }) => role === 'main')
      .flatMap(({ command, env, at }) => [
        ...loaded(command.join(' '), capability).map((by) => ({ by, at })),
        ...env.flatMap((it) => loaded(it.value ?? '', capability).map((by) => ({ by, at: it.at }))),
      ]);
    return [...annotated, ...started];
  });
}

function loaded(command: string, capability: Capability): readonly string[] {
  if (command === '') return [];
  return agentsIn(command.replaceAll('\n', ' '), 'command.sh', () => false).flatMap(({ gives, how, family }) =>
    gives.includes(capability) ? [`${family ? spokenFamily(family) : 'an agent'} by ${how}`] : [],
  );
}

/** What asks for metrics of a workload: a monitor that selects it, or annotations. */
export function scraping(workloads: readonly Workload[]): readonly Shown[] {
  return workloads
    .filter(({ role }) => role === 'service')
    .flatMap((workload) => {
      const monitors = workload.joined.filter(
        ({ kind, doubt }) =>
          doubt === undefined && /^(Service|Pod)Monitor$|^PodMonitoring$|^VM(Service|Pod)Scrape$/.test(kind),
      );
      const annotated = Object.entries(workload.annotations).some(
        ([key, value]) => /^prometheus\.io\/scrape$/.test(key) && value === 'true',
      );
      return [
        ...monitors.map(({ kind, name, at }) => ({ by: `${kind} ${name}`, at })),
        ...(annotated ? [{ by: `prometheus.io/scrape on ${nameOf(workload)}`, at: workload.at }] : []),
      ];
    });
}

/** Variables of main containers, by name. */
export function variablesNamed(workloads: readonly Workload[], name: RegExp): readonly EnvVar[] {
  return workloads.flatMap(({ containers }) =>
    containers.filter(({ role }) => role === 'main').flatMap(({ env }) => env.filter((it) => name.test(it.name))),
  );
}
