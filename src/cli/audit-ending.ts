/** What an audit comes to once its rows are there: what stands across them, how campaigns stand, and the exit code. */
import type { Across } from '../audit/run-folder.ts';
import { addDays } from '../dates.ts';
import { assessEstate } from '../estate/estate.ts';
import type { Audit, AuditHeader, AuditRow, Missing } from '../model-audit.ts';
import type { Kept } from '../model-trend.ts';
import { keptOf } from '../store/line.ts';
import { answeredAudit, answeredRun } from '../trends/answers.ts';
import { progressOf } from '../trends/campaigns.ts';
import { movedBetween } from '../trends/trend.ts';
import { heldAgainst, WEEK } from '../trends/window.ts';

/** The rows of an audit, and what is known besides. */
export interface Rows {
  rows(): Iterable<AuditRow>;
  readonly missing?: Missing;
  /** Earlier audits, oldest first. */
  readonly earlier?: readonly Kept[];
}

/** The whole audit of some rows. */
export function wholeAudit(
  header: AuditHeader,
  { only, rules, focus }: Across,
  { rows, missing, earlier = [] }: Rows,
): Audit {
  const before = heldAgainst(earlier, addDays(header.asOf, -WEEK));
  return {
    ...header,
    rows,
    estate: assessEstate(rows(), { asOf: header.asOf, only, ...(rules && { rules }) }),
    ...(focus && { campaigns: progressOf(focus, answeredAudit(header, rows), earlier.map(answeredRun)) }),
    ...(before && { moved: movedBetween(before, keptOf(header, rows())) }),
    ...(missing && { missing }),
  };
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
