/** Who depends on whom among the services of an audit: nodes, edges, and what each name means. Plain data with look-ups; judges nothing. */

import type { Place, Service } from '../model.ts';
import type { AuditRow, EstatePlace, ServiceKey } from '../model-audit.ts';
import type { DependencyFact, ServiceFacts } from '../model-facts.ts';
import { keyOf } from '../service-key.ts';
import { lastPart, type Meaning, type Names, namesIn } from './names.ts';

/** One service. */
export interface Node {
  /** Position among the nodes. */
  readonly index: number;
  readonly key: ServiceKey;
  readonly repo: string;
  /** What it is called in sentences and paths. */
  readonly name: string;
  /** Every name that means it. */
  readonly names: readonly string[];
  readonly service: Service;
  readonly facts: ServiceFacts;
  readonly archived: boolean;
  readonly fork: boolean;
}

/** One declared dependency. */
export interface Edge {
  /** Position among the edges. */
  readonly index: number;
  readonly from: Node;
  readonly dependency: DependencyFact;
  readonly meaning: Meaning;
  /** The service it means, where it is exactly one. */
  readonly to?: Node;
}

/** All services of an audit and what they depend on. */
export interface Graph {
  /** Sorted by key. */
  readonly nodes: readonly Node[];
  /** Services of repositories that are not archived: the rules are about them. */
  readonly alive: readonly Node[];
  /** Those of living services, in the order of nodes and of their manifests. */
  readonly edges: readonly Edge[];
  readonly names: Names;
  /** Repositories that were not judged although there may be something in them. */
  readonly unjudged: readonly string[];
  /** Edges of a service, and edges to it. */
  out(node: Node): readonly Edge[];
  into(node: Node): readonly Edge[];
  /** Edges walked so far by whoever counts them: the bound on work is shown by it, not by a clock. */
  readonly walked: { edges: number };
}

/** The graph of some rows; the order of the rows changes nothing. What is absent was not judged either. */
export function graphOf(rows: Iterable<AuditRow>, absent: readonly string[] = []): Graph {
  const { nodes, unjudged } = nodesOf(rows, absent);
  const names = namesIn(nodes, unjudged);
  const alive = nodes.filter(({ archived }) => !archived);
  const edges: Edge[] = [];
  const out = new Map<Node, Edge[]>();
  const into = new Map<Node, Edge[]>();
  for (const from of alive) {
    for (const dependency of from.facts.dependencies) {
      const meaning = ofKind(names.meaning(dependency.name, from), from, dependency);
      const to = meaning.is === 'service' ? meaning.node : undefined;
      const edge = { index: edges.length, from, dependency, meaning, ...(to && { to }) };
      edges.push(edge);
      listed(out, from).push(edge);
      if (to) listed(into, to).push(edge);
    }
  }
  return {
    nodes,
    alive,
    edges,
    names,
    unjudged,
    out: (node) => out.get(node) ?? [],
    into: (node) => into.get(node) ?? [],
    walked: { edges: 0 },
  };
}

/** What holds data is often called after the service whose it is, and a queue after who reads it: the service itself is seldom meant. */
function ofKind(meaning: Meaning, from: Node, { kind, async: asynchronous }: DependencyFact): Meaning {
  if (meaning.is !== 'service') return meaning;
  if (kind === 'queue' ? asynchronous !== undefined : kind !== 'db' && kind !== 'cache' && kind !== 'file')
    return meaning;
  return meaning.node === from ? { is: 'unknown' } : { is: 'store', node: meaning.node };
}

function listed(map: Map<Node, Edge[]>, node: Node): Edge[] {
  const list = map.get(node) ?? [];
  map.set(node, list);
  return list;
}

/** Why what a service claims could not be read, or not all of it. */
export function unreadOf({ facts }: Node): string | undefined {
  return facts.unknown?.find(({ what }) => what === 'all')?.because;
}

/** A place in the repository of a service. */
export function placeIn({ repo }: Pick<Node, 'repo'>, at: Place): EstatePlace {
  return { ...at, repo };
}

interface Found {
  readonly nodes: readonly Node[];
  readonly unjudged: readonly string[];
}

function nodesOf(rows: Iterable<AuditRow>, absent: readonly string[]): Found {
  const drafts: Omit<Node, 'index'>[] = [];
  const unjudged = [...absent];
  for (const row of rows) {
    if (row.outcome !== 'judged' && row.outcome !== 'empty' && !row.archived) unjudged.push(row.repo);
    for (const { service, facts } of row.services) drafts.push(nodeOf(row, service, facts));
  }
  const sorted = drafts.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return { nodes: sorted.map((it, index) => ({ ...it, index })), unjudged: unjudged.sort() };
}

function nodeOf(
  { repo, archived = false, fork = false }: AuditRow,
  service: Service,
  facts: ServiceFacts,
): Omit<Node, 'index'> {
  const said = (facts.names ?? []).map(({ name }) => name);
  // Without a name of its own a service goes by the folder or the repository that it is.
  const shown = service.dir === '' ? lastPart(repo) : lastPart(service.dir);
  const declared = !service.assumed.includes('name');
  return {
    key: keyOf({ repo }, { service }),
    repo,
    name: declared ? service.name : (said[0] ?? shown),
    names: declared ? [service.name, ...said] : [...said, shown],
    service,
    facts,
    archived,
    fork,
  };
}
