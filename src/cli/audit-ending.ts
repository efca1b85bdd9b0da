/** What an audit comes to once its rows are there: what stands across them, and the exit code. */
import { assessEstate } from '../estate/estate.ts';
import type { Audit, AuditHeader, AuditRow, Missing } from '../model-audit.ts';

/** The whole audit of some rows. */
export function wholeAudit(header: AuditHeader, rows: () => Iterable<AuditRow>, missing?: Missing): Audit {
  return { ...header, rows, estate: assessEstate(rows()), ...(missing && { missing }) };
}

/** 2 where a repository was not judged or is missing, which outweighs what is not ready; 1 where that is asked for and one is NO-GO, else 0. */
export function exitCodeOf({ rows, missing }: Pick<Audit, 'rows' | 'missing'>, gates: boolean): number {
  if (missing) return 2;
  let code = 0;
  for (const { outcome, verdict } of rows()) {
    if (outcome !== 'judged') return 2;
    if (gates && verdict === 'NO-GO') code = 1;
  }
  return code;
}
