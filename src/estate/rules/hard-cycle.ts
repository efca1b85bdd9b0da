/** Assesses whether every group of services can start and recover one after the other: no hard dependency leads back. */
import { counted, shortened } from '../../checks/words.ts';
import { type Counts, components, isCycle, type Link, linksOf, shortestCycle } from '../cycles.ts';
import { defineEstateCheck, lostAmong, type Trouble, weighed } from '../define.ts';
import { type Edge, type Graph, type Node, placeIn, unreadOf } from '../graph.ts';
import { isHard } from '../hard.ts';

export const check = defineEstateCheck({
  summary:
    'Looks for services that reach themselves by hard dependencies: neither soft nor asynchronous. Of each group that leads to itself the shortest cycle is shown. A service that takes itself out cuts its own dependencies and no others.',
  params: {},
  ofClaims: true,
  assess({ graph, excused }) {
    const hard = graph.edges.filter(isHard);
    const links = hard.filter(({ to }) => to !== undefined);
    const all = components(graph, isHard).filter((group) => isCycle(graph, group, isHard));
    const out = new Set(all.flat().filter((node) => excused(node)));
    const counts = (edge: Edge): boolean => isHard(edge) && !out.has(edge.from);
    const groups = out.size === 0 ? all : components(graph, counts).filter((group) => isCycle(graph, group, counts));
    const wrong = groups.map((group) => troubleOf(graph, group, counts)).sort((a, b) => (a.about < b.about ? -1 : 1));
    const untold = [...lostAmong(hard.filter(mayLeadBack(graph))), ...unreadAmong(links)];
    if (links.length + untold.length === 0)
      return weighed({ otherwise: 'not-applicable', because: 'no audited service hard-depends on another one' });
    const because =
      wrong.length === 0
        ? `${counted(links.length, 'hard dependency', 'hard dependencies')} between services, none of which leads back`
        : `${counted(wrong.length, 'group')} of services ${wrong.length === 1 ? 'leads' : 'lead'} back to ${wrong.length === 1 ? 'itself' : 'themselves'}`;
    return weighed({ wrong, untold, otherwise: 'declared', because });
  },
});

/** Whether it cannot be ruled out that an edge leads back: of what may be a store it would have to, if it were the service. */
function mayLeadBack(graph: Graph): Counts {
  const meant = (edge: Edge): Edge => (edge.meaning.is === 'store' ? { ...edge, to: edge.meaning.node } : edge);
  const groups = components({ ...graph, out: (node) => graph.out(node).map(meant) }, isHard);
  const groupOf = new Map(groups.flatMap((group, index) => group.map((node) => [node, index] as const)));
  return ({ from, meaning }) => meaning.is !== 'store' || groupOf.get(from) === groupOf.get(meaning.node);
}

/** What others wait for, and nobody can read what that waits for. */
function unreadAmong(links: readonly Edge[]): readonly string[] {
  const reasons = links.flatMap(({ to }) => {
    const because = to && unreadOf(to);
    return to && because !== undefined ? [`${to.name}: ${because}`] : [];
  });
  return [...new Set(reasons)];
}

function troubleOf(graph: Graph, group: readonly Node[], counts: (edge: Edge) => boolean): Trouble {
  const cycle = shortestCycle(graph, group, counts);
  const [first] = cycle;
  const path = [...cycle.map(({ from }) => from.name), ...(first ? [first.from.name] : [])];
  const around = new Set(cycle.map(({ from }) => from));
  const inside = new Set(group);
  const rest = [...group].filter((node) => !around.has(node)).sort((a, b) => a.index - b.index);
  const edges = group.flatMap((node) => linksOf(graph, node, counts).filter(({ to }) => inside.has(to)));
  const more =
    rest.length === 0
      ? ''
      : `; ${shortened(rest.map(({ name }) => name))} ${rest.length === 1 ? 'is' : 'are'} in the same knot`;
  const itself = cycle.length === 1;
  return {
    message: itself
      ? `${path.join(' → ')}: it hard-depends on itself`
      : `${path.join(' → ')}: each waits for the next, so that none recovers before the others${more}`,
    services: [...cycle.map(({ from }) => from), ...rest],
    places: cycle.map(placeOf),
    path,
    edges,
    fix: itself
      ? 'Remove the dependency, or name the service that is meant.'
      : 'Cut one of these edges: make it asynchronous (`async: true`) or soft with a `fallback`.',
    about: [...group]
      .map(({ key }) => key)
      .sort()
      .join(' '),
  };
}

function placeOf({ from, dependency }: Link) {
  return placeIn(from, dependency.at);
}
