/** The services of an audit with all that formats of one report know of them, one repository at a time. Pure. */
import type { Report, ServiceReport } from '../../model.ts';
import type { Audit, AuditRow } from '../../model-audit.ts';
import { unpackReport } from '../../packed-report.ts';

/** A repository of an audit: the report on it, which has no service where it was not judged. */
export interface Judged {
  readonly row: AuditRow;
  readonly report: Report;
}

/** One service of it; none of a repository that was not judged. */
export interface JudgedService extends Judged {
  readonly judged?: ServiceReport;
}

/** Every repository with its report, in the audit's order. */
export function* judgedIn(audit: Audit): Iterable<Judged> {
  for (const row of audit.rows()) yield { row, report: unpackReport(row, audit) };
}

/** Every service; a repository without one once, too. */
export function* servicesIn(audit: Audit): Iterable<JudgedService> {
  for (const { row, report } of judgedIn(audit)) {
    if (report.services.length === 0) yield { row, report };
    for (const judged of report.services) yield { row, report, judged };
  }
}
