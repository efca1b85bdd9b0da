/** What starts an Azure pipeline: `trigger`, `pr`, `schedules` and `resources`, and what holds where they are left out. */
import { record, word } from '../plain-value.ts';
import { and, not, type Truth } from './infix.ts';
import { type Runs, runsIn, type Situation, TAG, takes } from './situations.ts';
import type { World } from './world.ts';

/** For what it starts. */
interface Started {
  readonly started: Runs;
  /** Where the rest is set. */
  readonly startedBy?: string;
}

/**
 * Without `trigger` every branch starts it; without `pr`, on GitHub, every proposal: learn.microsoft.com/azure/devops/pipelines/repos/github.
 * In Azure Repos proposals start it by a policy of the branch: learn.microsoft.com/azure/devops/pipelines/repos/azure-repos-git.
 */
export function azureTriggers(
  value: Readonly<Record<string, unknown>>,
  situations: readonly Situation[],
  { paths }: World,
): Started {
  const onGithub = [...paths].some((path) => path.startsWith('.github/'));
  const started = runsIn(situations, ({ event, branch, mainline }) => {
    if (event === 'change') return value.pr === undefined ? onGithub : holds(value.pr, mainline, 'branches');
    if (event === 'push') return value.trigger === undefined ? true : holds(value.trigger, branch, 'branches');
    if (event === 'tag') return record(value.trigger).tags === undefined ? false : holds(value.trigger, TAG, 'tags');
    return event === 'manual' || value.schedules !== undefined;
  });
  return value.pr === undefined && !onGithub
    ? { started, startedBy: 'policies of branches in Azure Repos' }
    : { started };
}

function holds(value: unknown, text: string, key: 'branches' | 'tags'): Truth {
  if (value === 'none' || value === null || value === false) return false;
  if (Array.isArray(value)) return takes(names(value), text);
  const members = record(value);
  const filter = members[key];
  // Tags alone leave no branch.
  if (filter === undefined) return key === 'branches' && members.tags === undefined;
  if (Array.isArray(filter)) return takes(names(filter), text);
  const { include, exclude } = record(filter);
  return and(
    include === undefined ? true : takes(names(include), text),
    exclude === undefined ? true : not(takes(names(exclude), text)),
  );
}

function names(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value])
    .flatMap((it) => word(it) ?? [])
    .map((it) => it.replace(/^refs\/(?:heads|tags)\//, ''));
}
