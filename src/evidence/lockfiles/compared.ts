/** Holds what manifests ask for against what a lockfile fixes: names always, versions where both sides tell one. */
import type { Place } from '../../model.ts';
import type { Ecosystem } from '../../versions/order.ts';
import type { Agreement, Disagreement, LockedPackage } from './locked.ts';
import { meets } from './meets.ts';

/** One thing that a manifest asks for. */
export interface Asked {
  /** Spelled as the registry compares names. */
  readonly name: string;
  /** As written; absent where it is not literal or any version does. */
  readonly range?: string | undefined;
  /** Ranges of which one has to hold, where the ecosystem's order does not read `range` itself. */
  readonly alternatives?: readonly string[];
  /** Asked for only under a condition, so that a lockfile may lack it. */
  readonly isConditional?: boolean;
  /** Taken from a folder, an address or a commit, or overridden: only its name is compared. */
  readonly isElsewhere?: boolean;
  readonly at: Place;
}

/** What becomes of one: versions are locked of which none does; `absent` and `untold` speak for themselves. */
type Verdict = 'agrees' | 'absent' | 'untold' | { readonly locked: readonly string[] };

/** Versions of one name that are compared; with more nothing can be told. */
const MOST_VERSIONS = 50;

/** Compares with packages of one ecosystem. */
export function comparer(ecosystem: Ecosystem, packages: readonly LockedPackage[]): (asked: Asked) => Verdict {
  const locked = lockedVersions(packages);
  return ({ name, range, alternatives, isConditional = false, isElsewhere = false }) => {
    const its = locked.get(name);
    if (its === undefined) return isConditional ? 'untold' : 'absent';
    if (isElsewhere || its.isOpen || range === undefined) return 'agrees';
    const versions = [...its.versions];
    const answers = versions.flatMap((version) =>
      (alternatives ?? [range]).map((one) => meets(ecosystem, version, one)),
    );
    // One that does is enough: the same name may be locked in several versions.
    if (answers.includes(true)) return 'agrees';
    const isUnsure = its.isVersionless || answers.includes(undefined) || versions.length > MOST_VERSIONS;
    return isConditional || isUnsure ? 'untold' : { locked: versions };
  };
}

/** Versions of one name. */
interface LockedVersions {
  readonly versions: Set<string>;
  /** Also locked to a commit, a folder or an address, which has no version to compare. */
  isOpen: boolean;
  /** Also from a registry, in a version that is not told. */
  isVersionless: boolean;
}

function lockedVersions(packages: readonly LockedPackage[]): ReadonlyMap<string, LockedVersions> {
  const found = new Map<string, LockedVersions>();
  for (const { name, version, source } of packages) {
    const its = found.get(name) ?? { versions: new Set(), isOpen: false, isVersionless: false };
    if (version !== undefined && its.versions.size <= MOST_VERSIONS) its.versions.add(version);
    if (version === undefined && source === 'registry') its.isVersionless = true;
    if (version === undefined && source !== 'registry') its.isOpen = true;
    found.set(name, its);
  }
  return found;
}

/** All that is asked for. `untold` are clauses of the caller's own. */
export function compared(
  ecosystem: Ecosystem,
  asked: readonly Asked[],
  packages: readonly LockedPackage[],
  untold: readonly string[],
): Agreement {
  const verdictOf = comparer(ecosystem, packages);
  const disagreements: Disagreement[] = [];
  const unsure: string[] = [];
  for (const it of asked) {
    const { name, range, at } = it;
    const verdict = verdictOf(it);
    if (verdict === 'untold') unsure.push(name);
    else if (verdict === 'absent') disagreements.push({ name, say: 'is asked for and not locked', at });
    else if (verdict !== 'agrees')
      disagreements.push({ name, say: `asks for ${range}, and ${verdict.locked.join(' and ')} is locked`, at });
  }
  const said = unsure.length > 0 ? [`whether the locked version meets what is asked of ${listed(unsure)}`] : [];
  return { disagreements, compared: asked.length, untold: [...untold, ...said] };
}

/** How many names a clause lists. */
const LISTED = 5;

/** Names for a person: the first few and how many more. */
export function listed(names: readonly string[]): string {
  const more = names.length - LISTED;
  return more > 0 ? `${names.slice(0, LISTED).join(', ')} and ${more} more` : names.join(', ');
}
