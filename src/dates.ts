/** Days and durations, computed in UTC from ISO dates. Pure; knows no clock. */
import { table } from './table.ts';

const DAY = 86_400_000;
const MILLISECONDS: Readonly<Record<string, number>> = table({
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: DAY,
  w: 7 * DAY,
});

/** Milliseconds of a duration such as `300ms`, `2s`, `15m`, `4h`, `7d`; undefined when it is none. */
export function milliseconds(duration: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/.exec(duration.trim());
  if (!match) return undefined;
  return Number(match[1]) * (MILLISECONDS[match[2] ?? ''] ?? Number.NaN);
}

/** Whole days of a duration such as `180d`. */
export function days(duration: string): number | undefined {
  const value = milliseconds(duration);
  return value === undefined ? undefined : Math.floor(value / DAY);
}

/** Days from one ISO date to a later one; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / DAY);
}

/** The ISO date `count` days after one. */
export function addDays(date: string, count: number): string {
  return new Date(Date.parse(date.slice(0, 10)) + count * DAY).toISOString().slice(0, 10);
}

/** Whether a text is a real calendar date as YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** Milliseconds as people read them: `250ms`, `2s`, `1.5s`, `90s` as `1m30s`. */
export function humanDuration(value: number): string {
  if (value < 1000) return `${round(value)}ms`;
  if (value < 60_000) return `${round(value / 1000)}s`;
  const units: readonly (readonly [string, number])[] = [
    ['d', DAY],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ];
  let rest = Math.round(value / 1000) * 1000;
  return units
    .map(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count > 0 ? `${count}${unit}` : '';
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
