/** Options with their values and where each came from: a table, below one another where the terminal is narrow, and JSON. */
import type { Canvas } from './canvas.ts';
import { visible } from './escape-terminal.ts';
import { jsonText } from './json.ts';
import { columnsOf, flow } from './layout.ts';

/** One value that a run would take. */
export interface OptionRow {
  /** The flag, or the name of a limit that a policy sets, e.g. `waivers of major rules`. */
  readonly option: string;
  readonly value: string;
  readonly source: 'command line' | 'environment' | 'policy' | 'repository' | 'manifest' | 'clock' | 'default';
  /** The file, the variable that would change it, or what is wrong with it. */
  readonly detail?: string;
}

/** Rows for people. */
export function renderOptions(rows: readonly OptionRow[], { width }: Canvas): string {
  const cells = rows.map((row) => [row.option, row.value, sourceOf(row)].map(visible));
  const widths = [0, 1, 2].map((index) => Math.max(0, ...cells.map((row) => columnsOf(row[index] ?? ''))));
  const fits = width === 0 || widths.reduce((sum, columns) => sum + columns + 2, -2) <= width;
  const lines = fits ? cells.map((row) => aligned(row, widths)) : rows.flatMap((row) => stacked(row, width));
  return lines.map((line) => `${line}\n`).join('');
}

/** Rows for programs. */
export function optionsJson(rows: readonly OptionRow[]): string {
  return jsonText(rows, ['option', 'value', 'source', 'detail']);
}

function sourceOf({ source, detail }: OptionRow): string {
  return detail === undefined ? source : `${source} (${detail})`;
}

function aligned(row: readonly string[], widths: readonly number[]): string {
  const padded = row.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - columnsOf(cell)));
  return padded.join('  ').trimEnd();
}

function stacked(row: OptionRow, width: number): readonly string[] {
  return [
    ...flow(width, [row.option]),
    ...flow(width, [row.value], { indent: 4 }),
    ...flow(width, [`from ${sourceOf(row)}`], { indent: 4 }),
  ];
}
