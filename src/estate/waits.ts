/** How long each service may keep a caller waiting, added up along the graph from the last service to the first. Pure. */
import { duration, oneAfterTheOther, worstWait } from '../checks/arithmetic.ts';
import { linkOf } from '../checks/dependencies/chain.ts';
import { milliseconds } from '../dates.ts';
import { components } from './cycles.ts';
import type { Edge, Graph, Node } from './graph.ts';
import { isHard } from './hard.ts';

/** The wait for one dependency. */
interface Term {
  readonly name: string;
  /** Milliseconds over all tries. */
  readonly total: number;
  /** E.g. `(300ms + 900ms) × 2`. */
  readonly text: string;
  /** The service whose own waits it was told from, because nothing bounds the request to it. */
  readonly through?: Node;
}

/** How long a service may be busy with one request, as far as numbers are there. */
export interface Wait {
  /** Its hard dependencies, one after the other. */
  readonly terms: readonly Term[];
  readonly sum: number;
  /** Names of hard dependencies without a number; then the sum is too small. */
  readonly gaps: readonly string[];
  /** What it tells its callers, in milliseconds. */
  readonly own?: number;
  /** What it may take for all that is known: the sum, unless its own bound comes first; undefined where nothing is known. */
  readonly answer?: number;
  /** Whether it takes no longer than that: nothing of it is left out. */
  readonly bounded: boolean;
}

/** The waits of all living services. */
export function waitsIn(graph: Graph): ReadonlyMap<Node, Wait> {
  const waits = new Map<Node, Wait>();
  // Callees come before their callers, so each is added up once; what leads back to itself has no end to add up from.
  for (const group of components(graph, isHard)) for (const node of group) waits.set(node, waitOf(node, graph, waits));
  return waits;
}

function waitOf(node: Node, graph: Graph, waits: ReadonlyMap<Node, Wait>): Wait {
  const hard = graph.out(node).filter(isHard);
  graph.walked.edges += hard.length;
  const found = hard.map((edge) => ({ edge, term: termOf(edge, waits) }));
  const terms = found.flatMap(({ term }) => term ?? []);
  const gaps = found.flatMap(({ edge, term }) => (term ? [] : [edge.dependency.name]));
  const own = milliseconds(node.facts.timeout?.request ?? '');
  const sum = oneAfterTheOther(terms.map(({ total }) => total));
  const isTold = node.facts.dependenciesAt !== undefined;
  const isWhole = isTold && gaps.length === 0 && terms.every(({ through }) => !through || waits.get(through)?.bounded);
  const whole = isWhole ? sum : undefined;
  const partial = own ?? (terms.length > 0 ? sum : undefined);
  const answer = whole === undefined ? partial : Math.min(whole, own ?? Number.POSITIVE_INFINITY);
  const bounded = isWhole || own !== undefined;
  return { terms, sum, gaps, bounded, ...(own !== undefined && { own }), ...(answer !== undefined && { answer }) };
}

/** Longest term that is printed in full, in UTF-16 units. */
const LONGEST_TERM = 60;

/** Whether the answer is what the waits add up to, and not the service's own bound. */
export function bySum(wait: Wait | undefined): boolean {
  return wait?.answer !== undefined && wait.answer === wait.sum && wait.terms.length > 0;
}

function termOf({ dependency, to }: Edge, waits: ReadonlyMap<Node, Wait>): Term | undefined {
  const { name, timeout, retry } = dependency;
  const link = linkOf({ id: name, ...(timeout && { timeout }), ...(retry && { retry }) });
  if (link) return { name, total: link.total, text: link.text };
  const below = to && waits.get(to)?.answer;
  if (to === undefined || below === undefined) return undefined;
  const retries = retry?.max ?? 0;
  const inner = waits.get(to)?.terms.map(({ text }) => text) ?? [];
  const nested = bySum(waits.get(to)) ? inner.join(' + ') : duration(below);
  const short =
    nested.length > LONGEST_TERM ? duration(below) : inner.length > 1 && retries > 0 ? `(${nested})` : nested;
  const text = retries === 0 ? short : `${short} × ${retries + 1}`;
  return { name, total: worstWait(below, retries), text, through: to };
}

/** Most names of a way that is printed. */
const LONGEST_WAY = 20;

/** Names from a service down its longest wait, as far as that wait was told from further down. */
export function wayDown(node: Node, waits: ReadonlyMap<Node, Wait>): readonly string[] {
  const names = [node.name];
  const seen = new Set([node]);
  for (let at: Node | undefined = node; at && names.length < LONGEST_WAY; ) {
    const longest: Term | undefined = [...(waits.get(at)?.terms ?? [])].sort((a, b) => b.total - a.total)[0];
    if (!longest) break;
    names.push(longest.name);
    const next: Node | undefined = longest.through;
    at = next && !seen.has(next) ? next : undefined;
    if (at) seen.add(at);
  }
  return names;
}
