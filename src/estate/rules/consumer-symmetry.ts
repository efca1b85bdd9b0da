/** Assesses whether the two sides of each dependency know of each other. */
import { counted, shortened } from '../../checks/words.ts';
import type { Place } from '../../model.ts';
import { defineEstateCheck, type Trouble, weighed } from '../define.ts';
import { type Edge, type Graph, type Node, placeIn, unreadOf } from '../graph.ts';

export const check = defineEstateCheck({
  summary:
    'Compares `consumers` of every service with the `dependencies` of all others, both ways. A consumer that is no audited service is left alone: partners and devices have no manifest.',
  params: {},
  ofClaims: true,
  assess({ graph, excused }) {
    const sides = graph.alive
      .filter(({ facts }) => facts.manifest === 'valid')
      .map((node) => sidesOf(node, graph, excused));
    const compared = sides.reduce((sum, it) => sum + it.compared, 0);
    const wrong = sides.flatMap((it) => it.wrong);
    const missing = sides.flatMap((it) => it.missing);
    const untold = sides.flatMap((it) => it.untold);
    if (compared + missing.length + untold.length === 0)
      return weighed({
        otherwise: 'not-applicable',
        because: 'no audited service depends on another, and none is counted as a consumer',
      });
    const because =
      wrong.length + missing.length === 0
        ? `both sides of ${counted(compared, 'dependency', 'dependencies')} say the same`
        : `${counted(wrong.length, 'entry', 'entries')} on one side without the other, and ${counted(missing.length, 'service')} without a list`;
    return weighed({ wrong, missing, untold, otherwise: 'verified', because });
  },
});

interface Sides {
  readonly wrong: readonly Trouble[];
  readonly missing: readonly Trouble[];
  readonly untold: readonly string[];
  /** Pairs of services that were compared. */
  readonly compared: number;
}

function sidesOf(node: Node, graph: Graph, excused: (node: Node) => boolean): Sides {
  const calls = firstOfEach(graph.into(node).filter(({ from }) => from !== node));
  const named = node.facts.consumers.map((consumer) => ({
    consumer,
    node:
      (consumer.repo === undefined ? undefined : graph.names.inRepository(consumer.repo)) ??
      meant(consumer.name, node, graph),
  }));
  const listedNodes = new Set(named.map((it) => it.node));
  const unlisted = calls.filter(({ from }) => !listedNodes.has(from));
  const callers = new Set(calls.map(({ from }) => from));
  const others = named.flatMap((it) =>
    it.node && it.node !== node && !it.node.archived ? [{ ...it, node: it.node }] : [],
  );
  const [doubtful, strangers] = halves(
    others.filter((it) => !callers.has(it.node)),
    (it) => mayCall(it.node, node, graph),
  );
  const silent = node.facts.consumersAt === undefined;
  return {
    wrong: [
      ...(silent
        ? []
        : unlisted.filter(({ from }) => !excused(node) && !excused(from)).map((edge) => unlistedBy(node, edge))),
      ...strangers
        .filter((it) => it.node.facts.dependenciesAt !== undefined && !excused(node) && !excused(it.node))
        .map((it) => notDepending(node, it.node, it.consumer.at)),
    ],
    missing: silent && calls.length > 0 && !excused(node) ? [withoutList(node, calls)] : [],
    untold: [
      ...strangers
        .filter((it) => it.node.facts.dependenciesAt === undefined)
        .map((it) => `${it.node.name}${wordsOf(it.node)}`),
      ...doubtful.map((it) => `whether ${it.node.name} means ${node.key}`),
    ],
    compared: calls.length + strangers.length,
  };
}

/** Whether a dependency may mean a service: it is a store or a queue of its name, or several services have that. */
function mayCall(from: Node, to: Node, graph: Graph): boolean {
  return graph
    .out(from)
    .some(({ meaning }) =>
      meaning.is === 'store' ? meaning.node === to : meaning.is === 'ambiguous' && meaning.nodes.includes(to),
    );
}

function halves<T>(all: readonly T[], test: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(test), all.filter((one) => !test(one))];
}

function wordsOf(node: Node): string {
  const because = unreadOf(node);
  return because === undefined ? ' does not say what it depends on' : `: ${because}`;
}

function meant(name: string, from: Node, graph: Graph): Node | undefined {
  const meaning = graph.names.meaning(name, from);
  return meaning.is === 'service' ? meaning.node : undefined;
}

function firstOfEach(edges: readonly Edge[]): readonly Edge[] {
  return [...new Map([...edges].reverse().map((edge) => [edge.from, edge])).values()].reverse();
}

function unlistedBy(node: Node, edge: Edge): Trouble {
  const { from, dependency } = edge;
  const at = node.facts.consumersAt;
  return {
    message: `${from.name} depends on ${node.name}, and ${node.name} does not list it as a consumer`,
    services: [node, from],
    places: [...(at ? [placeIn(node, at)] : []), placeIn(from, dependency.at)],
    path: [from.name, node.name],
    edges: [edge],
    fix: `Add ${from.name} to \`consumers\` of ${node.name}, so that it is told before a change or an outage.`,
    about: `unlisted ${node.key} ${from.key}`,
  };
}

function notDepending(node: Node, consumer: Node, at: Place): Trouble {
  const their = consumer.facts.dependenciesAt;
  return {
    message: `${node.name} lists ${consumer.name} as a consumer, and ${consumer.name} does not list ${node.name} as a dependency`,
    services: [consumer, node],
    places: [placeIn(node, at), ...(their ? [placeIn(consumer, their)] : [])],
    path: [consumer.name, node.name],
    fix: `Add ${node.name} to \`dependencies\` of ${consumer.name}, or remove the consumer where nothing calls any more.`,
    about: `stranger ${node.key} ${consumer.key}`,
  };
}

function withoutList(node: Node, calls: readonly Edge[]): Trouble {
  const callers = calls.map(({ from }) => from);
  return {
    message: `${node.name} has no list of consumers, and ${shortened(callers.map(({ name }) => name))} ${callers.length === 1 ? 'depends' : 'depend'} on it`,
    services: [node, ...callers],
    places: calls.map(({ from, dependency }) => placeIn(from, dependency.at)),
    fix: `Add \`consumers: [${callers
      .slice(0, 5)
      .map(({ name }) => name)
      .join(', ')}]\` to the manifest of ${node.name}.`,
    about: `no list ${node.key}`,
  };
}
