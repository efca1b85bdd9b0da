/** Tables without borders for the terminal: cli-table3 aligns by display width; what does not fit is left out, least important first. */
import Table from 'cli-table3';
import { visible } from './escape-terminal.ts';
import { columnsOf, flow, type Lines, type Paint } from './layout.ts';

/** One column of a table of rows of type `R`. */
export interface Column<R> {
  readonly head: string;
  readonly cell: (row: R) => string;
  readonly paint?: (row: R) => Paint;
  readonly align?: 'left' | 'right';
  /** Left out where the width is short, the highest number first; a column without one always stays. */
  readonly spare?: number;
}

/** How a table is set. */
export interface TableSetting {
  /** Columns of the terminal; 0 for no limit. */
  readonly width: number;
  readonly indent: number;
  readonly headPaint: Paint;
}

const GAP = 2;
const NO_BORDERS = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'].map(none),
);
const NO_RULES = Object.fromEntries(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'].map(none));

function none(name: string): readonly [string, string] {
  return [name, ''];
}

/** The rows under a head, aligned. */
export function tableOf<R>(rows: readonly R[], columns: readonly Column<R>[], setting: TableSetting): Lines {
  const kept = fitting(rows, columns, setting);
  if (overflows(rows, kept, setting)) return rows.flatMap((row) => asSentence(row, kept, setting));
  const table = new Table({
    chars: { ...NO_BORDERS, ...NO_RULES },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
    colAligns: kept.map(({ align }) => align ?? 'left'),
  });
  table.push(kept.map(({ head }) => setting.headPaint(visible(head))));
  for (const row of rows) table.push(kept.map((column) => cellOf(row, column)));
  const indent = ' '.repeat(setting.indent);
  return table
    .toString()
    .split('\n')
    .map((line) => `${indent}${line}`.trimEnd());
}

function cellOf<R>(row: R, { cell, paint }: Column<R>): string {
  const text = visible(cell(row));
  return paint?.(row)(text) ?? text;
}

function fitting<R>(rows: readonly R[], columns: readonly Column<R>[], setting: TableSetting): readonly Column<R>[] {
  const kept = [...columns];
  while (overflows(rows, kept, setting)) {
    const spare = kept.map((column) => column.spare ?? 0);
    const most = Math.max(...spare);
    if (most === 0) break;
    kept.splice(spare.lastIndexOf(most), 1);
  }
  return kept;
}

/** A row where no table fits: "payments  tier 1  verdict NO-GO". */
function asSentence<R>(row: R, columns: readonly Column<R>[], { width, indent }: TableSetting): Lines {
  const cells = columns.map(({ head, cell, paint }, index) => {
    const text = index === 0 ? cell(row) : `${head} ${cell(row)}`;
    return { text, paint: paint?.(row), whole: index > 0, gap: 2 };
  });
  return flow(width, cells, { indent, hang: indent + 2 });
}

function overflows<R>(rows: readonly R[], columns: readonly Column<R>[], { width, indent }: TableSetting): boolean {
  return width > 0 && indent + widthOf(rows, columns) > width;
}

function widthOf<R>(rows: readonly R[], columns: readonly Column<R>[]): number {
  const widths = columns.map((column) =>
    Math.max(columnsOf(column.head), ...rows.map((row) => columnsOf(visible(column.cell(row))))),
  );
  return widths.reduce((sum, width) => sum + width + GAP, -GAP);
}
