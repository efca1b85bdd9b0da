/** From OSV records to advisories by package: the one way that databases and servers share. */
import type { Ecosystem, VersionOrder } from '../versions/order.ts';
import type { Advisory } from './advisory.ts';
import { type Mention, mergedAdvisories } from './merge.ts';
import { type OsvRecord, readRecord } from './record.ts';
import { loadScore } from './severity.ts';

/** Advisories by package name, as the ecosystem compares names, and what was not understood. */
export interface Merged {
  readonly byPackage: ReadonlyMap<string, readonly Advisory[]>;
  /** Records of the ecosystem that are in it, before merging; withdrawn ones are not counted. */
  readonly records: number;
  /** ISO instant of the newest change in any record of the ecosystem, withdrawn ones too; empty where there are none. */
  readonly newestModified: string;
  /** The first hundred sentences, then one with how many more there are. */
  readonly troubles: readonly string[];
}

const MOST_TROUBLES = 100;

/** Reads and merges records, which may be anything. A record that is there twice counts as it was modified last. */
export async function advisoriesOf(
  ecosystem: Ecosystem,
  order: VersionOrder,
  records: Iterable<unknown> | AsyncIterable<unknown>,
): Promise<Merged> {
  const reading = { ecosystem, order, score: await loadScore() };
  const newest = new Map<string, readonly OsvRecord[]>();
  const unusable: string[] = [];
  for await (const value of records) {
    const record = readRecord(value, reading);
    if ('trouble' in record) unusable.push(record.trouble);
    else keepNewest(newest, record);
  }
  const kept = [...newest.values()].flat();
  const concerned = kept.filter(({ concerns }) => concerns);
  const valid = concerned.filter(({ withdrawn }) => !withdrawn);
  return {
    byPackage: byPackage(ecosystem, order, valid),
    records: new Set(valid.map(({ id }) => id)).size,
    newestModified: concerned.reduce((latest, { modified }) => (isLater(modified, latest) ? modified : latest), ''),
    troubles: capped([...unusable, ...kept.flatMap(({ troubles }) => troubles)]),
  };
}

/** Versions of one record that were modified at the same instant are all kept: they become one advisory anyway. */
function keepNewest(newest: Map<string, readonly OsvRecord[]>, record: OsvRecord): void {
  const known = newest.get(record.id);
  const [first] = known ?? [];
  if (known === undefined || first === undefined || isLater(record.modified, first.modified))
    newest.set(record.id, [record]);
  else if (!isLater(first.modified, record.modified)) newest.set(record.id, [...known, record]);
}

/** Instants are compared as such; none is before any. */
function isLater(instant: string, other: string): boolean {
  const [a, b] = [Date.parse(instant), Date.parse(other)];
  if (Number.isNaN(a)) return false;
  return Number.isNaN(b) || a > b || (a === b && instant > other);
}

function byPackage(
  ecosystem: Ecosystem,
  order: VersionOrder,
  records: readonly OsvRecord[],
): ReadonlyMap<string, readonly Advisory[]> {
  const mentions = new Map<string, Mention[]>();
  for (const record of records)
    for (const affected of record.affected) {
      const known = mentions.get(affected.name);
      if (known) known.push({ record, affected });
      else mentions.set(affected.name, [{ record, affected }]);
    }
  return new Map([...mentions].map(([name, all]) => [name, mergedAdvisories(ecosystem, order, all)]));
}

function capped(troubles: readonly string[]): readonly string[] {
  const sorted = [...troubles].sort();
  const rest = sorted.length - MOST_TROUBLES;
  return rest > 0 ? [...sorted.slice(0, MOST_TROUBLES), `${rest} more like these.`] : sorted;
}
