/** Numbers with units as people write them in a manifest: `400ms`, `300rps`, `0.1 %`. Refuses adjectives; converts nothing it does not know. */
import { milliseconds } from '../dates.ts';
import { table } from '../table.ts';

/** A number and the unit written after it; the unit is empty when there is none. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

const SECONDS: Readonly<Record<string, number>> = table({
  s: 1,
  sec: 1,
  second: 1,
  m: 60,
  min: 60,
  minute: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  d: 86_400,
  day: 86_400,
});
/** Words for what a load test sends; a rate of anything else cannot be compared with one. */
const REQUESTS = /^(r|q|t|c|req|reqs|request|requests|queries|transactions|calls|hits|)$/;

/** The number in a claim, or undefined where there is none: `fast` is no number, and neither is `1,000` in two readings. */
export function quantity(claim: number | string | undefined, unit = ''): Quantity | undefined {
  if (typeof claim === 'number') return Number.isFinite(claim) ? { value: claim, unit: unit.trim() } : undefined;
  const match = /^(?:[<>]=?|[≤≥])?\s*(\d+(?:_\d{3})*(?:\.\d+)?)\s*([\p{L}%/].*)?$/u.exec(claim?.trim() ?? '');
  if (!match) return undefined;
  return { value: Number(match[1]?.replaceAll('_', '')), unit: (match[2] ?? unit).trim() };
}

/** Milliseconds of a time; undefined when the unit is none of time. */
export function timeOf({ value, unit }: Quantity): number | undefined {
  const short = unit
    .toLowerCase()
    .replace(/^(milli|msec|millisecond)s?$/, 'ms')
    .replace(/^(sec|second)s?$/, 's')
    .replace(/^(min|minute)s?$/, 'm')
    .replace(/^(hr|hour)s?$/, 'h')
    .replace(/^days?$/, 'd');
  return milliseconds(`${value}${short}`);
}

/** A rate per second and what is counted; undefined when the unit is no rate. */
export function rateOf({
  value,
  unit,
}: Quantity): { readonly perSecond: number; readonly requests: boolean } | undefined {
  const match = /^(?:([a-z])p|([a-z -]*?)\s*(?:\/|per )\s*)(s|sec|second|m|min|minute|h|hr|hour|d|day)s?$/.exec(
    unit.toLowerCase(),
  );
  const seconds = SECONDS[match?.[3] ?? ''];
  if (!match || seconds === undefined) return undefined;
  return { perSecond: value / seconds, requests: REQUESTS.test(match[1] ?? match[2] ?? '') };
}

/** A percentage: with its sign, or a bare number. */
export function percentOf({ value, unit }: Quantity): number | undefined {
  return /^(%|percent|)$/i.test(unit) && value >= 0 && value <= 100 ? value : undefined;
}

/** The percentage in a claim; undefined where the claim is absent or something else. */
export function percentIn(claim: number | string | undefined, unit?: string): number | undefined {
  const found = quantity(claim, unit);
  return found && percentOf(found);
}

/** A quantity as it was written. */
export function written({ value, unit }: Quantity): string {
  return `${value}${/^[a-z]{0,3}$/i.test(unit) ? unit : ` ${unit}`}`;
}
