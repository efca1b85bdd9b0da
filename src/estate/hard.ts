/** Which dependencies a service cannot do without, by the words that the rules on one service use. Pure. */
import { isWaitedFor } from '../checks/dependencies/chain.ts';
import type { Edge } from './graph.ts';

/** Its callers wait for it: neither soft nor asynchronous, nor a file. */
export function isHard({ dependency }: Pick<Edge, 'dependency'>): boolean {
  return isWaitedFor(dependency);
}
