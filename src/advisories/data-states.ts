/** How data that belongs to no single ecosystem's advisories is called among the states of a source. */
import type { Ecosystem } from '../versions/order.ts';

/** The state of the list of flaws that are known to be exploited. */
export const EXPLOITED_STATE = 'known exploited';

/** The state of an ecosystem's list of malicious packages. */
export function malwareState(ecosystem: Ecosystem): string {
  return `${ecosystem} malware`;
}
