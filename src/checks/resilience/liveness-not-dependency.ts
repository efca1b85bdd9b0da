/** Assesses whether liveness is asked by a probe of its own that no dependency can fail. */
import { isKnown } from '../../evidence/known.ts';
import type { Container, Probe, Workload } from '../../evidence/workloads/workload.ts';
import { defineCheck } from '../define.ts';
import { type Answer, everyWorkload, nameOf } from '../every-workload.ts';
import { containerName } from '../probe-answer.ts';
import { workloadScope } from '../workload-scope.ts';

/** Commands that ask another process. */
const ASKS_ANOTHER =
  /\b(psql|pg_isready|mysql(admin)?|redis-cli|mongo(sh)?|rabbitmq-diagnostics|kafka-\w+|nslookup|dig)\b/;
/** Paths that say they ask about more than the process, and those of frameworks that do. */
const ASKS_MORE =
  /(^|\/)(ready|readiness|readyz|db|database|deep|dependencies|full|actuator\/health|healthcheck\/all)\/?($|\?)/i;
/** Paths that say they ask about the process. */
const ASKS_ITSELF = /(^|[/_-])(live|alive|isalive|is-alive|liveness|livez|ping|up|heartbeat)\/?($|\?)/i;

export const check = defineCheck({
  summary:
    'Compares the liveness probe of each production workload with its readiness probe, and looks at the command or path it asks. What the code behind a path does is not read.',
  needs: ['workloads'],
  params: {},
  assess(subject) {
    const scope = workloadScope(subject, ['service', 'daemon']);
    const has = ['asks liveness by a probe of its own', 'ask liveness by a probe of their own'] as const;
    return everyWorkload(scope, { has }, answerFor);
  },
});

function answerFor(workload: Workload): Answer {
  const mains = workload.containers.filter(({ role, liveness }) => role === 'main' && liveness !== undefined);
  if (mains.length === 0) return { is: 'exempt', because: 'no liveness probe' };
  // A database's own tool asks the database itself.
  if (workload.product !== undefined) return { is: 'exempt', because: 'a product of others' };
  const answers = mains.map((it) => ofContainer(workload, it, mains));
  return (
    answers.find(({ is }) => is === 'no') ??
    answers.find(({ is }) => is === 'unclear') ?? {
      is: 'yes',
      shown: mains.flatMap(({ liveness }) => liveness?.at ?? []),
    }
  );
}

function ofContainer(workload: Workload, container: Container, mains: readonly Container[]): Answer {
  const { liveness, readiness } = container;
  if (!isKnown(liveness)) return { is: 'unclear', because: 'its liveness probe cannot be read', at: container.at };
  const { value, at } = liveness;
  const problem = (message: string, fix: string): Answer => ({
    is: 'no',
    problems: [
      {
        message: `${containerName(workload, container, mains)} ${message}`,
        at,
        fix,
        subject: `${nameOf(workload)}/${container.name}`,
      },
    ],
  });
  if (value.kind === 'exec' && ASKS_ANOTHER.test(value.command ?? ''))
    return problem(
      `is restarted when another process does not answer: ${value.command}`,
      'Ask only the process itself; let readiness ask the others.',
    );
  if (value.kind === 'tcp') return { is: 'yes', shown: [at] };
  if (isKnown(readiness) && same(value, readiness.value)) {
    if (value.kind === 'grpc')
      return {
        is: 'unclear',
        because: 'liveness and readiness ask the same gRPC health service, which may tell them apart',
        at,
      };
    return problem(
      `asks ${shownProbe(value)} for liveness and for readiness, so whatever makes it wait also restarts it`,
      'Give liveness a path that answers whenever the process runs.',
    );
  }
  const path = value.path ?? '';
  if (value.kind === 'http' && ASKS_MORE.test(path))
    return { is: 'unclear', because: `its liveness path ${path} may ask dependencies`, at };
  if (isKnown(readiness) || value.kind !== 'http' || ASKS_ITSELF.test(path)) return { is: 'yes', shown: [at] };
  return { is: 'unclear', because: `what its liveness path ${path} asks is not known`, at };
}

function same(a: Probe, b: Probe): boolean {
  return a.kind === b.kind && a.path === b.path && a.port === b.port && a.command === b.command;
}

function shownProbe({ path, command }: Probe): string {
  return path ?? command ?? 'the same';
}
