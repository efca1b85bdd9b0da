/** An audit as CSV: a row a service, and one for each repository that was not judged; for spreadsheets. */
import type { Audit } from '../../model-audit.ts';
import { type Columns, csvHead, csvRows } from '../csv-table.ts';
import { compareText } from '../order.ts';
import { shownVerdict, tally } from '../tally.ts';
import { verdictWord } from '../words.ts';
import type { AuditFormat } from './format.ts';
import { type JudgedService, servicesIn } from './judged-services.ts';

/** The CSV format of an audit. */
export const format: AuditFormat = {
  summary: 'CSV: a row a service, for spreadsheets',
  render,
};

/** The columns in their order, which is for ever: new ones are added at the end. */
const COLUMNS: Columns<JudgedService> = [
  ['repository', ({ row }) => row.repo],
  ['folder', ({ judged }) => judged?.service.dir],
  ['service', ({ judged }) => judged?.service.name],
  ['tier', ({ judged }) => judged?.service.tier],
  ['stage', ({ judged }) => judged?.service.stage],
  ['profile', ({ judged }) => judged?.service.profile],
  ['owner', ({ judged }) => judged?.service.owner],
  ['outcome', ({ row }) => row.outcome],
  ['verdict', ({ judged }) => judged && verdictWord(shownVerdict(judged.verdict, [judged]))],
  ['applicable', ({ judged }) => judged?.score.applicable],
  ['met', ({ judged }) => judged?.score.met],
  ['verified', ({ judged }) => judged?.score.verified],
  ['declared', ({ judged }) => judged?.score.declared],
  ['blocking', (it) => tallyOf(it)?.blocking],
  ['waived', (it) => tallyOf(it)?.waived],
  ['warnings', (it) => tallyOf(it)?.warnings],
  ['unknown', (it) => tallyOf(it)?.unknown],
  ['first_waiver_expires', ({ judged }) => judged?.waivers.map(({ expires }) => expires).sort(compareText)[0]],
  ['manifest', ({ judged }) => judged?.manifest?.path],
  ['commit', ({ row }) => row.commit],
  ['because', ({ row }) => row.because],
  ['as_of', ({ report }) => report.asOf],
];

function tallyOf({ judged }: JudgedService) {
  return judged && tally(judged.findings);
}

function* render(audit: Audit): Iterable<string> {
  yield csvHead(COLUMNS);
  for (const it of servicesIn(audit)) yield csvRows(COLUMNS, [it]);
}
