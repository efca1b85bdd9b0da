/** Reads the number in one cell into one unit: percent, milliseconds, or a count. Refuses what could be read in two ways. Pure. */

import { table } from '../../table.ts';
import type { Dimension } from './columns.ts';

/** A number, nothing (`-`, `n/a`, blank), or why it is none that can be relied upon. */
export type CellReading = { readonly value: number } | { readonly blank: true } | { readonly trouble: string };

/** What is known of a cell's column. */
export interface CellContext {
  readonly dimension: Dimension;
  readonly unit?: string | undefined;
  readonly decimalComma: boolean;
}

const BLANK = /^(?:[-–—]|n\/?a|none|null|nil)?$/i;
const MILLISECONDS: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|msecs?|millis|milliseconds?)$/, 1],
  [/^(?:s|secs?|seconds?)$/, 1000],
  [/^(?:m|mins?|minutes?)$/, 60_000],
  [/^(?:h|hrs?|hours?)$/, 3_600_000],
  [/^(?:d|days?)$/, 86_400_000],
];
const PERCENT = /^(?:%|pct|percent|percentage)$/;
const SHARE = /^(?:ratio|fraction)$/;
const MULTIPLES: Readonly<Record<string, number>> = table({ '': 1, k: 1e3, m: 1e6, mio: 1e6, b: 1e9, bn: 1e9 });
/** Longest text that is taken for a number. */
const LONGEST = 40;

/** Reads a cell. */
export function numberIn(cell: string, context: CellContext): CellReading {
  const text = cell.trim().toLowerCase();
  if (BLANK.test(text)) return { blank: true };
  if (text.length > LONGEST) return { trouble: 'is no number' };
  if (context.dimension === 'time') return timeIn(text, context);
  const [, digits = '', unit = ''] = /^(-?[\d.,'’ \u00A0\u202F]*\d)\s*([a-z%/]*)$/.exec(text) ?? [];
  if (digits === '') return { trouble: 'is no number' };
  if (context.dimension === 'percent') return percentIn(digits, unit || (context.unit ?? '%'), context);
  const multiple = context.dimension === 'traffic' ? (MULTIPLES[unit] ?? rate(unit)) : MULTIPLES[unit];
  const value = wholeNumber(digits, context);
  if (multiple === undefined) return { trouble: `has the unit "${unit}", which is none of a count` };
  if (value === undefined) return { trouble: 'can be read as two numbers, or as none' };
  const counted = value * multiple;
  if (counted < 0) return { trouble: 'is below nothing' };
  if (context.dimension === 'count' && !Number.isInteger(counted)) return { trouble: 'is no whole number' };
  return { value: counted };
}

/** `12rps` in a column of traffic keeps its number; whether it is a count is for the column to say. */
function rate(unit: string): number | undefined {
  return /^(?:rps|rpm|req\/s|requests\/s|\/s)$/.test(unit) ? 1 : undefined;
}

function percentIn(digits: string, unit: string, { decimalComma }: CellContext): CellReading {
  const value = decimal(digits, decimalComma);
  if (value === undefined) return { trouble: 'can be read as two numbers, or as none' };
  const factor = PERCENT.test(unit) ? 1 : SHARE.test(unit) ? 100 : undefined;
  if (factor === undefined) return { trouble: `has the unit "${unit}", which is none of a share` };
  const percent = round(value * factor);
  return percent >= 0 && percent <= 100 ? { value: percent } : { trouble: 'is no percentage from 0 to 100' };
}

/** `42m`, `1h 20m`, `PT42M`, or a bare number in the column's unit. */
function timeIn(text: string, { unit, decimalComma }: CellContext): CellReading {
  const iso = /^pt(?=\d)((?:\d+[hms])+)$/.exec(text)?.[1];
  const parts = [...(iso ?? text).matchAll(/(-?\d[\d.,]*)\s*([a-z]*)\s*/g)];
  if (parts.length === 0 || parts.map(([it]) => it).join('') !== (iso ?? text)) return { trouble: 'is no time' };
  let total = 0;
  for (const [, digits = '', own = ''] of parts) {
    const written = own || (parts.length === 1 ? unit : undefined);
    const factor = MILLISECONDS.find(([pattern]) => pattern.test(written ?? ''))?.[1];
    const value = decimal(digits, decimalComma);
    if (written === undefined)
      return { trouble: 'has no unit: neither it nor the name of its column says ms, s, min or h' };
    if (factor === undefined) return { trouble: `has the unit "${written}", which is none of time` };
    if (value === undefined) return { trouble: 'can be read as two numbers, or as none' };
    if (value < 0) return { trouble: 'is below nothing' };
    total += value * factor;
  }
  return { value: round(total) };
}

/** One point or comma is a decimal one; where semicolons part the cells, `1.234` may be either. */
function decimal(digits: string, decimalComma: boolean): number | undefined {
  if (/^-?\d+$/.test(digits)) return Number(digits);
  if (/^-?\d+\.\d+$/.test(digits))
    return decimalComma && /^-?[1-9]\d{0,2}\.\d{3}$/.test(digits) ? undefined : Number(digits);
  if (/^-?\d+,\d+$/.test(digits)) return decimalComma ? Number(digits.replace(',', '.')) : undefined;
  return undefined;
}

/** A count may have its thousands set apart. */
function wholeNumber(digits: string, { dimension, decimalComma }: CellContext): number | undefined {
  if (/^-?\d{1,3}(?:[,'’ \u00A0\u202F]\d{3})+$/.test(digits)) return Number(digits.replace(/[^\d-]/g, ''));
  if (/^-?\d{1,3}(?:\.\d{3})+$/.test(digits) && (decimalComma || digits.split('.').length > 2))
    return Number(digits.replace(/\./g, ''));
  if (dimension === 'count' && /^-?\d{1,3}\.\d{3}$/.test(digits)) return undefined;
  return decimal(digits, decimalComma);
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
