/** Strongly connected parts of the graph, and the shortest cycle in one. Iterative, in time linear in nodes and edges; the order of the nodes decides the answer. Pure. */
import type { Edge, Graph, Node } from './graph.ts';

/** Which edges count. */
export type Counts = (edge: Edge) => boolean;

/** An edge whose other end is a service. */
export interface Link extends Edge {
  readonly to: Node;
}

/** Edges of a service to others that count. */
export function linksOf(graph: Graph, node: Node, counts: Counts): readonly Link[] {
  const all = graph.out(node);
  graph.walked.edges += all.length;
  return all.filter((edge): edge is Link => edge.to !== undefined && counts(edge));
}

/** A service on the stack of the search. */
interface Frame {
  readonly node: Node;
  readonly links: readonly Link[];
  next: number;
}

/** Services in groups that lead to each other, callees before their callers: Tarjan's algorithm without recursion. */
export function components(graph: Graph, counts: Counts): readonly (readonly Node[])[] {
  const found: Node[][] = [];
  const order = new Map<Node, number>();
  const low = new Map<Node, number>();
  const open: Node[] = [];
  const isOpen = new Set<Node>();
  const enter = (node: Node): Frame => {
    order.set(node, order.size);
    low.set(node, order.get(node) ?? 0);
    open.push(node);
    isOpen.add(node);
    return { node, links: linksOf(graph, node, counts), next: 0 };
  };
  const lower = (node: Node, to: number | undefined): void => {
    low.set(node, Math.min(low.get(node) ?? 0, to ?? 0));
  };
  for (const root of graph.alive) {
    if (order.has(root)) continue;
    const stack = [enter(root)];
    for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
      const link = frame.links[frame.next++];
      if (link && !order.has(link.to)) stack.push(enter(link.to));
      else if (link && isOpen.has(link.to)) lower(frame.node, order.get(link.to));
      else if (!link) {
        stack.pop();
        const caller = stack.at(-1);
        if (caller) lower(caller.node, low.get(frame.node));
        if (low.get(frame.node) === order.get(frame.node)) found.push(closed(frame.node, open, isOpen));
      }
    }
  }
  return found;
}

function closed(root: Node, open: Node[], isOpen: Set<Node>): Node[] {
  const group = open.splice(open.lastIndexOf(root));
  for (const node of group) isOpen.delete(node);
  return group;
}

/** Whether a group is a cycle: several services, or one that calls itself. */
export function isCycle(graph: Graph, group: readonly Node[], counts: Counts): boolean {
  const [only] = group;
  return group.length > 1 || (only !== undefined && linksOf(graph, only, counts).some(({ to }) => to === only));
}

/** The shortest cycle through the first service of a group by its key; found by going outward from it. */
export function shortestCycle(graph: Graph, group: readonly Node[], counts: Counts): readonly Link[] {
  const inside = new Set(group);
  const [start] = [...group].sort((a, b) => a.index - b.index);
  if (!start) return [];
  const by = new Map<Node, Link>();
  const queue: Node[] = [start];
  for (let at = 0; at < queue.length; at += 1) {
    const node: Node = queue[at] ?? start;
    for (const link of linksOf(graph, node, counts)) {
      if (link.to === start) return [...wayTo(node, start, by), link];
      if (!inside.has(link.to) || by.has(link.to)) continue;
      by.set(link.to, link);
      queue.push(link.to);
    }
  }
  return [];
}

function wayTo(end: Node, start: Node, by: ReadonlyMap<Node, Link>): readonly Link[] {
  const way: Link[] = [];
  for (let link = by.get(end); link; link = link.from === start ? undefined : by.get(link.from)) way.push(link);
  return way.reverse();
}
