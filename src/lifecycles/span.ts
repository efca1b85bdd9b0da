/** Sets of versions as half-open spans, so that statements of different precision can be held against each other. Pure; never throws. */
import semver from 'semver';
import { compareNumbers } from './numbers.ts';

/** From a version on, up to and without another; without end where that is absent. */
export interface Span {
  readonly from: string;
  readonly below?: string;
}

/** Every release that begins with a version: `20` is all of 20, `20.11.1` that one. */
export function releasesOf(version: string): Span {
  const parts = version.split('.');
  const last = parts.pop() ?? '';
  return { from: version, below: [...parts, increased(last)].join('.') };
}

/** What a range admits, written as npm does; undefined where it is not understood. */
export function spansOfRange(range: string): readonly Span[] | undefined {
  if (range.length > 200) return undefined;
  try {
    return new semver.Range(range, { loose: true }).set.flatMap((all) => spanOfAll(all) ?? []);
  } catch {
    return undefined;
  }
}

/** Whether some version is in both. */
export function meet(some: readonly Span[], others: readonly Span[]): boolean {
  return some.some((a) => others.some((b) => isBelow(a.from, b.below) && isBelow(b.from, a.below)));
}

function isBelow(version: string, limit: string | undefined): boolean {
  return limit === undefined || compareNumbers(version, limit) < 0;
}

/** What satisfies all comparators; undefined where nothing can. */
function spanOfAll(comparators: readonly semver.Comparator[]): Span | undefined {
  let from = '0';
  let below: string | undefined;
  for (const { operator, semver: version } of comparators) {
    // Of `*` the version is a symbol.
    if (!(version instanceof semver.SemVer)) continue;
    const text = `${version.major}.${version.minor}.${version.patch}`;
    const next = releasesOf(text).below ?? text;
    const [least, limit] =
      operator === '>='
        ? [text]
        : operator === '>'
          ? [next]
          : operator === '<'
            ? [undefined, text]
            : operator === '<='
              ? [undefined, next]
              : [text, next];
    if (least !== undefined && compareNumbers(least, from) > 0) from = least;
    if (limit !== undefined && (below === undefined || compareNumbers(limit, below) < 0)) below = limit;
  }
  if (below === undefined) return { from };
  return compareNumbers(from, below) < 0 ? { from, below } : undefined;
}

function increased(digits: string): string {
  return digits.length < 15 ? String(Number(digits) + 1) : `${digits}0`;
}
