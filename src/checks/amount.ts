/** Amounts of anything that can run out, brought to one measure so that they can be compared: bytes, times, rates, percentages, or what is counted. Pure. */
import { percentOf, type Quantity, quantity, rateOf, timeOf } from './quantity.ts';

/** A number in the measure that `of` names; two amounts compare only where that is the same. */
export interface Amount {
  readonly value: number;
  readonly of: string;
}

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P'];

/** The amount in a claim, a bare number taking `unit`; undefined where there is no number. */
export function amountOf(claim: number | string | undefined, unit = ''): Amount | undefined {
  const found = quantity(claim, unit);
  if (!found) return undefined;
  const rate = rateOf(found);
  if (rate?.requests) return { value: rate.perSecond, of: 'requests a second' };
  return bytesOf(found) ?? timed(found) ?? shared(found) ?? { value: found.value, of: singular(found.unit) };
}

/** Two claims as amounts of one measure; undefined where one is no number or they count different things. */
export function compared(
  one: number | string | undefined,
  other: number | string | undefined,
  unit = '',
): readonly [Amount, Amount] | undefined {
  const [a, b] = [amountOf(one, unit), amountOf(other, unit)];
  return a && b && a.of === b.of ? [a, b] : undefined;
}

/** The unit a claim is written in. */
export function unitOf(claim: number | string | undefined, unit = ''): string {
  return quantity(claim, unit)?.unit ?? unit;
}

/** Share of a limit that is left, in percent; below 0 where more is used than there is. Undefined for a limit of nothing. */
export function percentLeft(used: number, limit: number): number | undefined {
  return limit > 0 ? (1 - used / limit) * 100 : undefined;
}

/** `GB`, `GiB` and Kubernetes' `Gi`. */
function bytesOf({ value, unit }: Quantity): Amount | undefined {
  const [, prefix = '', binary = '', suffix = ''] = /^([kmgtp]?)(i?)(b|bytes?)?$/i.exec(unit) ?? [];
  if (suffix === '' && binary === '') return undefined;
  const index = DECIMAL.findIndex((it) => it.toLowerCase() === prefix.toLowerCase());
  if (index < 0 || (binary !== '' && BINARY[index] === '')) return undefined;
  return { value: value * (binary === '' ? 1000 : 1024) ** index, of: 'bytes' };
}

function timed(found: Quantity): Amount | undefined {
  const value = timeOf(found);
  return value === undefined ? undefined : { value, of: 'milliseconds' };
}

function shared(found: Quantity): Amount | undefined {
  const value = found.unit === '' ? undefined : percentOf(found);
  return value === undefined ? undefined : { value, of: '%' };
}

/** `connections` and `connection` are one. */
function singular(unit: string): string {
  return unit.toLowerCase().replace(/(?<=[a-z]{2})s$/, '');
}
