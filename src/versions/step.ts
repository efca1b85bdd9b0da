/** How far one version is above another, by the first number that differs. */
import { compareDigits } from './digits.ts';
import type { Ecosystem, Step } from './order.ts';

/** An epoch, if any, and the numbers of the release. */
const NUMBERS = /^\s*[v=]*\s*(?:([0-9]+)[!:])?([0-9]+(?:\.[0-9]+)*)/i;
/** A first number from here on is a year. */
const FIRST_YEAR = '1990';
/** Where everything below 1.0.0 may break: a minor step there is a major one, and below 0.1.0 so is a patch. */
const UNSTABLE_ZERO: readonly Ecosystem[] = ['npm', 'crates.io'];

/**
 * `patch` too where only what follows the numbers differs: a prerelease, or a fourth number. `other` where the versions are dates, or of
 * different epochs, or have no numbers but zeros, as Go's pseudo-versions of what was never released.
 */
export function stepBetween(ecosystem: Ecosystem, from: string, to: string): Step {
  const [, epoch = '0', before] = NUMBERS.exec(from) ?? [];
  const [, laterEpoch = '0', after] = NUMBERS.exec(to) ?? [];
  if (before === undefined || after === undefined || compareDigits(epoch, laterEpoch) !== 0) return 'other';
  const [left, right] = [before.split('.'), after.split('.')];
  if (isYear(left) || isYear(right)) return 'other';
  const first = firstDifference(left, right);
  if (first === undefined) return left.every(isZero) ? 'other' : 'patch';
  if (UNSTABLE_ZERO.includes(ecosystem) && left.slice(0, Math.min(first, 2)).every(isZero)) return 'major';
  return first === 0 ? 'major' : first === 1 ? 'minor' : 'patch';
}

function firstDifference(a: readonly string[], b: readonly string[]): number | undefined {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (compareDigits(a[i] ?? '0', b[i] ?? '0') !== 0) return i;
  }
  return undefined;
}

function isYear([first = '0']: readonly string[]): boolean {
  return compareDigits(first, FIRST_YEAR) >= 0;
}

function isZero(part: string): boolean {
  return /^0+$/.test(part);
}
