/** The lines of a text on which a figure stands, with the days that they name. Pure; converts nothing. */

import { table } from '../../table.ts';
import { daysIn } from './day.ts';

/** A line that shows a figure. */
export interface FigureLine {
  /** From 1. */
  readonly line: number;
  /** At most 200 characters. */
  readonly text: string;
  /** Days on the same line, as YYYY-MM-DD. */
  readonly days: readonly string[];
}

/** Lines kept: the last ones, because such records grow downwards. */
const KEPT = 20;
/** In UTF-16 units. */
const LONGEST_LINE = 2000;

/** Lines with a number, or with a duration such as `3h`, as a figure of its own. */
export function linesWith(text: string, figure: number | string): readonly FigureLine[] {
  const pattern = patternOf(figure);
  return text
    .split('\n')
    .flatMap((written, index) => {
      const line = written.slice(0, LONGEST_LINE);
      return pattern.test(line) ? [{ line: index + 1, text: line.trim().slice(0, 200), days: daysIn(line) }] : [];
    })
    .slice(-KEPT);
}

const UNITS: Readonly<Record<string, string>> = table({
  ms: 'ms|milliseconds?',
  s: 's|secs?|seconds?',
  m: 'm|mins?|minutes?',
  h: 'h|hrs?|hours?',
  d: 'd|days?',
  w: 'w|weeks?',
});

/** `93.1` stands in `93.10 %` and not in `193.1`, `93.12` or a date; `3h` in `3 hours` and not in `3 high`. */
function patternOf(figure: number | string): RegExp {
  const [, digits = '', unit = ''] = /^(-?\d+(?:\.\d+)?)([a-z]*)$/i.exec(String(figure)) ?? [];
  if (digits === '' || (unit !== '' && UNITS[unit] === undefined)) return /(?!)/;
  const [whole = '', rest = ''] = digits.split('.');
  const decimals = rest === '' ? '(?:\\.0+)?' : `\\.${rest}0*`;
  const after = unit === '' ? '(?![\\d:-]|\\.\\d)' : `\\s?(?:${UNITS[unit]})(?![\\p{L}\\d])`;
  return new RegExp(`(?<![\\w.:-])${whole}${decimals}${after}`, 'u');
}
