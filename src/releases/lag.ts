/** How far a locked version is behind the releases of its package. Pure: the day comes in. */
import { daysBetween } from '../dates.ts';
import type { Ecosystem, Step, VersionOrder } from '../versions/order.ts';
import type { Release } from './release.ts';

/** A newer release, and for how long one of its kind has been there to take. */
interface Newer {
  /** The newest of its kind. */
  readonly version: string;
  /** Days since the first of its kind was released; absent where the registry tells no days. */
  readonly days?: number;
}

/** What lies between a locked version and the newest release; empty where it is the newest. */
export interface Lag {
  readonly latest?: string;
  /** Within the same minor version, the same major version, and above it. */
  readonly patch?: Newer;
  readonly minor?: Newer;
  readonly major?: Newer;
  /** Major versions above the locked one. */
  readonly majors: number;
  /** Years between the release of the locked version and that of the newest; absent where a day is not known. */
  readonly libyears?: number;
}

/** By what a lag is told. */
export interface LagSetting {
  readonly ecosystem: Ecosystem;
  readonly order: VersionOrder;
  readonly stepBetween: (ecosystem: Ecosystem, from: string, to: string) => Step;
  readonly asOf: string;
  /** Days for which a release is left to others; younger ones do not count. */
  readonly cooldown: number;
}

const DAYS_PER_YEAR = 365.25;

/**
 * The lag of one version. Releases that were taken back or given up, prereleases (unless the locked version is one) and those within
 * the cooldown do not count: nobody is behind what nobody should take. Calendar versions have no majors, so a newer one is a minor.
 */
export function lagOf(locked: string, releases: readonly Release[], setting: LagSetting): Lag {
  const { order, ecosystem, stepBetween } = setting;
  const own = releases.find(({ version }) => order.compare(version, locked) === 0);
  const newer = releases.filter((it) => order.compare(it.version, locked) > 0 && isToTake(it, locked, setting));
  const latest = newest(newer, order);
  if (!latest) return { majors: 0 };
  const of = (...steps: readonly Step[]): readonly Release[] =>
    newer.filter(({ version }) => steps.includes(stepBetween(ecosystem, locked, version)));
  const [patch, minor, major] = [of('patch'), of('minor', 'other'), of('major')].map((it) => newerOf(it, setting));
  const libyears = yearsBetween(own?.published, latest.published);
  return {
    latest: latest.version,
    ...(patch && { patch }),
    ...(minor && { minor }),
    ...(major && { major }),
    majors: new Set(of('major').map(({ version }) => leadingNumber(version))).size,
    ...(libyears !== undefined && { libyears }),
  };
}

function isToTake({ version, published, yanked, deprecated }: Release, locked: string, setting: LagSetting): boolean {
  const { order, asOf, cooldown } = setting;
  if (yanked || deprecated !== undefined || !order.isVersion(version)) return false;
  if (order.isPrerelease(version) && !order.isPrerelease(locked)) return false;
  return published === undefined || daysBetween(published, asOf) >= cooldown;
}

function newest(releases: readonly Release[], order: VersionOrder): Release | undefined {
  return releases.reduce<Release | undefined>(
    (best, it) => (best === undefined || order.compare(it.version, best.version) > 0 ? it : best),
    undefined,
  );
}

function newerOf(releases: readonly Release[], { order, asOf }: LagSetting): Newer | undefined {
  const best = newest(releases, order);
  if (!best) return undefined;
  const [first] = releases.flatMap(({ published }) => published ?? []).sort();
  return { version: best.version, ...(first !== undefined && { days: daysBetween(first, asOf) }) };
}

function yearsBetween(from: string | undefined, to: string | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  return Math.max(0, daysBetween(from, to)) / DAYS_PER_YEAR;
}

/** For Cargo and npm the minor version of 0.x stands for the major one. */
function leadingNumber(version: string): string {
  const [, major = '', minor = ''] = /^v?(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return major === '0' ? `0.${minor}` : major;
}
