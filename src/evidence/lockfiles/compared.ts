/** Holds what manifests ask for against what a lockfile fixes: names always, versions where both sides tell one. */
import type { Place } from '../../model.ts';
import type { Ecosystem } from '../../versions/order.ts';
import type { Agreement, Disagreement, LockedPackage } from './locked.ts';
import { meets } from './meets.ts';

/** One thing that a manifest asks for; without a range where it is not literal or asks for any. */
export interface Asked {
  readonly name: string;
  readonly range?: string;
  readonly at: Place;
}

/** How many names a clause lists. */
const LISTED = 5;

/** `untold` are clauses of the caller's own. */
export function compared(
  ecosystem: Ecosystem,
  asked: readonly Asked[],
  packages: readonly LockedPackage[],
  untold: readonly string[],
): Agreement {
  const locked = new Map<string, LockedPackage[]>();
  for (const it of packages) {
    const same = locked.get(it.name);
    if (same) same.push(it);
    else locked.set(it.name, [it]);
  }
  const disagreements: Disagreement[] = [];
  const unsure: string[] = [];
  for (const { name, range, at } of asked) {
    const found = locked.get(name);
    if (!found) disagreements.push({ name, say: 'is asked for and not locked', at });
    else if (range !== undefined) {
      const answer = anyMeets(ecosystem, found, range);
      if (answer === false)
        disagreements.push({ name, say: `asks for ${range}, and ${versions(found)} is locked`, at });
      if (answer === undefined) unsure.push(name);
    }
  }
  const said = unsure.length > 0 ? [`whether the locked version meets what is asked of ${listed(unsure)}`] : [];
  return { disagreements, compared: asked.length, untold: [...untold, ...said] };
}

/** One that does is enough: the same name may be locked in several versions. What is not from a registry has no version to compare. */
function anyMeets(ecosystem: Ecosystem, found: readonly LockedPackage[], range: string): boolean | undefined {
  const answers = found.map(({ source, version }) =>
    version === undefined ? source !== 'registry' || undefined : meets(ecosystem, version, range),
  );
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

function versions(found: readonly LockedPackage[]): string {
  return found.flatMap(({ version }) => version ?? []).join(' and ');
}

/** Names for a person: the first few and how many more. */
export function listed(names: readonly string[]): string {
  const more = names.length - LISTED;
  return more > 0 ? `${names.slice(0, LISTED).join(', ')} and ${more} more` : names.join(', ');
}
