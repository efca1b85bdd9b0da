/** How available what a service cannot do without is, through the graph: each dependency's own promise, and below one that promises nothing its dependencies. Pure. */
import { lostAmong } from './define.ts';
import { type Edge, type Graph, type Node, unreadOf } from './graph.ts';
import { isHard } from './hard.ts';

/** One factor of the product. */
export interface Factor {
  readonly name: string;
  /** Percent. */
  readonly percent: number;
  /** The service that promises it; absent where only a caller says so. */
  readonly node?: Node;
  /** The last edge on the way to it. */
  readonly way: Way;
}

/** An edge, and how one came to it: kept backwards, so that no way is copied. */
export interface Way {
  readonly edge: Edge;
  readonly before?: Way;
}

/** The edges of a way from its beginning. */
export function edgesOf(way: Way | undefined): readonly Edge[] {
  const edges: Edge[] = [];
  for (let at = way; at; at = at.before) edges.push(at.edge);
  return edges.reverse();
}

/** What may be multiplied. */
export interface Allowed {
  readonly factors: readonly Factor[];
  /** Hard dependencies about which nothing is said, by name. */
  readonly gaps: readonly string[];
  /** Why some could not be told: a clause each. */
  readonly untold: readonly string[];
}

/** Most services that are looked through for one that makes a promise. */
const MOST_STEPS = 40;

interface Step {
  readonly node: Node;
  readonly way?: Way;
}

/** A store is often called like the service whose it is. */
function calledAs({ name, kind = 'other' }: Edge['dependency']): string {
  return ['db', 'cache', 'queue'].includes(kind) ? `${kind} ${name}` : name;
}

/** The factors below a service, each dependency once however many ways lead to it. A dependency with a fallback does not count. */
export function allowedFor(start: Node, graph: Graph): Allowed {
  const factors: Factor[] = [];
  const gaps: string[] = [];
  const untold: string[] = [];
  const seen = new Set([start]);
  const queue: Step[] = [{ node: start }];
  for (let at = 0; at < queue.length && at < MOST_STEPS; at += 1) {
    const step = queue[at];
    if (!step) break;
    for (const edge of graph.out(step.node)) {
      graph.walked.edges += 1;
      if (!isHard(edge) || edge.dependency.fallback) continue;
      const { to, dependency } = edge;
      if (to && seen.has(to)) continue;
      if (to) seen.add(to);
      const way: Way = { edge, ...(step.way && { before: step.way }) };
      const own = to?.facts.availability?.percent;
      const unread = to && unreadOf(to);
      if (to && own !== undefined) factors.push({ name: to.name, percent: own, way, node: to });
      else if (to && unread !== undefined) untold.push(`${to.name}: ${unread}`);
      else if (to) {
        gaps.push(to.name);
        queue.push({ node: to, way });
      } else if (dependency.slo?.availability !== undefined)
        factors.push({ name: dependency.name, percent: dependency.slo.availability, way });
      else {
        const lost = lostAmong([edge]);
        untold.push(...lost);
        if (lost.length === 0) gaps.push(calledAs(dependency));
      }
    }
  }
  if (queue.length > MOST_STEPS) untold.push(`${start.name} leads to more services than are looked through`);
  return { factors, gaps, untold };
}
