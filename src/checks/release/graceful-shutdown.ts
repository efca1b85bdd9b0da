/** Assesses whether every workload finishes what it has begun before it ends. */
import { isKnown } from '../../evidence/known.ts';
import type { Ending } from '../../evidence/shutdown.ts';
import type { Workload } from '../../evidence/workloads/workload.ts';
import type { Evidence } from '../../generated/evidence.ts';
import type { Place } from '../../model.ts';
import { defineCheck } from '../define.ts';
import { type Answer, everyWorkload, nameOf } from '../every-workload.ts';
import { workloadScope } from '../workload-scope.ts';

/** Seconds Kubernetes waits before it kills a pod that does not say how long it takes. */
const GRACE_BY_DEFAULT = 30;

type Facts = Evidence['shutdown']['facts'];

export const check = defineCheck({
  summary:
    "Looks for a `preStop` hook in each production workload that is shorter than its grace period, else for a framework's setting or a handler of SIGTERM that closes the server. With several workloads a handler counts for the one whose folder has its name. Nothing is said of what code does that is not here.",
  needs: ['workloads', 'shutdown'],
  params: {},
  assess(subject) {
    const scope = workloadScope(subject, ['service']);
    const { facts } = subject.evidence.shutdown;
    const alone = new Set(scope.judged.map(({ name }) => name)).size === 1;
    const has = ['finishes what it has begun', 'finish what they have begun'] as const;
    return everyWorkload(scope, { has, lacking: 'missing' }, (workload) => answerFor(workload, facts, alone));
  },
});

function answerFor(workload: Workload, facts: Facts, alone: boolean): Answer {
  const subject = nameOf(workload);
  if (workload.product !== undefined) return { is: 'exempt', because: 'a product of others' };
  const { grace } = workload;
  const seconds = grace === undefined ? GRACE_BY_DEFAULT : isKnown(grace) ? grace.value : undefined;
  if (seconds === 0)
    return lacking(
      subject,
      'is killed at once, as its grace period is 0',
      'Let it have the seconds it needs.',
      grace?.at ?? workload.at,
    );
  const hooks = workload.containers.flatMap(({ role, preStop }) => (role === 'main' && preStop ? [preStop] : []));
  for (const hook of hooks) {
    if (!isKnown(hook)) return { is: 'unclear', because: `${hook.opaque} is its preStop hook`, at: hook.at };
    const waits = Number(/^(?:.*\s)?sleep\s+(\d{1,6})\b/.exec(hook.value)?.[1] ?? 0);
    if (seconds !== undefined && waits >= seconds)
      return lacking(
        subject,
        `waits ${waits} s before it ends, and is killed after ${seconds} s`,
        'Make `terminationGracePeriodSeconds` longer than the wait and what follows.',
        hook.at,
      );
  }
  if (hooks.length > 0) return { is: 'yes', shown: hooks.map(({ at }) => at) };
  return byCode(workload, subject, facts, alone);
}

/** What code and settings say, where the manifest has no hook. */
function byCode(workload: Workload, subject: string, { endings, code }: Facts, alone: boolean): Answer {
  const set = workload.containers
    .flatMap(({ env }) => env)
    .find(({ name, value }) => name === 'SERVER_SHUTDOWN' && value?.toLowerCase() === 'graceful');
  if (set) return { is: 'yes', shown: [set.at] };
  const own = alone ? endings : endings.filter(({ at }) => isOf(at, workload));
  const drains = own.find(({ kind }) => kind === 'drains');
  if (drains) return { is: 'yes', shown: [drains.at] };
  const [some] = own.length > 0 ? own : endings;
  if (some) return { is: 'unclear', because: undecided(some, own), at: some.at };
  if (code === 0) return { is: 'unclear', because: 'the code that would handle SIGTERM is not here', at: workload.at };
  return lacking(
    subject,
    'has no preStop hook, and nothing was found that handles SIGTERM or is set to end gracefully',
    'Add a `preStop` wait and handle SIGTERM, e.g. by the setting of its framework.',
    workload.at,
  );
}

function undecided({ what, at }: Ending, own: readonly Ending[]): string {
  return own.length > 0
    ? `${what} in ${at.path} handles the signal, and what it does is not told`
    : `${what} is in ${at.path}, and whose it is cannot be told`;
}

/** Whether a file lies in a folder that has the workload's name. */
function isOf({ path }: Place, { name }: Workload): boolean {
  const wanted = letters(name);
  return path
    .split('/')
    .slice(0, -1)
    .some((part) => letters(part) === wanted);
}

/** Without what names of folders and workloads differ by. */
function letters(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/(service|svc|app)$/, '');
}

function lacking(subject: string, what: string, fix: string, at: Place): Answer {
  return { is: 'no', problems: [{ message: `${subject} ${what}`, at, fix, subject }] };
}
