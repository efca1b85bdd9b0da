/** Builds an advisory database from OSV records: merged, sorted, and the same bytes whatever the order of the records. */
import type { BuildOptions, BuiltDatabase } from './database.ts';

/** Builds both files. Records may be anything; what is not a record is a trouble. */
export async function buildDatabase(
  _records: Iterable<unknown> | AsyncIterable<unknown>,
  _options: BuildOptions,
): Promise<BuiltDatabase> {
  throw new Error('not written yet');
}
