/** Several services in one report: the verdict over all, and a table with the worst first. */
import type { Report, ServiceReport } from '../model.ts';
import { flow, type Lines } from './layout.ts';
import type { Pen } from './pen.ts';
import { shownVerdict, type Tally, tally } from './tally.ts';
import { verdictChunk, verdictText } from './terminal-head.ts';
import { type Column, tableOf } from './terminal-table.ts';
import { estateWords } from './verdict-words.ts';
import { counted, verdictRuling } from './words.ts';

interface Row {
  readonly report: ServiceReport;
  readonly counts: Tally;
}

/** The verdict over all services, as the first and as the last line. */
export function overall({ repo, verdict, services }: Report, pen: Pen): Lines {
  const parts = estateWords(services);
  const counts = parts.map((part, index) => ({ text: index < parts.length - 1 ? `${part},` : part, whole: true }));
  const none = services.length === 0;
  const total = {
    text: none ? 'no service was judged' : `${counted(services.length, 'service')}:`,
    whole: true,
    gap: 2,
  };
  return flow(
    pen.width,
    [
      verdictChunk(shownVerdict(verdict, services), pen),
      { text: repo.name, paint: pen.strong, gap: 2 },
      total,
      ...counts,
    ],
    { hang: 2 },
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
      cell: ({ report }) => verdictText(shownVerdict(report.verdict, [report]), pen),
      paint: ({ report }) => pen.ruling[verdictRuling(shownVerdict(report.verdict, [report]))],
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
