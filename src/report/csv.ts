/** CSV by RFC 4180: a header, then a row a finding. No text in it begins a formula, whichever of comma and semicolon a spreadsheet splits by. */
import { stringify } from 'csv-stringify/sync';
import type { Finding, Report, ServiceReport } from '../model.ts';
import { visible } from './escape-terminal.ts';
import type { Format } from './format.ts';
import { stepFor } from './order.ts';
import { placeText } from './places.ts';
import { shownVerdict } from './tally.ts';
import { verdictWord } from './words.ts';

/** The CSV format. */
export const format: Format = {
  summary: 'CSV: a row a finding, for spreadsheets',
  render,
};

/** What a row is made of. */
interface Row {
  readonly report: Report;
  readonly judged: ServiceReport;
  readonly finding: Finding;
}

/** What a cell may hold. */
export type Cell = string | number | undefined;

/** The columns in their order, which is for ever: new ones are added at the end. */
const COLUMNS: readonly (readonly [name: string, cell: (row: Row) => Cell])[] = [
  ['service', ({ judged }) => judged.service.name],
  ['folder', ({ judged }) => judged.service.dir],
  ['tier', ({ judged }) => judged.service.tier],
  ['stage', ({ judged }) => judged.service.stage],
  ['profile', ({ judged }) => judged.service.profile],
  ['owner', ({ judged }) => judged.service.owner],
  ['verdict', ({ judged }) => verdictWord(shownVerdict(judged.verdict, [judged]))],
  ['area', ({ finding }) => finding.area],
  ['rule', ({ finding }) => finding.rule],
  ['severity', ({ finding }) => finding.severity],
  ['standing', ({ finding }) => finding.standing],
  ['ruling', ({ finding }) => finding.ruling],
  ['statement', ({ finding }) => finding.statement],
  ['because', ({ finding }) => finding.because],
  ['open_problems', ({ finding }) => finding.problems.filter(({ waived }) => !waived).length],
  ['waived_problems', ({ finding }) => finding.problems.filter(({ waived }) => waived).length],
  ['place', ({ finding }) => placeOf(finding)],
  ['fix', ({ finding }) => stepFor(finding).fix],
  ['waiver_owner', ({ finding }) => finding.waiver?.owner],
  ['waiver_expires', ({ finding }) => finding.waiver?.expires],
  ['waiver_reason', ({ finding }) => finding.waiver?.reason],
  ['fingerprint', ({ finding }) => finding.fingerprint],
  ['repository', ({ report }) => report.repo.name],
  ['commit', ({ report }) => report.repo.commit],
  ['as_of', ({ report }) => report.asOf],
  ['waiver_approved_by', ({ finding }) => finding.waiver?.approvedBy],
  ['waiver_ticket', ({ finding }) => finding.waiver?.ticket],
  ['counts_from', ({ finding }) => finding.countsFrom],
];

function render(report: Report): string {
  const rows = report.services.flatMap((judged) => judged.findings.map((finding) => ({ report, judged, finding })));
  const cells = rows.map((row) => COLUMNS.map(([, cell]) => plainCell(cell(row))));
  return stringify([COLUMNS.map(([name]) => name), ...cells], { escape_formulas: true, record_delimiter: 'windows' });
}

/** Where to begin: the first problem that is open, else the claim, else what shows it. */
function placeOf(finding: Finding): Cell {
  const at = stepFor(finding).at ?? finding.evidence[0];
  return at && placeText(at);
}

/** What would begin a formula where the text in front of it is cut off; a quote there is taken for the cell's own. */
const AFTER_SEMICOLON = /;(?=[\s"]*[=+\-@＝＋－＠])/gu;

/** A cell in which nothing begins a formula: spreadsheets pass over blanks in front of one, and the library looks at the first character only. */
export function plainCell(cell: Cell): Cell {
  return typeof cell === 'string' ? visible(cell).trim().replace(AFTER_SEMICOLON, ";'") : cell;
}
