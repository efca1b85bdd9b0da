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
  const { requiredBy, direct } = requirementsOf(nodes, scopes, asked);
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
    // What was reached by weightier ways starts those of this weight.
    for (const [index, { edges }] of nodes.entries()) {
      if (scopes[index] === undefined) continue;
      for (const edge of edges)
        if (edge.weight === weight && (isOfPackages(weight) || asked.has(index))) reach(edge.to, weight, scopes, queue);
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

function isOfPackages(weight: Weight): boolean {
  return weight === 'production' || weight === 'optional';
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

/** Who asks for what, each once; members count where they were reached, packages always. */
function requirementsOf(
  nodes: readonly Node[],
  scopes: readonly (Scope | undefined)[],
  asked: ReadonlySet<number>,
): Requirements {
  const lists: (Said | undefined)[] = new Array(nodes.length).fill(undefined);
  const direct = new Set<number>();
  for (const [index, node] of nodes.entries()) {
    if (node.folder !== undefined && scopes[index] === undefined) continue;
    const name = node.asker ?? node.package?.name ?? '';
    // Of the many requirements of one package most are alike in all but whom they are for: they share an object.
    let said: Requirement = { name, range: '' };
    for (const { to, range, weight } of node.edges) {
      if (weight === 'development' && !asked.has(index)) continue;
      if (node.folder !== undefined) direct.add(to);
      if (said.range !== range) said = { name, range };
      lists[to] = withRequirement(lists[to], said);
    }
  }
  return { requiredBy: lists.map((it) => it?.list), direct: asked.size > 0 ? direct : undefined };
}

/** Requirements without repetitions; long lists are looked up, short ones are walked. */
interface Said {
  readonly list: Requirement[];
  known?: Set<string>;
}

const SHORT = 8;

function withRequirement(said: Said | undefined, requirement: Requirement): Said {
  if (!said) return { list: [requirement] };
  const { list } = said;
  if (list.length > SHORT) {
    said.known ??= new Set(list.map(keyOf));
    const before = said.known.size;
    if (said.known.add(keyOf(requirement)).size > before) list.push(requirement);
  } else if (!holds(list, requirement)) list.push(requirement);
  return said;
}

function holds(list: readonly Requirement[], { name, range }: Requirement): boolean {
  for (const it of list) if (it.name === name && it.range === range) return true;
  return false;
}

function keyOf({ name, range }: Requirement): string {
  return `${name}\0${range}`;
}
