/** The services of an audit with all that formats of one report know of them, one repository at a time. Pure. */
import type { Report, ServiceReport } from '../../model.ts';
import type { Audit, AuditRow, Outcome } from '../../model-audit.ts';
import { unpackReport } from '../../packed-report.ts';
import { missingSentence } from './missing.ts';

/** A repository of an audit: the report on it, which has no service where it was not judged. */
export interface Judged {
  readonly row: Omit<AuditRow, 'outcome'> & { readonly outcome: Outcome | 'missing' };
  readonly report: Report;
}

/** One service of it; none of a repository that was not judged. */
export interface JudgedService extends Judged {
  readonly judged?: ServiceReport;
}

/** Every repository with its report, in the audit's order; then those that the audit lacks. */
export function* judgedIn(audit: Audit): Iterable<Judged> {
  for (const row of audit.rows()) yield { row, report: unpackReport(row, audit) };
  yield* lackingIn(audit);
}

/** A row for each that is missing, so that a table of rows says it; one without a name where only a part without repositories is. */
function* lackingIn(audit: Audit): Iterable<Judged> {
  if (!audit.missing) return;
  const because = missingSentence(audit.missing);
  const { repositories } = audit.missing;
  for (const repo of repositories.length > 0 ? repositories : ['']) {
    const row = { repo, because, services: [], notes: [] };
    yield { row: { ...row, outcome: 'missing' }, report: unpackReport({ ...row, outcome: 'unreachable' }, audit) };
  }
}

/** Every service; a repository without one once, too. */
export function* servicesIn(audit: Audit): Iterable<JudgedService> {
  for (const { row, report } of judgedIn(audit)) {
    if (report.services.length === 0) yield { row, report };
    for (const judged of report.services) yield { row, report, judged };
  }
}
