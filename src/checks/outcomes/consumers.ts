/** Who depends on a service by its own list, and by theirs. Pure. */
import { type Facts, folded } from '../../evidence/declared-callers.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place, Problem } from '../../model.ts';
import { says } from '../placeholders.ts';

/** Another service that says that it depends on this one. */
export interface Caller {
  readonly name: string;
  /** Where it says so. */
  readonly at: Place;
}

/** Those among the services at hand that name a service as a dependency. */
export function callersOf({ services }: Facts, wanted: string): readonly Caller[] {
  return services.flatMap(({ name, dependsOn }) => {
    const found = dependsOn.find((it) => folded(it.name) === folded(wanted));
    return found ? [{ name, at: found.at }] : [];
  });
}

/** A consumer of the manifest. */
export interface Consumer {
  readonly id: string;
  readonly at: Place;
  /** Somebody is named for it. */
  readonly reachable: boolean;
  /** What its own description says about this service; undefined where that is not at hand, or lists no dependency at all. */
  readonly says: 'yes' | 'no' | undefined;
  /** Its own description. */
  readonly own?: Place;
  /** Whether a name is its. */
  names(name: string): boolean;
}

/** The manifest's consumers with what they say themselves. */
export function consumersOf(
  { consumers = [] }: Claims,
  facts: Facts,
  wanted: string,
  at: (pointer: string) => Place,
): readonly Consumer[] {
  const callers = callersOf(facts, wanted);
  return consumers.map(({ id, owner, contact }, index) => {
    const claimed = facts.claimed.filter(({ consumer }) => consumer === id).flatMap(({ service }) => service ?? []);
    const known = new Set([id, ...claimed].map(folded));
    const names = (name: string): boolean => known.has(folded(name));
    const own = facts.services.find(({ name, dependsOn }) => names(name) && dependsOn.length > 0);
    const calls = callers.some(({ name }) => names(name));
    return {
      id,
      at: at(`/consumers/${index}`),
      reachable: says(owner) || says(contact),
      says: calls ? 'yes' : own ? 'no' : undefined,
      ...(own && { own: own.at }),
      names,
    };
  });
}

/** A caller that the list leaves out. */
export function missedProblem({ name, at }: Caller, service: string): Problem {
  const message = `${name} depends on ${service} and is not among the consumers`;
  return { message, at, fix: 'Add it to `consumers` with its owner and contact.', subject: name };
}

/** A consumer whose own list leaves this service out. */
export function silentProblem({ id, at, own }: Consumer, service: string): Problem {
  const where = own?.root ? `repo:${own.root}//${own.path}` : own?.path;
  const fix = `Let its team add ${service} to its dependencies, or take it off the list.`;
  return { message: `${id} does not name ${service} among its dependencies in ${where}`, at, fix, subject: id };
}

/** A consumer behind which nobody stands. */
export function namelessProblem({ id, at }: Consumer): Problem {
  return { message: `${id} has neither an owner nor a contact`, at, fix: 'Add `owner:` or `contact:`.', subject: id };
}
