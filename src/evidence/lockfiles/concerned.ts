/** Locked packages as advisories and registries are asked about them: each version once, wherever the service locks it. */
import type { Place } from '../../model.ts';
import type { Ecosystem } from '../../versions/order.ts';
import type { Concerned } from '../advisories/match.ts';
import type { Sources } from '../collector.ts';
import { globFits } from '../glob.ts';
import { list } from '../plain-value.ts';
import type { Reference } from '../reference.ts';
import { graver } from './gravity.ts';
import type { LockedPackage, Requirement } from './locked.ts';

/** What of a lockfile is needed here. */
interface Lock {
  readonly path: string;
  readonly ecosystem: Ecosystem;
  readonly packages: readonly LockedPackage[];
}

/** One locked version with what leads to it. */
export interface LockedVersion {
  readonly concerned: Concerned;
  readonly requiredBy: readonly Requirement[];
  /** Hosts that the lockfiles name for it. */
  readonly hosts: readonly string[];
  readonly deprecated?: string;
  readonly licences: readonly string[];
}

/** Places kept for one version. */
const SHOWN_PLACES = 5;

const merging = new WeakMap<readonly Lock[], readonly LockedVersion[]>();

/** Each version of each package from a registry, in the order of the lockfiles; merged once, however many ask about the same ones. */
export function lockedVersions(locks: readonly Lock[]): readonly LockedVersion[] {
  const made = merging.get(locks) ?? mergedVersions(locks);
  merging.set(locks, made);
  return made;
}

function mergedVersions(locks: readonly Lock[]): readonly LockedVersion[] {
  const found = new Map<string, LockedVersion>();
  for (const { path, ecosystem, packages } of locks)
    for (const it of packages) {
      if (it.version === undefined || it.source !== 'registry') continue;
      const key = `${ecosystem}\0${it.name}\0${it.version}`;
      const place = { path, line: it.line };
      const known = found.get(key);
      const made = known ? merged(known, it, place) : first(ecosystem, it.version, it, place);
      found.set(key, made);
    }
  return [...found.values()];
}

function first(ecosystem: Ecosystem, version: string, it: LockedPackage, place: Place): LockedVersion {
  return {
    concerned: {
      ecosystem,
      name: it.name,
      version,
      scope: it.scope,
      direct: it.direct,
      bundled: it.bundled ?? false,
      at: [place],
    },
    requiredBy: it.requiredBy,
    hosts: it.registry === undefined ? [] : [it.registry],
    ...(it.deprecated !== undefined && { deprecated: it.deprecated }),
    licences: it.licence === undefined ? [] : [it.licence],
  };
}

/** Production wherever it is that in one place; direct wherever a manifest names it. */
function merged(known: LockedVersion, it: LockedPackage, place: Place): LockedVersion {
  const { concerned } = known;
  const deprecated = known.deprecated ?? it.deprecated;
  return {
    concerned: {
      ...concerned,
      scope: graver(concerned.scope, it.scope),
      direct: concerned.direct === true || it.direct === true ? true : (concerned.direct ?? it.direct),
      bundled: concerned.bundled && (it.bundled ?? false),
      at: [...concerned.at, place].slice(0, SHOWN_PLACES),
    },
    requiredBy: [...known.requiredBy, ...it.requiredBy],
    hosts: it.registry === undefined ? known.hosts : [...new Set([...known.hosts, it.registry])],
    ...(deprecated !== undefined && { deprecated }),
    licences: it.licence === undefined ? known.licences : [...new Set([...known.licences, it.licence])],
  };
}

/**
 * Why a package's name is not sent to a server; undefined where it may be: neither the organisation's policy nor the manifest calls it
 * private, and every host that a lockfile names for it is one that the operator calls public. Names of internal packages invite others
 * to publish under them.
 */
export function whyUnnamed(
  { concerned, hosts }: LockedVersion,
  { manifest, reference }: Pick<Sources, 'manifest' | 'reference'>,
  publicHosts: readonly string[],
): string | undefined {
  const own = list(manifest.claims.packages?.private).flatMap((it) => (typeof it === 'string' ? [it] : []));
  if (fitsAny(own, concerned.name) || isOwn(concerned, reference)) return 'private';
  const unknown = hosts.find((host) => !publicHosts.includes(host));
  return unknown === undefined ? undefined : `from ${unknown}, which --public-host does not name`;
}

/** Whether a package is one of the organisation's own, as its operator says: nobody else publishes it, or advisories on it. */
export function isOwn(
  { ecosystem, name }: Pick<Concerned, 'ecosystem' | 'name'>,
  { privatePackages }: Reference,
): boolean {
  return fitsAny(privatePackages?.[ecosystem] ?? [], name);
}

function fitsAny(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => pattern === name || globFits(pattern, name));
}

/** Whether it may be. */
export function mayBeNamed(...given: Parameters<typeof whyUnnamed>): boolean {
  return whyUnnamed(...given) === undefined;
}
