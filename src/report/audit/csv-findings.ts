/** An audit as CSV with a row a finding, in the columns of a single report; for warehouses. */
import type { Audit } from '../../model-audit.ts';
import { FINDING_COLUMNS, findingRows } from '../csv.ts';
import { csvHead, csvRows } from '../csv-table.ts';
import type { AuditFormat } from './format.ts';
import { judgedIn } from './judged-services.ts';

/** The CSV format of all findings of an audit. */
export const format: AuditFormat = {
  summary: 'CSV: a row a finding; a repository that was not judged has none',
  render,
};

function* render(audit: Audit): Iterable<string> {
  yield csvHead(FINDING_COLUMNS);
  for (const { report } of judgedIn(audit)) yield csvRows(FINDING_COLUMNS, findingRows(report));
}
