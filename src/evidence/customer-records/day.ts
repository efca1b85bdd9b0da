/** The day that a record speaks of: its own, or the last one of the month or quarter that it sums up. Pure; knows no clock. */
import { addDays, isDate } from '../../dates.ts';
import { dateOf } from '../records/record.ts';

/** When a record was written, as it says itself. */
export interface Dated {
  /** YYYY-MM-DD. */
  readonly on: string;
  /** It only names a month or a quarter, and this is the last day of it. */
  readonly period?: true;
}

const QUARTER = /(?<!\d)(\d{4})[-_. ]?q([1-4])(?!\d)/i;
const MONTH = /(?<![\d.])(\d{4})[-_](0[1-9]|1[0-2])(?![\d])(?![-_]\d)/;

/** By its name, front matter or first lines; `title` may name a month. */
export function dayOf(
  frontMatter: Readonly<Record<string, unknown>>,
  text: string,
  path: string,
  title = '',
): Dated | undefined {
  const on = dateOf({ frontMatter }, text, path);
  if (on !== undefined) return { on };
  const name = `${path.split('/').at(-1) ?? ''} ${title}`.slice(0, 300);
  const quarter = QUARTER.exec(name);
  if (quarter) return endOf(Number(quarter[1]), Number(quarter[2]) * 3);
  const month = MONTH.exec(name);
  return month ? endOf(Number(month[1]), Number(month[2])) : undefined;
}

function endOf(year: number, month: number): Dated | undefined {
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  const first = `${String(nextYear).padStart(4, '0')}-${String(nextMonth).padStart(2, '0')}-01`;
  return isDate(first) ? { on: addDays(first, -1), period: true } : undefined;
}

/** Every day that a line names as YYYY-MM-DD. */
export function daysIn(line: string): readonly string[] {
  return (line.slice(0, 2000).match(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g) ?? []).filter(isDate);
}
