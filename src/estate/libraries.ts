/** Which libraries many services build on, and in which lines of versions. Pure. */
import { pieceFits } from '../evidence/glob.ts';
import { grouped } from '../grouped.ts';
import type { Place } from '../model.ts';
import { isEcosystem, orderOf } from '../versions/orders.ts';
import type { Node } from './graph.ts';

/** One service that builds on one version. */
interface Use {
  readonly node: Node;
  readonly version: string;
  readonly at: Place;
}

/** A library and all its uses. */
export interface Library {
  readonly ecosystem: string;
  readonly name: string;
  readonly uses: readonly Use[];
}

/** Uses of one line of versions, e.g. 18. */
export interface Line {
  readonly line: string;
  readonly uses: readonly Use[];
}

/** What makes a library a key one. */
interface Wanted {
  /** Patterns of names, each with its ecosystem before it or without. */
  readonly libraries: readonly string[];
  /** Percent of the services of an ecosystem, and the least number of them. */
  readonly share: number;
  readonly services: number;
}

/** The libraries to compare, by ecosystem and name. */
export function keyLibraries(nodes: readonly Node[], wanted: Wanted): readonly Library[] {
  const users = new Map<string, Set<Node>>();
  const found = new Map<string, { ecosystem: string; name: string; uses: Use[] }>();
  for (const node of nodes)
    for (const { ecosystem, path, packages } of node.facts.libraries ?? []) {
      users.set(ecosystem, (users.get(ecosystem) ?? new Set()).add(node));
      for (const [name, version, line] of packages) {
        const key = `${ecosystem} ${name}`;
        const library = found.get(key) ?? { ecosystem, name, uses: [] };
        library.uses.push({ node, version, at: { path, line } });
        found.set(key, library);
      }
    }
  return [...found]
    .filter(([key, library]) => isWanted(key, library, users.get(library.ecosystem)?.size ?? 0, wanted))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, library]) => library);
}

function isWanted(key: string, { name, uses }: Library, all: number, { libraries, share, services }: Wanted): boolean {
  if (libraries.length > 0) return libraries.some((pattern) => pieceFits(pattern, name) || pieceFits(pattern, key));
  const users = new Set(uses.map(({ node }) => node)).size;
  return users >= services && users >= (share / 100) * all;
}

/** The lines in use, the newest first; versions that are none have no line. */
export function linesOf({ ecosystem, uses }: Library): readonly Line[] {
  const compare = isEcosystem(ecosystem)
    ? orderOf(ecosystem).compare
    : (a: string, b: string): number => (a < b ? -1 : 1);
  const groups = grouped(uses, ({ version }) => lineOf(version) ?? '');
  return [...groups]
    .filter(([line]) => line !== '')
    .map(([line, its]) => ({ line, uses: its }))
    .sort((a, b) => compare(b.uses[0]?.version ?? '', a.uses[0]?.version ?? ''));
}

/** `18` of 18.2.0; below 1.0 every minor version may break, so `0.7` of 0.7.3. */
function lineOf(version: string): string | undefined {
  const [, major, minor] = /^v?(\d{1,9})(?:\.(\d{1,9}))?/.exec(version) ?? [];
  if (major === undefined) return undefined;
  return Number(major) === 0 ? `0.${minor ?? '0'}` : major;
}
