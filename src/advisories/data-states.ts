/** How data that belongs to no single ecosystem's advisories is called among the states of a source, and how its age is when nobody tells. */
import type { Ecosystem } from '../versions/order.ts';

/** The state of the list of flaws that are known to be exploited. */
export const EXPLOITED_STATE = 'known exploited';

/** The state of an ecosystem's list of malicious packages. */
export function malwareState(ecosystem: Ecosystem): string {
  return `${ecosystem} malware`;
}

/** The instant of data whose records tell of no change: it was complete at no time that is known, and is as old as can be. */
export const UNDATED = '1970-01-01T00:00:00Z';

/** Whether the age of data is not known. */
export function isUndated(asOf: string): boolean {
  return asOf.slice(0, 10) === UNDATED.slice(0, 10);
}
