/** An audit as CSV with a row a finding, in the columns of a single report; for warehouses. */
import type { Audit } from '../../model-audit.ts';
import { FINDING_COLUMNS, type FindingRow, findingRows } from '../csv.ts';
import { type Columns, csvHead, csvRows } from '../csv-table.ts';
import type { AuditFormat } from './format.ts';
import { type Judged, judgedIn } from './judged-services.ts';

/** The CSV format of all findings of an audit. */
export const format: AuditFormat = {
  summary: 'CSV: a row a finding, for warehouses',
  render,
};

/** What a repository without findings has in the columns of one with them: that it was not judged, why, and which it is. */
const UNJUDGED: Readonly<Record<string, (judged: Judged) => string | undefined>> = {
  ruling: () => 'not judged',
  because: ({ row }) => row.because,
  repository: ({ row }) => row.repo,
  commit: ({ row }) => row.commit,
  as_of: ({ report }) => report.asOf,
};

/** A row for either, in the same columns. */
const COLUMNS: Columns<FindingRow | Judged> = FINDING_COLUMNS.map(([name, cell]) => [
  name,
  (it) => ('finding' in it ? cell(it) : UNJUDGED[name]?.(it)),
]);

function* render(audit: Audit): Iterable<string> {
  yield csvHead(COLUMNS);
  for (const it of judgedIn(audit)) yield csvRows(COLUMNS, it.row.outcome === 'judged' ? findingRows(it.report) : [it]);
}
