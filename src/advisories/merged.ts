/** From OSV records to advisories by package: the one way that databases and servers share. */
import type { Ecosystem, VersionOrder } from '../versions/order.ts';
import type { Advisory } from './advisory.ts';

/** Advisories by package name, as the ecosystem compares names, and what was not understood. */
export interface Merged {
  readonly byPackage: ReadonlyMap<string, readonly Advisory[]>;
  /** Records of the ecosystem that are in it, before merging. */
  readonly records: number;
  readonly newestModified: string;
  readonly troubles: readonly string[];
}

/** Reads and merges records; for what a server answered. */
export async function advisoriesOf(
  _ecosystem: Ecosystem,
  _order: VersionOrder,
  _records: Iterable<unknown> | AsyncIterable<unknown>,
): Promise<Merged> {
  throw new Error('not written yet');
}
