/** The order of services in one report. Pure. */
import type { ServiceReport } from '../model.ts';
import { byVerdict, compareText } from './order.ts';
import { type Tally, tally } from './tally.ts';

interface Row {
  readonly report: ServiceReport;
  readonly counts: Tally;
}

/** Services with the worst verdict first, then with the most that blocks, then by name. */
export function worstFirst(services: readonly ServiceReport[]): readonly ServiceReport[] {
  const rows = services.map((report) => ({ report, counts: tally(report.findings) }));
  return rows.toSorted(compareRows).map(({ report }) => report);
}

function compareRows(a: Row, b: Row): number {
  return (
    byVerdict(a.report.verdict, b.report.verdict) ||
    b.counts.blocking - a.counts.blocking ||
    compareText(a.report.service.name, b.report.service.name)
  );
}
