/** Several services in one report: the verdict over all, and a table with the worst first. */
import type { Report, ServiceReport } from '../model.ts';
import { flow, type Lines } from './layout.ts';
import { byVerdict, compareText } from './order.ts';
import type { Pen } from './pen.ts';
import { type Tally, tally } from './tally.ts';
import { verdictChunk, verdictText } from './terminal-head.ts';
import { type Column, tableOf } from './terminal-table.ts';
import { counted, VERDICT_RULING } from './words.ts';

interface Row {
  readonly report: ServiceReport;
  readonly counts: Tally;
}

/** The verdict over all services, as the first and as the last line. */
export function overall({ repo, verdict, services }: Report, pen: Pen): Lines {
  const blocked = services.filter((service) => service.verdict === 'NO-GO').length;
  const conditional = services.filter((service) => service.verdict === 'CONDITIONAL GO').length;
  const ready = services.length - blocked - conditional;
  const parts = [
    blocked > 0 ? `${blocked} not ready` : '',
    conditional > 0 ? `${conditional} ready on conditions` : '',
    ready > 0 ? `${ready} ready` : '',
  ].filter(Boolean);
  const counts = parts.map((part, index) => ({ text: index < parts.length - 1 ? `${part},` : part, whole: true }));
  const none = services.length === 0;
  const total = {
    text: none ? 'no service was judged' : `${counted(services.length, 'service')}:`,
    whole: true,
    gap: 2,
  };
  return flow(
    pen.width,
    [verdictChunk(verdict, pen), { text: repo.name, paint: pen.strong, gap: 2 }, total, ...counts],
    { hang: 2 },
  );
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

/** One row a service. */
export function summary(services: readonly ServiceReport[], pen: Pen): Lines {
  const rows = services.map((report) => ({ report, counts: tally(report.findings) }));
  const columns: readonly Column<Row>[] = [
    { head: 'SERVICE', cell: ({ report }) => report.service.name },
    { head: 'tier', cell: ({ report }) => String(report.service.tier), align: 'right' },
    {
      head: 'verdict',
      cell: ({ report }) => verdictText(report.verdict, pen),
      paint: ({ report }) => pen.ruling[VERDICT_RULING[report.verdict]],
    },
    { head: 'blocking', cell: ({ counts }) => shown(counts.blocking, pen), align: 'right' },
    { head: 'waived', cell: ({ counts }) => shown(counts.waived, pen), align: 'right', spare: 2 },
    { head: 'warnings', cell: ({ counts }) => shown(counts.warnings, pen), align: 'right', spare: 3 },
    { head: 'met', cell: ({ counts }) => `${counts.met}/${counts.applicable}`, align: 'right', spare: 1 },
    { head: 'owner', cell: ({ report }) => report.service.owner ?? pen.signs.nothing, spare: 4 },
  ];
  return tableOf(rows, columns, { width: pen.width, indent: 0, headPaint: pen.strong });
}

function shown(count: number, pen: Pen): string {
  return count === 0 ? pen.signs.nothing : String(count);
}
