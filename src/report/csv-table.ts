/** Tables as CSV by RFC 4180 in which no text begins a formula, whichever of comma and semicolon a spreadsheet splits by. */
import { stringify } from 'csv-stringify/sync';
import { visible } from './escape-terminal.ts';

/** What a cell may hold. */
type Cell = string | number | undefined;

/** Columns in their order, which is for ever: new ones are added at the end. */
export type Columns<Row> = readonly (readonly [name: string, cell: (row: Row) => Cell])[];

/** The first line. */
export function csvHead<Row>(columns: Columns<Row>): string {
  return written([columns.map(([name]) => name)]);
}

/** A line a row. */
export function csvRows<Row>(columns: Columns<Row>, rows: readonly Row[]): string {
  return written(rows.map((row) => columns.map(([, cell]) => plainCell(cell(row)))));
}

function written(lines: readonly (readonly Cell[])[]): string {
  return stringify(
    lines.map((line) => [...line]),
    { escape_formulas: true, record_delimiter: 'windows' },
  );
}

/** What would begin a formula where the text in front of it is cut off; a quote there is taken for the cell's own. */
const AFTER_SEMICOLON = /;(?=[\s"]*[=+\-@＝＋－＠])/gu;

/** A cell in which nothing begins a formula: spreadsheets pass over blanks in front of one, and the library looks at the first character only. */
function plainCell(cell: Cell): Cell {
  return typeof cell === 'string' ? visible(cell).trim().replace(AFTER_SEMICOLON, ";'") : cell;
}
