/** Assesses whether every container says what it needs and how much memory it may take. */
import { isKnown, type Maybe } from '../../evidence/known.ts';
import type { Container, Workload } from '../../evidence/workloads/workload.ts';
import { defineCheck } from '../define.ts';
import { type Answer, everyWorkload, nameOf } from '../every-workload.ts';
import { flag } from '../params.ts';
import { containerName } from '../probe-answer.ts';
import { listed } from '../words.ts';
import { workloadScope } from '../workload-scope.ts';

export const check = defineCheck({
  summary:
    "Looks at the resources of every container of the production workloads but init containers: requests for processor and memory, and a memory limit. A limit counts as the request where none is written, as Kubernetes does it; a namespace's LimitRange counts too.",
  needs: ['workloads'],
  params: {
    cpu_limit: flag(
      'Whether a limit for the processor is asked for too; it throttles, and many leave it out on purpose.',
      false,
    ),
  },
  assess(subject) {
    const scope = workloadScope(subject, ['service', 'daemon', 'job']);
    const has = ['has requests and a memory limit', 'have requests and a memory limit'] as const;
    return everyWorkload(scope, { has }, (workload) => answerFor(workload, subject.params.cpu_limit));
  },
});

interface Part {
  readonly name: string;
  readonly value: Maybe<string> | undefined;
}

function partsOf(
  { cpuRequest, cpuLimit, memoryRequest, memoryLimit }: Container,
  cpuLimitToo: boolean,
): readonly Part[] {
  return [
    { name: 'a request for processor time', value: cpuRequest ?? cpuLimit },
    { name: 'a request for memory', value: memoryRequest ?? memoryLimit },
    { name: 'a memory limit', value: memoryLimit },
    ...(cpuLimitToo ? [{ name: 'a processor limit', value: cpuLimit }] : []),
  ];
}

function answerFor(workload: Workload, cpuLimitToo: boolean): Answer {
  const containers = workload.containers.filter(({ role }) => role !== 'init');
  const asked = containers.map((container) => ({ container, parts: partsOf(container, cpuLimitToo) }));
  const problems = asked.flatMap(({ container, parts }) => {
    const lacking = parts.filter(({ value }) => value === undefined).map(({ name }) => name);
    if (lacking.length === 0) return [];
    return [
      {
        message: `${containerName(workload, container, containers)} lacks ${listed(lacking)}`,
        at: container.at,
        fix: 'Set `resources.requests` for cpu and memory, and `resources.limits.memory`.',
        subject: `${nameOf(workload)}/${container.name}`,
      },
    ];
  });
  if (problems.length > 0) return { is: 'no', problems };
  const values = asked.flatMap(({ parts }) => parts.flatMap(({ value }) => value ?? []));
  const hidden = values.find((value) => !isKnown(value));
  if (hidden && !isKnown(hidden))
    return { is: 'unclear', because: `${hidden.opaque} fills in its resources`, at: hidden.at };
  return { is: 'yes', shown: asked.flatMap(({ parts }) => parts.at(-1)?.value?.at ?? []) };
}
