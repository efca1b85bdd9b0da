/** Which service a name means. Case and separators do not tell two names apart, as in every other comparison of names. Pure. */
import { folded } from '../evidence/declared-callers.ts';
import { grouped } from '../grouped.ts';
import type { Node } from './graph.ts';

/** What became of a name. */
export type Meaning =
  | { readonly is: 'service'; readonly node: Node }
  /** Several services have it. */
  | { readonly is: 'ambiguous'; readonly nodes: readonly Node[] }
  /** A service has it, and the dependency may as well be a store or a queue of that name. */
  | { readonly is: 'store'; readonly node: Node }
  /** A repository of that name is in the audit and was not judged. */
  | { readonly is: 'unjudged'; readonly repo: string }
  | { readonly is: 'unknown' };

/** A look-up of names over all services of an audit. */
export interface Names {
  /** What a name means to a service of a repository: its own repository's services come first. */
  meaning(name: string, from: Pick<Node, 'repo'>): Meaning;
  /** The service of a repository that another manifest refers to, where it is the only one. */
  inRepository(repo: string): Node | undefined;
  /** All names, folded. */
  readonly known: readonly string[];
}

/** The look-up; `unjudged` are repositories without a judgement. */
export function namesIn(nodes: readonly Node[], unjudged: readonly string[]): Names {
  const byName = namesakes(nodes);
  const absent = new Map(unjudged.map((repo) => [folded(lastPart(repo)), repo]));
  const byRepo = grouped(nodes, ({ repo }) => repo);
  const byLast = grouped([...byRepo.keys()], (repo) => folded(lastPart(repo)));
  return {
    known: [...byName.keys()],
    meaning(name, { repo }) {
      const its = byName.get(folded(name));
      // What a repository calls by the name of one of its own services is that one.
      const chosen = its?.byRepo.get(repo) ?? its?.all ?? [];
      const [only] = chosen;
      if (only) return chosen.length === 1 ? { is: 'service', node: only } : { is: 'ambiguous', nodes: chosen };
      const at = absent.get(folded(name));
      return at === undefined ? { is: 'unknown' } : { is: 'unjudged', repo: at };
    },
    inRepository(repo) {
      const [id, ...others] = byRepo.has(repo) ? [repo] : (byLast.get(folded(lastPart(repo))) ?? []);
      const its = (id !== undefined && others.length === 0 && byRepo.get(id)) || [];
      return its.length === 1 ? its[0] : undefined;
    },
  };
}

/** The name of a repository within its organisation. */
export function lastPart(repo: string): string {
  return repo.slice(repo.lastIndexOf('/') + 1);
}

/** Services of one name: those in use before what is archived or a fork. */
interface Namesakes {
  readonly all: readonly Node[];
  readonly byRepo: ReadonlyMap<string, readonly Node[]>;
}

function namesakes(nodes: readonly Node[]): ReadonlyMap<string, Namesakes> {
  const pairs = nodes.flatMap((node) => [...new Set(node.names.map(folded))].map((name) => ({ name, node })));
  const groups = [...grouped(pairs, ({ name }) => name)].map(([name, its]) => {
    const used = its.filter(({ node }) => !node.archived && !node.fork);
    const all = (used.length > 0 ? used : its).map(({ node }) => node);
    return [name, { all, byRepo: grouped(all, ({ repo }) => repo) }] as const;
  });
  return new Map(groups);
}
