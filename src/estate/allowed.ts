/** How available what a service cannot do without is, through the graph: each dependency's own promise, and below one that promises nothing its dependencies. Pure. */
import type { Edge, Graph, Node } from './graph.ts';
import { isHard } from './hard.ts';

/** One factor of the product. */
export interface Factor {
  readonly name: string;
  /** Percent. */
  readonly percent: number;
  /** The service that promises it; absent where only a caller says so. */
  readonly node?: Node;
  /** The edges that lead to it. */
  readonly way: readonly Edge[];
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
const MOST_STEPS = 500;

interface Step {
  readonly node: Node;
  readonly way: readonly Edge[];
}

/** The factors below a service, each dependency once however many ways lead to it. A dependency with a fallback does not count. */
export function allowedFor(start: Node, graph: Graph): Allowed {
  const factors: Factor[] = [];
  const gaps: string[] = [];
  const untold: string[] = [];
  const seen = new Set([start]);
  const queue: Step[] = [{ node: start, way: [] }];
  for (let at = 0; at < queue.length && at < MOST_STEPS; at += 1) {
    const step = queue[at];
    if (!step) break;
    for (const edge of graph.out(step.node)) {
      graph.walked.edges += 1;
      if (!isHard(edge) || edge.dependency.fallback) continue;
      const { to, dependency, meaning } = edge;
      if (to && seen.has(to)) continue;
      if (to) seen.add(to);
      const way = [...step.way, edge];
      const own = to?.facts.availability?.percent;
      const said = own ?? dependency.slo?.availability;
      if (said !== undefined)
        factors.push({
          name: to?.name ?? dependency.name,
          percent: said,
          way,
          ...(own !== undefined && to && { node: to }),
        });
      else if (meaning.is === 'unjudged') untold.push(`${meaning.repo} was not judged`);
      else {
        gaps.push(dependency.name);
        if (to) queue.push({ node: to, way });
      }
    }
  }
  if (queue.length > MOST_STEPS) untold.push(`${start.name} leads to more services than are looked through`);
  return { factors, gaps, untold };
}
