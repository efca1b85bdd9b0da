/** Which newer release of a product its makers maintain longest, by the table. Pure; what has no end named is not compared. */
import { cycleOf, productNamed } from './cycle.ts';
import { compareNumbers, isDotted } from './numbers.ts';
import type { Cycle } from './product.ts';

/** A release to move to. */
export interface Longest {
  /** Product and cycle, e.g. `Node.js 24`. */
  readonly title: string;
  /** ISO day of its makers' last support. */
  readonly end: string;
}

/** The one that lasts longest of those that are newer than a version and last beyond a day; undefined where the table has none. */
export function longestAfter(key: string, version: string, day: string): Longest | undefined {
  const product = productNamed(key);
  const placed = product && cycleOf(product, version);
  const from = placed?.is === 'one' ? placed.cycle.cycle : placed?.is === 'older' ? version : undefined;
  if (!product || from === undefined) return undefined;
  const [best] = product.cycles
    .flatMap(({ cycle, end }) => (end !== false && end > day && isNewer(cycle, from) ? [{ cycle, end }] : []))
    .sort((a, b) => (a.end < b.end ? 1 : a.end > b.end ? -1 : 0));
  return best && { title: `${product.name} ${best.cycle}`, end: best.end };
}

/** Cycles that are no numbers, e.g. `nodejs22.x`, follow each other where they begin with the same word. */
function isNewer(cycle: Cycle['cycle'], from: string): boolean {
  if (isDotted(cycle) && isDotted(from)) return compareNumbers(cycle, from) > 0;
  const [one, other] = [/^[a-z]+/.exec(cycle)?.[0], /^[a-z]+/.exec(from.toLowerCase())?.[0]];
  return cycle !== from && one !== undefined && one === other;
}
