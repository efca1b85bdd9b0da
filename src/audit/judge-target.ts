/** One repository of an audit, judged: whatever happens to it becomes its row. */
import { FACT_KINDS, factsOf } from '../estate/facts.ts';
import { InputError } from '../input-error.ts';
import type { Supplement, Unread } from '../model.ts';
import type { AuditHeader, AuditRow, Outcome, Target } from '../model-audit.ts';
import { packReport } from '../packed-report.ts';
import { headCommit, locateGit, NO_COMMIT } from '../repo/git-dir.ts';
import { realPath } from '../repo/real-path.ts';
import { judgeInFull, type Options, type Workspace } from '../run.ts';
import type { RowCache } from './cache.ts';
import { remembered } from './remember.ts';

/** How a target is opened and by what it is judged; the command line knows both. */
export interface Bench {
  readonly header: AuditHeader;
  readonly supplements?: readonly Supplement[];
  /** Where rows of earlier audits are; absent where none may be taken. */
  readonly cache?: RowCache;
  open(target: Target): Promise<Workspace>;
  options(workspace: Workspace): Promise<Options>;
}

/** Its row; never throws. */
export async function judgeTarget(target: Target, bench: Bench): Promise<AuditRow> {
  try {
    const workspace = await opened(target, bench);
    if ('outcome' in workspace) return workspace;
    const { files, skipped } = workspace.repo.list();
    if (files.length === 0) return withoutFiles(target, skipped);
    const { dir } = target;
    if (dir !== undefined && !files.some(({ path }) => path.startsWith(`${workspace.dir}/`)))
      return unjudged(target, 'empty', `there is no file in its folder "${dir}"`);
    const row = await remembered({ target, workspace, ...bench }, (it) => judged(target, it, bench));
    // How it was fetched is no part of what it is.
    return target.notes ? { ...row, notes: [...target.notes, ...row.notes] } : row;
  } catch (error) {
    if (error instanceof InputError) return unjudged(target, 'refused', error.message);
    const what = error instanceof Error ? error.message : String(error);
    return unjudged(target, 'failed', `gonogo itself failed: ${what}`);
  }
}

async function judged(target: Target, workspace: Workspace, bench: Bench): Promise<AuditRow> {
  const options = await bench.options(workspace);
  const kinds = [...(options.kinds ?? []), ...FACT_KINDS];
  const { report, services } = await judgeInFull(workspace, { ...options, kinds });
  const facts = services.map((it) => factsOf(it, report.asOf));
  return { ...packReport(target.id, report, facts, bench.header), ...traitsOf(target) };
}

/** What could not be looked at is not empty, e.g. a clone that left all content behind. */
function withoutFiles(target: Target, [first]: readonly Unread[]): AuditRow {
  if (!first) return unjudged(target, 'empty', 'there is no file in it');
  return unjudged(target, 'unreachable', `no file of it can be read, e.g. ${first.at.path}: ${first.detail}`);
}

async function opened(target: Target, bench: Bench): Promise<Workspace | AuditRow> {
  try {
    return await bench.open(target);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return hasNoCommit(target)
      ? unjudged(target, 'empty', 'there is no commit in it')
      : unjudged(target, 'unreachable', error.message);
  }
}

/** Whether it is a repository that nobody has committed to. */
function hasNoCommit({ location, ref }: Target): boolean {
  const real = realPath(location);
  const located = real === undefined ? undefined : locateGit(real);
  if (ref !== undefined || !located?.ok) return false;
  const head = headCommit(located.git);
  return !head.ok && head.reason === NO_COMMIT;
}

/** The row of a repository that was not judged. */
export function unjudged(target: Target, outcome: Exclude<Outcome, 'judged'>, because: string): AuditRow {
  return {
    repo: target.id,
    outcome,
    because: withoutPlace(because, target),
    ...traitsOf(target),
    services: [],
    notes: target.notes ?? [],
  };
}

/** A row says nothing of where the copy lies. */
function withoutPlace(sentence: string, { id, location }: Target): string {
  const places = [realPath(location), location].filter((it) => it !== undefined && it !== '/');
  return places.reduce<string>((text, place) => text.replaceAll(place ?? '', () => id), sentence);
}

function traitsOf({ archived, fork }: Target): Pick<AuditRow, 'archived' | 'fork'> {
  return { ...(archived !== undefined && { archived }), ...(fork !== undefined && { fork }) };
}
