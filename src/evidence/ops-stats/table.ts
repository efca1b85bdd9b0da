/** A table read from a file of records: named columns and rows of text, each with its line. */

/** One row; cells stand in the order of the columns. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly line: number;
  /** Rows of a table within this one, e.g. a week's incidents. */
  readonly inner?: Table;
}

/** One table. */
export interface Table {
  /** Names as written. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** Commas are decimal points, as where semicolons part the cells. */
  readonly decimalComma: boolean;
  /** There are more rows than are read. */
  readonly cut: boolean;
}

/** A table, or one clause that says why there is none. */
export type TableReading = { readonly table: Table } | { readonly trouble: string };

/** Rows that are read: a row a week for the life of any service, and a hundred incidents a week for a year. */
export const MOST_ROWS = 5000;

/** A column's name without case, underscores and hyphens. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim();
}
