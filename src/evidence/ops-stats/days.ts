/** Reads a column of days: ISO days and weeks, and days with points or slashes where the whole column allows one reading only. Pure. */
import { addDays, isDate } from '../../dates.ts';

/** Reads the cells of one column; undefined for a cell that names no day, or one of two. */
export type DayReader = (cell: string) => string | undefined;

/** How a column writes its days. */
export function dayReader(cells: readonly string[]): DayReader {
  const dayFirst = dayComesFirst(cells);
  return (cell) => {
    const text = cell.trim().slice(0, 40);
    const week = /^(\d{4})-?w(\d{1,2})$/i.exec(text);
    if (week) return mondayOf(Number(week[1]), Number(week[2]));
    const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d])/.exec(text);
    if (iso) return real(iso[1], iso[2], iso[3]);
    const [, first, mark, second, year] = /^(\d{1,2})([./])(\d{1,2})\2(\d{4})$/.exec(text) ?? [];
    if (mark === '.') return real(year, second, first);
    if (mark === undefined || dayFirst === undefined) return undefined;
    return dayFirst ? real(year, second, first) : real(year, first, second);
  };
}

/** A number above twelve is no month; a column with none of those, or with both, says nothing. */
function dayComesFirst(cells: readonly string[]): boolean | undefined {
  const pairs = cells.flatMap((cell) => {
    const [, a, b] = /^(\d{1,2})\/(\d{1,2})\/\d{4}$/.exec(cell.trim().slice(0, 40)) ?? [];
    return a === undefined ? [] : [[Number(a), Number(b)] as const];
  });
  const [first, second] = [pairs.some(([a]) => a > 12), pairs.some(([, b]) => b > 12)];
  return first === second ? undefined : first;
}

/** The Monday of an ISO week; undefined where the year has no such week. */
export function mondayOf(year: number, week: number): string | undefined {
  const fourth = `${String(year).padStart(4, '0')}-01-04`;
  if (!isDate(fourth) || week < 1 || week > 53) return undefined;
  const monday = addDays(fourth, -((new Date(fourth).getUTCDay() + 6) % 7) + (week - 1) * 7);
  return addDays(monday, 3).startsWith(fourth.slice(0, 4)) ? monday : undefined;
}

function real(year = '', month = '', day = ''): string | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? date : undefined;
}
