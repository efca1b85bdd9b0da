/** Who leads to which package: scope, directness and requirements of every package that members of a workspace lead to. Pure. */
import { SCOPES } from './gravity.ts';
import type { LockedPackage, Requirement } from './locked.ts';

/** What is known of a package before anybody has asked who needs it. */
export type Bare = Omit<LockedPackage, 'scope' | 'direct' | 'requiredBy'>;

/** How much a requirement weighs, which is what scope it gives: `development` and `unknown` are only followed from members. */
export type Weight = LockedPackage['scope'];

/** One requirement. */
export interface Edge {
  /** Index among all nodes. */
  readonly to: number;
  readonly range: string;
  readonly weight: Weight;
}

/** A package, or a member of the workspace, which has a folder instead. */
export interface Node {
  readonly package?: Bare;
  /** Of a member, from the repository's root. */
  readonly folder?: string;
  /** Name under which it asks, where it is neither: an extra of a package. */
  readonly asker?: string;
  readonly edges: readonly Edge[];
  /** What the lockfile itself says of the scope, where that is surer than who leads to the package. */
  readonly stated?: LockedPackage['scope'] | undefined;
  /** What it says where nobody leads to the package. */
  readonly flagged?: LockedPackage['scope'];
}

/** What members lead to. */
export interface Settled {
  readonly packages: readonly LockedPackage[];
  /** Packages that only other members lead to. */
  readonly elsewhere: number;
}

type Scope = LockedPackage['scope'];

/** Walks from the members: all, or those of some folders, where a package that nobody of them leads to is counted only. */
export function settle(nodes: readonly Node[], only?: readonly string[]): Settled {
  const wanted = new Set(only);
  const members = nodes.flatMap((node, index) => (node.folder === undefined ? [] : [{ folder: node.folder, index }]));
  const asked = new Set(
    members.filter(({ folder }) => only === undefined || wanted.has(folder)).map(({ index }) => index),
  );
  // A lockfile that knows none of the members that are asked about cannot tell whose its packages are.
  const isPart = only !== undefined && asked.size > 0;
  const scopes = scopesFrom(nodes, asked);
  const { requiredBy, direct } = requirementsOf(nodes, { scopes, asked, isPart });
  const packages: LockedPackage[] = [];
  let elsewhere = 0;
  for (const [index, { package: bare, stated, flagged = 'unknown' }] of nodes.entries()) {
    if (!bare) continue;
    const scope = scopes[index] ?? (isPart ? undefined : flagged);
    if (scope === undefined) elsewhere += 1;
    else
      packages.push({
        ...bare,
        scope: stated ?? scope,
        direct: direct?.has(index),
        requiredBy: requiredBy[index] ?? [],
      });
  }
  return { packages, elsewhere };
}

/** The gravest way to each node: production ways are walked first, development ways last. */
function scopesFrom(nodes: readonly Node[], asked: ReadonlySet<number>): readonly (Scope | undefined)[] {
  const scopes: (Scope | undefined)[] = new Array(nodes.length).fill(undefined);
  for (const weight of SCOPES) {
    const queue: number[] = [];
    for (const index of asked) scopes[index] ??= 'production';
    // What was reached by graver ways starts those of this weight; but for optional ones, members alone do.
    for (const index of weight === 'optional' ? nodes.keys() : asked) {
      if (scopes[index] === undefined) continue;
      for (const edge of nodes[index]?.edges ?? []) if (edge.weight === weight) reach(edge.to, weight, scopes, queue);
    }
    while (queue.length > 0) {
      const node = nodes[queue.pop() ?? 0];
      for (const edge of node?.edges ?? [])
        if (edge.weight === 'production' || (edge.weight === 'optional' && isLight(weight)))
          reach(edge.to, weight, scopes, queue);
    }
  }
  return scopes;
}

function isLight(weight: Weight): boolean {
  return weight === 'optional' || weight === 'development';
}

function reach(to: number, scope: Scope, scopes: (Scope | undefined)[], queue: number[]): void {
  if (to < 0 || to >= scopes.length || scopes[to] !== undefined) return;
  scopes[to] = scope;
  queue.push(to);
}

interface Requirements {
  readonly requiredBy: readonly (readonly Requirement[] | undefined)[];
  /** Absent where there is no member, so that nobody can be asked. */
  readonly direct: ReadonlySet<number> | undefined;
}

interface Walked {
  readonly scopes: readonly (Scope | undefined)[];
  readonly asked: ReadonlySet<number>;
  /** Whether what was not reached is only counted. */
  readonly isPart: boolean;
}

/** Who asks for what, each once; members count where they were reached, packages always. */
function requirementsOf(nodes: readonly Node[], { scopes, asked, isPart }: Walked): Requirements {
  const lists: (Said | undefined)[] = new Array(nodes.length).fill(undefined);
  const direct = new Set<number>();
  const wordsOf = remembered();
  for (const [index, node] of nodes.entries()) {
    const { folder, edges } = node;
    if (edges.length === 0 || (folder !== undefined && scopes[index] === undefined)) continue;
    const words = wordsOf(node.asker ?? node.package?.name ?? '');
    const isAsked = asked.has(index);
    for (const { to, range, weight } of edges) {
      if (weight === 'development' && !isAsked) continue;
      if (folder !== undefined) direct.add(to);
      if (isPart && scopes[to] === undefined) continue;
      const known = lists[to];
      const requirement = words(range);
      if (known === undefined) lists[to] = { list: [requirement] };
      else addOnce(known, requirement);
    }
  }
  return { requiredBy: lists.map((it) => it?.list), direct: asked.size > 0 ? direct : undefined };
}

type Words = (range: string) => Requirement;

/** Of the many requirements of one package most are alike in all but whom they are for: what is said alike is one object. */
function remembered(): (name: string) => Words {
  const byName = new Map<string, Words>();
  return (name) => {
    const known = byName.get(name) ?? wordsOf(name);
    byName.set(name, known);
    return known;
  };
}

function wordsOf(name: string): Words {
  let last: Requirement = { name, range: '' };
  let all: Map<string, Requirement> | undefined;
  return (range) => {
    if (range === last.range) return last;
    all ??= new Map([[last.range, last]]);
    last = all.get(range) ?? { name, range };
    all.set(range, last);
    return last;
  };
}

/** Requirements without repetitions; long lists are looked up, short ones are walked. */
interface Said {
  readonly list: Requirement[];
  known?: Set<Requirement>;
}

const SHORT = 8;

function addOnce(said: Said, requirement: Requirement): void {
  const { list } = said;
  if (list.length <= SHORT) {
    if (!list.includes(requirement)) list.push(requirement);
    return;
  }
  said.known ??= new Set(list);
  const before = said.known.size;
  if (said.known.add(requirement).size > before) list.push(requirement);
}
