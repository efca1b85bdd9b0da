/** A stretch of versions and its text, e.g. `>=2.0.0 <2.1.4`. Pure; the order of versions is handed in. */
import type { VersionOrder } from '../versions/order.ts';
import { orderOf } from '../versions/orders.ts';

/** How a stretch ends: before a fix, with the last version known to be affected, or where its record stops speaking. */
type EndKind = 'fixed' | 'last' | 'limit';

/** Versions from `from` on (absent: from the first), up to `to` (absent: without end). */
export interface Interval {
  readonly from?: string;
  readonly to?: { readonly kind: EndKind; readonly version: string };
  /** Counted in SemVer's order though the ecosystem has another. */
  readonly semver?: boolean;
}

const SIGNS: Readonly<Record<EndKind, string>> = { fixed: '<', last: '<=', limit: 'until ' };
const SHAPE = /^(semver )?(?:\*|>=(\S+)|(?:>=(\S+) )?(<=?|until )(\S+))$/;

/** `*`, `>=1.0.0`, `<1.2.3`, `<=3.1.0`, `until 2.0.0` or a start and an end; with `semver ` before it where that order is meant. */
export function intervalText({ from, to, semver }: Interval): string {
  const parts = [
    ...(from === undefined ? [] : [`>=${escaped(from)}`]),
    ...(to === undefined ? [] : [`${SIGNS[to.kind]}${escaped(to.version)}`]),
  ];
  return parts.length === 0 ? '*' : `${semver ? 'semver ' : ''}${parts.join(' ')}`;
}

/** The interval that a text says; undefined where it says none. */
export function intervalOf(text: string): Interval | undefined {
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const [, semver, alone, start, sign, version] = match;
  const from = alone ?? start;
  const kind = sign === '<' ? 'fixed' : sign === '<=' ? 'last' : 'limit';
  return {
    ...(semver === undefined ? {} : { semver: true }),
    ...(from === undefined ? {} : { from: unescaped(from) }),
    ...(version === undefined ? {} : { to: { kind, version: unescaped(version) } }),
  };
}

/** Whether a text says an interval. */
export function isInterval(text: string): boolean {
  return SHAPE.test(text);
}

/** Whether a version lies in it. */
export function contains(own: VersionOrder, { from, to, semver }: Interval, version: string): boolean {
  const order = orderWithin(own, semver);
  if (from !== undefined && order.compare(version, from) < 0) return false;
  if (to === undefined) return true;
  const beyond = order.compare(version, to.version);
  return to.kind === 'last' ? beyond <= 0 : beyond < 0;
}

/** Whether what comes right after a version, whatever it is called, lies in it. */
export function containsNext(own: VersionOrder, { from, to, semver }: Interval, version: string): boolean {
  const order = orderWithin(own, semver);
  if (from !== undefined && order.compare(version, from) < 0) return false;
  return to === undefined || order.compare(version, to.version) < 0;
}

/** What no order can read, and what is after all else of that kind. */
const UNREADABLE = '\uffff\uffff';

/**
 * Whether a version can be compared: the ecosystem's tools take it for one, or its order at least reads it, as it does `1.2` where three
 * parts are asked for. Orders put what they cannot read below every version, which says nothing about it; and names of branches nowhere.
 */
export function isComparable(order: VersionOrder, version: string): boolean {
  return order.isVersion(version) || (/^v?\d/.test(version) && order.compare(version, UNREADABLE) > 0);
}

/** Listed versions that no interval covers, and those that cannot be compared, once each. */
export function uncoveredVersions(
  order: VersionOrder,
  intervals: readonly Interval[],
  versions: readonly string[],
): readonly string[] {
  const isCovered = (version: string): boolean =>
    versions.length * intervals.length <= MOST_HELD &&
    isComparable(order, version) &&
    intervals.some((interval) => contains(order, interval, version));
  return [...new Set(versions)].filter((version) => !isCovered(version)).sort();
}

/** The same versions in as few intervals as are there: those within another are left out. Sorted, whatever the order they came in. */
export function simplified(order: VersionOrder, intervals: readonly Interval[]): readonly Interval[] {
  const byText = new Map(intervals.map((interval) => [intervalText(interval), interval]));
  const sorted = [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, interval]) => interval);
  const kept = sorted.length > MOST_COMPARED ? sorted : uncovered(order, sorted);
  return [...kept].sort((a, b) => compareStarts(order, a, b));
}

/** Above so many intervals, and so many versions times intervals, comparing each with each is left out: only what is kept is longer then. */
const MOST_COMPARED = 1000;
const MOST_HELD = 2_000_000;

function uncovered(order: VersionOrder, intervals: readonly Interval[]): readonly Interval[] {
  let kept: readonly Interval[] = [];
  for (const interval of intervals) {
    if (kept.some((other) => covers(order, other, interval))) continue;
    kept = [...kept.filter((other) => !covers(order, interval, other)), interval];
  }
  return kept;
}

function covers(own: VersionOrder, outer: Interval, inner: Interval): boolean {
  if (outer.semver !== inner.semver) return outer.from === undefined && outer.to === undefined;
  const order = orderWithin(own, outer.semver);
  if (outer.from !== undefined && (inner.from === undefined || order.compare(inner.from, outer.from) < 0)) return false;
  if (outer.to === undefined) return true;
  if (inner.to === undefined) return false;
  const ends = order.compare(inner.to.version, outer.to.version);
  return inner.to.kind === 'last' && outer.to.kind !== 'last' ? ends < 0 : ends <= 0;
}

/** The ecosystem's own order, or SemVer's for the interval that says so. */
export function orderWithin(own: VersionOrder, semver: boolean | undefined): VersionOrder {
  return semver ? orderOf('npm') : own;
}

function compareStarts(order: VersionOrder, a: Interval, b: Interval): number {
  if (a.from !== undefined && b.from !== undefined && a.semver === b.semver) {
    const byStart = order.compare(a.from, b.from);
    if (byStart !== 0) return byStart;
  } else if ((a.from === undefined) !== (b.from === undefined)) return a.from === undefined ? -1 : 1;
  return intervalText(a) < intervalText(b) ? -1 : 1;
}

/** Spaces and controls would end the version, and a leading `=` would change the sign before it. */
function escaped(version: string): string {
  return version.replace(/^=|[%\s\p{Cc}]/gu, encodeURIComponent);
}

function unescaped(version: string): string {
  if (!version.includes('%')) return version;
  try {
    return decodeURIComponent(version);
  } catch {
    return version;
  }
}
