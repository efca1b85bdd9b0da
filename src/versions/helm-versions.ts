/** Versions of charts, as Helm's SemVer library reads them: one to three parts, leading zeros let pass. */
import { atMost, compareDigits } from './digits.ts';
import { isPlainIdentifier, parseSemver, type Semver } from './semver.ts';

const LARGEST_PART = '18446744073709551615';
const VERSION =
  /^v?[0-9]+(?:\.[0-9]+){0,2}(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

export function parseHelm(text: string): Semver | undefined {
  const version = VERSION.test(text) ? parseSemver(text) : undefined;
  const sound = version?.parts.every((part) => atMost(part, LARGEST_PART)) && version.pre.every(isPlainIdentifier);
  return sound ? version : undefined;
}

/** Order of two versions by their first parts alone. */
export function compareFirst(a: Semver, b: Semver, count: number): number {
  for (let i = 0; i < count; i++) {
    const order = compareDigits(a.parts[i] ?? '0', b.parts[i] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}
