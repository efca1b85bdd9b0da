/** What an audit comes to once its rows are there: what stands across them, how campaigns stand, and the exit code. */
import type { Across } from '../audit/run-folder.ts';
import { assessEstate } from '../estate/estate.ts';
import type { Audit, AuditHeader, AuditRow, Missing } from '../model-audit.ts';
import { answeredAudit } from '../trends/answers.ts';
import { type AnsweredRun, progressOf } from '../trends/campaigns.ts';

/** The rows of an audit, and what is known besides. */
export interface Rows {
  rows(): Iterable<AuditRow>;
  readonly missing?: Missing;
  /** Earlier audits, oldest first, for the forecasts of campaigns. */
  readonly earlier?: readonly AnsweredRun[];
}

/** The whole audit of some rows. */
export function wholeAudit(
  header: AuditHeader,
  { only, rules, focus }: Across,
  { rows, missing, earlier = [] }: Rows,
): Audit {
  return {
    ...header,
    rows,
    estate: assessEstate(withMissing(rows(), missing), { asOf: header.asOf, only, ...(rules && { rules }) }),
    ...(focus && { campaigns: progressOf(focus, answeredAudit(header, rows), earlier) }),
    ...(missing && { missing }),
  };
}

/** To the rules across services a repository that is elsewhere is one that was not judged: it may be the one that is meant. */
function* withMissing(rows: Iterable<AuditRow>, missing: Missing | undefined): Iterable<AuditRow> {
  yield* rows;
  for (const repo of missing?.repositories ?? [])
    yield { repo, outcome: 'unreachable', because: 'its part of the audit is missing', services: [], notes: [] };
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
