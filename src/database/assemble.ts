/** From records to the files of one ecosystem's database. Reads no clock and no disk: equal records give equal bytes. */
import { UNDATED } from '../advisories/data-states.ts';
import { buildDatabase } from '../advisories/database/build.ts';
import type { DatabaseHeader, DatabaseSource } from '../advisories/database/database.ts';
import { buildMalware } from '../advisories/database/malware.ts';
import type { Ecosystem } from '../versions/order.ts';
import { orderOf } from '../versions/orders.ts';
import { filesOf } from './ecosystems.ts';
import { newestChange, newestOf, packed, type RawRecord, valuesOf } from './records.ts';
import type { NewFile } from './replace.ts';

/** What an ecosystem's files are made of. */
export interface Ingredients {
  readonly ecosystem: Ecosystem;
  readonly advisories: Iterable<RawRecord>;
  /** No list of malware is made when not given. */
  readonly malware?: Iterable<RawRecord>;
  /** ISO instant up to which the records are complete; that of the newest change when not given. */
  readonly asOf?: string;
  readonly complete: boolean;
  readonly source: Omit<DatabaseSource, 'asOf'>;
  /** Version of the program. */
  readonly builder: string;
}

/** The files, in the order in which they take their places. */
export interface Assembled {
  readonly header: DatabaseHeader;
  readonly files: readonly NewFile[];
  readonly troubles: readonly string[];
  /** ISO instant of the newest change, of withdrawn records too; empty where there are none. */
  readonly newest: string;
}

/** Builds everything in memory. */
export async function assemble(ingredients: Ingredients): Promise<Assembled> {
  const { ecosystem, complete, builder } = ingredients;
  const names = filesOf(ecosystem);
  const records = newestOf(concerned(ingredients.advisories, ecosystem));
  const newest = newestChange(records);
  const asOf = ingredients.asOf ?? wholeSeconds(newest);
  const { header, adv, idx, troubles } = await buildDatabase(valuesOf(records), {
    ecosystem,
    order: orderOf(ecosystem),
    asOf,
    sources: [{ ...ingredients.source, asOf }],
    builder,
    complete,
  });
  const files = [
    { name: names.adv, bytes: adv },
    { name: names.idx, bytes: idx },
    { name: names.records, bytes: packed(records) },
  ];
  if (!ingredients.malware) return { header, files, troubles, newest };
  const malware = await buildMalware(valuesOf(concerned(ingredients.malware, ecosystem)), { ecosystem, asOf });
  return {
    header,
    files: [...files, { name: names.malware, bytes: malware.file }],
    troubles: [...troubles, ...malware.troubles],
    newest,
  };
}

function* concerned(records: Iterable<RawRecord>, ecosystem: Ecosystem): Generator<RawRecord> {
  for (const record of records) if (record.ecosystems.has(ecosystem)) yield record;
}

function wholeSeconds(instant: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? UNDATED : `${new Date(time).toISOString().slice(0, 19)}Z`;
}
