/** Joins the packages of a lockfile that names what each requires to those who ask for them, as the walk over the graph wants it. */
import { type Bare, type Edge, type Node, type Settled, settle, type Weight } from './graph.ts';
import type { LockedPackage } from './locked.ts';
import { rangeOf, UNREADABLE } from './words.ts';

/** One requirement by name; by version too where the lockfile tells which of several it means. */
export interface NamedEdge {
  readonly name: string;
  readonly version?: string | undefined;
  readonly range: string;
  readonly weight: Weight;
  /** Extras of the other that it asks for. */
  readonly extras?: readonly string[];
}

/** A package and what it requires; with neither `bare` nor `folder` it only asks. */
export interface NamedNode {
  readonly bare?: Bare;
  /** Of a project that is locked for, from the repository's root. */
  readonly folder?: string;
  readonly name: string;
  /** As requirements tell versions apart; also of packages whose `bare` has none. */
  readonly version?: string | undefined;
  readonly edges: readonly NamedEdge[];
  /** Requirements of each of its extras. */
  readonly extras?: ReadonlyMap<string, readonly NamedEdge[]>;
  readonly stated?: LockedPackage['scope'] | undefined;
}

/** A requirement in words that nobody has looked at. */
export function edgeTo(name: string, words: string | undefined, weight: Weight = 'production'): NamedEdge {
  return { name, range: rangeOf(words) ?? UNREADABLE, weight };
}

/** What named nodes lead to, and the names that are required and not there. */
export interface SettledNames extends Settled {
  readonly missing: readonly string[];
}

/** Versions of one name that a requirement may lead to at the most. */
const MOST_VERSIONS = 64;

/** Settles named nodes. An extra is a node of its own that leads to what the extra adds. */
export function settleNamed(named: readonly NamedNode[], only?: readonly string[]): SettledNames {
  const indexes = new Map<string, number[]>();
  for (const [index, { name }] of named.entries()) {
    const same = indexes.get(name);
    if (same === undefined) indexes.set(name, [index]);
    else if (same.length < MOST_VERSIONS) same.push(index);
  }
  const extraAt = new Map<string, number>();
  let next = named.length;
  for (const [index, { extras }] of named.entries()) {
    for (const extra of extras?.keys() ?? []) extraAt.set(`${index} ${extra}`, next++);
  }
  const missing = new Set<string>();
  function edgesOf(asked: readonly NamedEdge[]): readonly Edge[] {
    const edges: Edge[] = [];
    for (const { name, version, range, weight, extras } of asked) {
      const versions = indexes.get(name);
      if (versions === undefined) missing.add(name);
      for (const to of versions ?? []) {
        if (version !== undefined && named[to]?.version !== version) continue;
        edges.push({ to, range, weight });
        for (const extra of extras ?? []) {
          const added = extraAt.get(`${to} ${extra}`);
          if (added !== undefined) edges.push({ to: added, range, weight });
        }
      }
    }
    return edges;
  }
  const nodes = named.map((it): Node => {
    const { bare, folder, stated, name } = it;
    return {
      ...(bare && { package: bare }),
      ...(folder === undefined ? { asker: name } : { folder }),
      stated,
      edges: edgesOf(it.edges),
    };
  });
  const ofExtras = named.flatMap(({ name, folder, extras }) =>
    Array.from(extras?.values() ?? [], (it): Node => ({ asker: folder === undefined ? name : '', edges: edgesOf(it) })),
  );
  return { ...settle([...nodes, ...ofExtras], only), missing: [...missing] };
}
