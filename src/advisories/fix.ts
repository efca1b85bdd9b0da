/** The least upgrade that no advisory affects, and whether those who ask for the package admit it. Pure; never throws. */
import type { Release } from '../releases/release.ts';
import type { VersionOrder } from '../versions/order.ts';
import type { Advisory } from './advisory.ts';
import { contains, containsNext, type Interval, intervalOf, isComparable } from './interval.ts';
import { isVulnerability, matchesOf } from './match.ts';

/** Where to go from a version. */
export type Upgrade =
  /** This version is not affected. `published`: a registry lists it, so it is there and the least one; otherwise an advisory names it. */
  | { readonly kind: 'version'; readonly version: string; readonly published: boolean }
  /** Any later release is not affected as far as is known; which one exists is not known offline. */
  | { readonly kind: 'after'; readonly version: string }
  | { readonly kind: 'none' };

/** Who asks for a package, and for what; an empty name is the project itself. */
interface Asker {
  readonly name: string;
  readonly range: string;
}

/** Whether an upgrade can be had without changing what anybody asks for. */
export interface Admission {
  /** Undefined where it cannot be told. */
  readonly inRange: boolean | undefined;
  /** Those whose requirement shuts it out. */
  readonly blockedBy: readonly Asker[];
}

/**
 * The least version above the locked one that none of the package's advisories affects, whatever their severity; no prerelease unless
 * the locked one is. Candidates are all fixed versions, and what the registry lists, where `releases` are known.
 */
export function leastUpgrade(
  order: VersionOrder,
  locked: string,
  advisories: readonly Advisory[],
  releases?: readonly Release[],
): Upgrade {
  const flaws = flawsOf(order, advisories);
  const usable = (version: string): boolean =>
    isComparable(order, version) &&
    order.compare(version, locked) > 0 &&
    (order.isPrerelease(locked) || !order.isPrerelease(version)) &&
    !isAffected(order, flaws, version);
  const known = releases ?? [];
  const released = least(order, known.filter(isOffered).map(versionOf), usable);
  if (released !== undefined) return { kind: 'version', version: released, published: true };
  const taken = new Set(known.filter((release) => !isOffered(release)).map(versionOf));
  const ends = flaws.intervals.flatMap(({ to }) => (to === undefined || to.kind === 'limit' ? [] : [to]));
  const named = ends.filter(({ kind }) => kind === 'fixed').map(versionOf);
  const fixed = least(
    order,
    named.filter((version) => !taken.has(version)),
    usable,
  );
  if (fixed !== undefined) return { kind: 'version', version: spelledLike(locked, fixed), published: false };
  const after = least(order, ends.map(versionOf), (version) => isClearAfter(order, locked, version, flaws));
  return after === undefined ? { kind: 'none' } : { kind: 'after', version: spelledLike(locked, after) };
}

/**
 * Where to go from a version for the sake of each of its advisories: to what ends all of them, or, where some that concern it have no
 * fix at all, to what ends the others. So a flaw that cannot be mended hides none that can; and nobody is led into another flaw.
 */
export function upgradesFrom(
  order: VersionOrder,
  locked: string,
  advisories: readonly Advisory[],
  releases?: readonly Release[],
): (advisory: Advisory) => Upgrade {
  const forAll = leastUpgrade(order, locked, advisories, releases);
  if (forAll.kind !== 'none') return () => forAll;
  const endless = new Set(
    matchesOf(order, locked, advisories)
      .map(({ advisory }) => advisory)
      .filter((advisory) => leastUpgrade(order, locked, [advisory], releases).kind === 'none'),
  );
  const rest = advisories.filter((advisory) => !endless.has(advisory));
  const forRest = leastUpgrade(order, locked, rest, releases);
  return (advisory) => (endless.has(advisory) ? forAll : forRest);
}

/** All that is affected by any flaw: some packages have hundreds, whose ranges are much alike. */
interface Flaws {
  readonly intervals: readonly Interval[];
  readonly versions: ReadonlySet<string>;
}

function flawsOf(order: VersionOrder, advisories: readonly Advisory[]): Flaws {
  const flaws = advisories.filter(isVulnerability);
  const ranges = new Set(flaws.flatMap((advisory) => advisory.ranges));
  return {
    intervals: [...ranges].flatMap((range) => intervalOf(range) ?? []),
    versions: new Set(flaws.flatMap(({ versions }) => versions).filter((version) => isComparable(order, version))),
  };
}

function isAffected(order: VersionOrder, { intervals, versions }: Flaws, version: string): boolean {
  return (
    versions.has(version) ||
    intervals.some((interval) => contains(order, interval, version)) ||
    [...versions].some((listed) => order.compare(listed, version) === 0)
  );
}

function versionOf({ version }: { readonly version: string }): string {
  return version;
}

/** Advisories leave out the `v` that some ecosystems write. */
function spelledLike(locked: string, version: string): string {
  return /^v\d/.test(locked) && /^\d/.test(version) ? `v${version}` : version;
}

/** Whether everybody who asks for the package admits a version of it. Who asks for it is known from the lockfile, if at all. */
export function admissionOf(order: VersionOrder, version: string, requiredBy: readonly Asker[]): Admission {
  const answers = requiredBy.map((asker) => ({ asker, admits: order.satisfies(version, asker.range) }));
  const blockedBy = answers.filter(({ admits }) => admits === false).map(({ asker }) => asker);
  if (blockedBy.length > 0) return { inRange: false, blockedBy };
  const told = answers.length > 0 && answers.every(({ admits }) => admits === true);
  return { inRange: told ? true : undefined, blockedBy };
}

function least(
  order: VersionOrder,
  versions: readonly string[],
  usable: (version: string) => boolean,
): string | undefined {
  return [...new Set(versions)].sort((a, b) => order.compare(a, b) || (a < b ? -1 : 1)).find(usable);
}

function isOffered({ yanked, deprecated }: Release): boolean {
  return yanked !== true && deprecated === undefined;
}

/** A version that follows has no name yet, so no list of versions can hold it; a record that only stops speaking says nothing of it. */
function isClearAfter(order: VersionOrder, locked: string, version: string, { intervals }: Flaws): boolean {
  return order.compare(version, locked) >= 0 && !intervals.some((interval) => containsNext(order, interval, version));
}
