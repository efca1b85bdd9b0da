/** Which advisories concern one version of a package. Pure; never throws. */
import type { VersionOrder } from '../versions/order.ts';
import type { Advisory, AdvisoryFlag } from './advisory.ts';
import { contains, type Interval, intervalOf, isComparable } from './interval.ts';

/** An advisory that concerns a version, or may. */
export interface Match {
  readonly advisory: Advisory;
  readonly verdict: 'affected' | 'uncertain';
  /** A clause for a person: which range it lies in, or why it cannot be told. */
  readonly why: string;
}

const NO_FLAWS: readonly AdvisoryFlag[] = ['unmaintained', 'unsound', 'notice'];

/** Whether an advisory is about a flaw or malice, rather than about how a package is kept. */
export function isVulnerability({ flags }: Advisory): boolean {
  return !flags.some((flag) => NO_FLAWS.includes(flag));
}

/** The advisories of one package that concern a version of it, in their order. */
export function matchesOf(order: VersionOrder, version: string, advisories: readonly Advisory[]): readonly Match[] {
  return advisories.flatMap((advisory) => {
    const match = matchOf(order, version, advisory);
    return match ? [{ advisory, ...match }] : [];
  });
}

function matchOf(order: VersionOrder, version: string, advisory: Advisory): Omit<Match, 'advisory'> | undefined {
  if (advisory.versions.includes(version)) return { verdict: 'affected', why: `${version} is listed as affected` };
  if (!isComparable(order, version)) return ofUnordered(version, advisory);
  const listed = advisory.versions.find((it) => isComparable(order, it) && order.compare(it, version) === 0);
  if (listed !== undefined) return { verdict: 'affected', why: `${version} is listed as affected, as ${listed}` };
  const range = rangeWith(order, version, advisory.ranges);
  if (range) return { verdict: 'affected', why: whyWithin(version, range) };
  if (!rangeWith(order, version, advisory.uncertain)) return undefined;
  return { verdict: 'uncertain', why: whyUncertain(advisory) };
}

/** What is no version cannot be compared, so only "every version" includes it for sure. */
function ofUnordered(version: string, { ranges, uncertain }: Advisory): Omit<Match, 'advisory'> | undefined {
  if (ranges.includes('*')) return { verdict: 'affected', why: 'every version is affected' };
  if (ranges.length === 0 && uncertain.length === 0) return undefined;
  return { verdict: 'uncertain', why: `"${version}" is no version that can be compared` };
}

function rangeWith(order: VersionOrder, version: string, ranges: readonly string[]): RangeText | undefined {
  for (const text of ranges) {
    const interval = intervalOf(text);
    if (interval && contains(order, interval, version)) return { text, interval };
  }
  return undefined;
}

interface RangeText {
  readonly text: string;
  readonly interval: Interval;
}

function whyWithin(version: string, { text, interval: { from, to } }: RangeText): string {
  if (from === undefined && to === undefined) return 'every version is affected';
  const ends = to?.kind === 'last' ? '; no fixed version was known when it was written' : '';
  return `${version} lies in ${text}${ends}`;
}

function whyUncertain({ custom }: Advisory): string {
  return custom === undefined
    ? 'what it says about affected versions cannot be compared with this one'
    : `its range ${custom.join(', ')} counts in the project's own numbering`;
}
