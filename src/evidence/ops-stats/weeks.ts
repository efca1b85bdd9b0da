/** Turns a table into dated rows of numbers, and says of every cell it sets aside why. Pure; knows no clock and no target. */
import { type CellReading, numberIn } from './cells.ts';
import { type Column, columnOf } from './columns.ts';
import { dayReader } from './days.ts';
import { plainName, type Table, type TableRow } from './table.ts';

/** The numbers of one week, or of another stretch of time. */
export interface DatedRow {
  /** The day it is recorded under, YYYY-MM-DD: as a rule the first of the week. */
  readonly date: string;
  readonly line: number;
  /** By measure: percent, milliseconds, or a count. */
  readonly values: Readonly<Record<string, number>>;
  /** Shares in percent by the name of a column of the team's own, e.g. of one objective. */
  readonly own: Readonly<Record<string, number>>;
  /** What was done about it, as written in a column for actions or notes. */
  readonly action?: string;
}

/** Something in the file that is not taken, because it could be wrong. */
export interface Fault {
  /** It is of a column of the team's own, some of whose cells are shares and some are not. */
  readonly own?: true;
  /** The measure it concerns, or the team's own column; `week` for a row's day, `file` for the order of the rows. */
  readonly of: string;
  /** A clause: what stands there and why it is set aside. */
  readonly message: string;
  readonly line: number;
  /** Day of the row, where it has one. */
  readonly date?: string;
}

/** What a table holds. */
export interface Weeks {
  /** In the order of the file. */
  readonly rows: readonly DatedRow[];
  readonly columns: readonly Column[];
  readonly faults: readonly Fault[];
  /** Rows of other services in the same file. */
  readonly others: number;
}

/** Faults kept of one file; the last one counts the others. */
const MOST_FAULTS = 50;

/** Reads a table; undefined where no column says which week a row is of. */
export function weeksOf(table: Table, service: string | undefined): Weeks | undefined {
  const columns = table.columns.map(columnOf);
  const day = columns.findIndex(({ means }) => means === 'week');
  if (day === -1) return undefined;
  const owner = columns.findIndex(({ means }) => means === 'service');
  const isOwn = ({ cells }: TableRow): boolean =>
    owner === -1 || service === undefined || (cells[owner] ?? '') === '' || cells[owner] === service;
  const own = table.rows.filter(isOwn);
  const dayOf = dayReader(own.map(({ cells }) => cells[day] ?? ''));
  const faults: Fault[] = [...twice(columns)];
  const dated = own.flatMap((row) => {
    const written = row.cells[day] ?? '';
    const date = dayOf(written);
    if (date === undefined)
      faults.push({
        of: 'week',
        message: `"${short(written)}" is no day that can be read one way only`,
        line: row.line,
      });
    return date === undefined ? [] : [rowOf(row, date, columns, table, faults)];
  });
  const single = withoutTwins(dated, faults);
  disorder(single, faults);
  return { rows: single, columns, faults: capped(faults), others: table.rows.length - own.length };
}

function rowOf(row: TableRow, date: string, columns: readonly Column[], table: Table, faults: Fault[]): DatedRow {
  const values: Record<string, number> = {};
  const own: Record<string, number> = {};
  const actions: string[] = [];
  for (const [index, column] of columns.entries()) {
    const cell = row.cells[index] ?? '';
    const { means, dimension } = column;
    if (means === 'action' || means === 'note') actions.push(cell);
    if (means !== undefined && dimension === undefined) continue;
    const reading = numberIn(cell, {
      dimension: dimension ?? 'percent',
      unit: column.unit,
      decimalComma: table.decimalComma,
    });
    if (means === undefined) keepOwn(own, column.name, cell, reading, { line: row.line, date }, faults);
    else if ('trouble' in reading)
      faults.push({
        of: means,
        message: `"${short(cell)}" under \`${short(column.name)}\` ${reading.trouble}`,
        line: row.line,
        date,
      });
    else keep(values, means, reading);
  }
  const action = actions
    .filter((it) => it !== '')
    .join('; ')
    .slice(0, 500);
  return { date, line: row.line, values, own, ...(action !== '' && { action }) };
}

/** What a column of the team's own is about is not known here; that one of its cells is no share matters to whoever takes it for one. */
function keepOwn(
  own: Record<string, number>,
  name: string,
  cell: string,
  reading: CellReading,
  at: Pick<Fault, 'line' | 'date'>,
  faults: Fault[],
): void {
  const of = plainName(name);
  if ('trouble' in reading && !faults.some((fault) => fault.own && fault.of === of))
    faults.push({ own: true, of, message: `"${short(cell)}" under \`${short(name)}\` ${reading.trouble}`, ...at });
  keep(own, of, reading);
}

function keep(into: Record<string, number>, name: string, reading: CellReading): void {
  if ('value' in reading && name !== '__proto__') into[name] = reading.value;
}

/** Two columns for one thing: nobody can say which counts. */
function twice(columns: readonly Column[]): readonly Fault[] {
  const measured = columns.filter(({ means }) => means !== undefined && means !== 'note' && means !== 'action');
  const names = measured.map(({ means = '' }) => means);
  return measured.flatMap(({ means = '', name }, index) =>
    names.indexOf(means) === index
      ? []
      : [{ of: means, message: `\`${short(name)}\` is a second column for ${means.replaceAll('_', ' ')}`, line: 1 }],
  );
}

/** A week that is there twice, with other numbers: neither row is taken. */
function withoutTwins(rows: readonly DatedRow[], faults: Fault[]): readonly DatedRow[] {
  const byDate = new Map<string, DatedRow[]>();
  for (const row of rows) byDate.set(row.date, [...(byDate.get(row.date) ?? []), row]);
  return [...byDate.values()].flatMap((same) => {
    const [first, second] = same;
    if (!first || !second) return same;
    if (same.every(({ values }) => JSON.stringify(values) === JSON.stringify(first.values))) return [first];
    faults.push({
      of: 'week',
      message: `${first.date} is recorded ${same.length} times with different numbers, first in line ${first.line}`,
      line: second.line,
      date: first.date,
    });
    return [];
  });
}

/** Rows go up or down; one that leaps back is probably dated wrongly. */
function disorder(rows: readonly DatedRow[], faults: Fault[]): void {
  const steps = rows.slice(1).map((row, index) => ({ row, before: rows[index] ?? row }));
  const back = steps.filter(({ row, before }) => row.date < before.date);
  const on = steps.filter(({ row, before }) => row.date > before.date);
  const [odd] = back.length <= on.length ? back : on;
  if (!odd || back.length === 0 || on.length === 0) return;
  const { row, before } = odd;
  faults.push({ of: 'file', message: `the rows are out of order: ${row.date} follows ${before.date}`, line: row.line });
}

function capped(all: readonly Fault[]): readonly Fault[] {
  const own = all.filter((fault) => fault.own);
  const faults = all.filter((fault) => !fault.own);
  const rest = faults.slice(MOST_FAULTS);
  const [next] = rest;
  const beyond: readonly Fault[] = next
    ? [{ of: 'cells', message: `${rest.length} further cells are set aside`, line: next.line }]
    : [];
  return [...faults.slice(0, MOST_FAULTS), ...beyond, ...own];
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
