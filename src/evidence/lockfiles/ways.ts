/** Who asks for a package and by which ways it is reached: gathered while a lockfile is read. */
import type { LockedPackage, Requirement } from './locked.ts';
import { rangeOf, UNREADABLE } from './words.ts';

type Scope = LockedPackage['scope'];

/** Requirements by the name they ask for. */
export interface Ways {
  /** `by` is empty for the project itself. The same words twice count once. */
  add(name: string, by: string, words: string): void;
  to(name: string): readonly Requirement[];
  /** Names that a package asks for. */
  from(by: string): Iterable<string>;
}

export function ways(): Ways {
  const to = new Map<string, Map<string, Requirement>>();
  const from = new Map<string, Set<string>>();
  return {
    add(name, by, words) {
      const range = rangeOf(words) ?? UNREADABLE;
      const known = to.get(name) ?? new Map<string, Requirement>();
      known.set(`${by}\n${range}`, { name: by, range });
      to.set(name, known);
      from.set(by, (from.get(by) ?? new Set()).add(name));
    },
    to: (name) => [...(to.get(name)?.values() ?? [])],
    from: (by) => from.get(by) ?? [],
  };
}

/** Strongest first: what production reaches is production's, whatever else reaches it. */
const STRENGTH: readonly Scope[] = ['production', 'unknown', 'optional', 'development'];

/** Scopes of all that can be reached from what the project names, be it several times; `unknown` for what nothing reaches. */
export function scopesFrom(
  roots: Iterable<readonly [name: string, scope: Scope]>,
  { from }: Ways,
): (name: string) => Scope {
  const scopes = new Map<string, Scope>();
  const named = [...roots];
  for (const scope of STRENGTH) {
    const open = named.filter(([, its]) => its === scope).map(([name]) => name);
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (scopes.has(name)) continue;
      scopes.set(name, scope);
      open.push(...from(name));
    }
  }
  return (name) => scopes.get(name) ?? 'unknown';
}
