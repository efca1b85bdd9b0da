/** One repository of an audit, judged: whatever happens to it becomes its row. */
import { factsOf } from '../estate/facts.ts';
import { InputError } from '../input-error.ts';
import type { AuditHeader, AuditRow, Outcome, Target } from '../model-audit.ts';
import { judgeInFull, type Options, type Workspace } from '../run.ts';
import type { RowCache } from './cache.ts';
import { packReport } from './pack.ts';
import { remembered } from './remember.ts';

/** How a target is opened and by what it is judged; the command line knows both. */
export interface Bench {
  readonly header: AuditHeader;
  /** Where rows of earlier audits are; absent where none may be taken. */
  readonly cache?: RowCache;
  open(target: Target): Promise<Workspace>;
  options(workspace: Workspace): Promise<Options>;
}

/** Its row; never throws. */
export async function judgeTarget(target: Target, bench: Bench): Promise<AuditRow> {
  try {
    const workspace = await bench.open(target);
    if (workspace.repo.list().files.length === 0) return unjudged(target, 'empty', 'there is no file in it');
    const { header, cache } = bench;
    return await remembered({ target, workspace, header, cache }, (it) => judged(target, it, bench));
  } catch (error) {
    if (error instanceof InputError) return unjudged(target, 'refused', error.message);
    return unjudged(
      target,
      'failed',
      `gonogo itself failed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function judged(target: Target, workspace: Workspace, bench: Bench): Promise<AuditRow> {
  const { report, services } = await judgeInFull(workspace, await bench.options(workspace));
  return { ...packReport(target.id, report, services.map(factsOf), bench.header), ...traitsOf(target) };
}

/** The row of a repository that was not judged. */
export function unjudged(target: Target, outcome: Exclude<Outcome, 'judged'>, because: string): AuditRow {
  return { repo: target.id, outcome, because, ...traitsOf(target), services: [], notes: [] };
}

function traitsOf({ archived, fork }: Target): Pick<AuditRow, 'archived' | 'fork'> {
  return { ...(archived !== undefined && { archived }), ...(fork !== undefined && { fork }) };
}
