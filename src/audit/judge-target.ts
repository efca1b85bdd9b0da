/** One repository of an audit, judged: whatever happens to it becomes its row. */
import { factsOf } from '../estate/facts.ts';
import { InputError } from '../input-error.ts';
import type { AuditHeader, AuditRow, Outcome, Target } from '../model-audit.ts';
import { packReport } from '../packed-report.ts';
import { judgeInFull, type Options, type Workspace } from '../run.ts';

/** How a target is opened and by what it is judged; the command line knows both. */
export interface Bench {
  readonly header: AuditHeader;
  open(target: Target): Promise<Workspace>;
  options(workspace: Workspace): Promise<Options>;
}

/** Its row; never throws. */
export async function judgeTarget(target: Target, bench: Bench): Promise<AuditRow> {
  try {
    const workspace = await bench.open(target);
    if (workspace.repo.list().files.length === 0) return unjudged(target, 'empty', 'there is no file in it');
    const { report, services } = await judgeInFull(workspace, await bench.options(workspace));
    const facts = services.map((it) => factsOf(it, report.asOf));
    const row = packReport(target.id, report, facts, bench.header);
    return { ...row, ...traitsOf(target), notes: [...(target.notes ?? []), ...row.notes] };
  } catch (error) {
    if (error instanceof InputError) return unjudged(target, 'refused', error.message);
    return unjudged(
      target,
      'failed',
      `gonogo itself failed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The row of a repository that was not judged. */
export function unjudged(target: Target, outcome: Exclude<Outcome, 'judged'>, because: string): AuditRow {
  return { repo: target.id, outcome, because, ...traitsOf(target), services: [], notes: target.notes ?? [] };
}

function traitsOf({ archived, fork }: Target): Pick<AuditRow, 'archived' | 'fork'> {
  return { ...(archived !== undefined && { archived }), ...(fork !== undefined && { fork }) };
}
