/** What the service is built from: how much was checked, against what, and the packages that want something done. */
import type { PackageRow, ServiceReport } from '../model.ts';
import { flow, type Lines, type Paint } from './layout.ts';
import { advisoryData, flawWords, lagWords, packageCounts, vulnerabilityWords } from './packages-words.ts';
import type { Pen } from './pen.ts';
import { type Column, tableOf } from './terminal-table.ts';

/** Rows shown unless all are asked for; the rest is counted, and all are in the JSON report. */
const SHOWN = 10;

/** The section; empty where nothing is locked. */
export function packages({ packages: its }: ServiceReport, pen: Pen): Lines {
  if (!its) return [];
  const shown = pen.verbose ? its.rows : its.rows.filter(({ scope }) => scope !== 'development').slice(0, SHOWN);
  const left = its.rows.length - shown.length;
  return [
    ...flow(pen.width, [
      { text: 'PACKAGES', paint: pen.strong },
      { text: packageCounts(its), gap: 2 },
    ]),
    ...flow(pen.width, [`advisory data: ${advisoryData(its)}`], { indent: 2 }),
    ...flow(pen.width, [vulnerabilityWords(its)], { indent: 2 }),
    ...(its.lag ? flow(pen.width, [lagWords(its.lag)], { indent: 2 }) : []),
    ...(shown.length === 0 ? [] : tableOf(shown, columnsFor(shown, pen), setting(pen))),
    ...(left > 0
      ? flow(pen.width, [{ text: `and ${left} more (--verbose lists all)`, paint: pen.dim }], { indent: 2 })
      : []),
  ];
}

function setting(pen: Pen): { width: number; indent: number; headPaint: Paint } {
  return { width: pen.width, indent: 2, headPaint: pen.dim };
}

/** A column that no row fills is left out. */
function columnsFor(rows: readonly PackageRow[], pen: Pen): readonly Column<PackageRow>[] {
  const nothing = pen.signs.nothing;
  const all: readonly (Column<PackageRow> & { readonly filled?: (row: PackageRow) => boolean })[] = [
    { head: 'package', cell: ({ name }) => name },
    { head: 'locked', cell: ({ locked }) => locked },
    { head: 'patch', cell: ({ patch }) => patch ?? nothing, spare: 5, filled: ({ patch }) => patch !== undefined },
    { head: 'latest', cell: ({ latest }) => latest ?? nothing, spare: 4, filled: ({ latest }) => latest !== undefined },
    { head: 'behind', cell: ({ behind }) => behind ?? nothing, spare: 3, filled: ({ behind }) => behind !== undefined },
    {
      head: 'flaw',
      cell: ({ flaw }) => (flaw ? flawWords(flaw) : nothing),
      paint: ({ flaw }) =>
        flaw?.state === 'overdue' || flaw?.state === 'malicious' ? pen.ruling.fail : pen.ruling.warn,
      filled: ({ flaw }) => flaw !== undefined,
    },
    { head: 'fix', cell: ({ fix }) => fix ?? nothing, spare: 1, filled: ({ fix }) => fix !== undefined },
    { head: 'how', cell: ({ how }) => how ?? nothing, spare: 6, filled: ({ how }) => how !== undefined },
  ];
  return all.filter(({ filled }) => filled === undefined || rows.some(filled));
}
