/** Puts new data in the place of old, unless it is suspiciously little. */
import { isUndated } from '../advisories/data-states.ts';
import type { DatabaseHeader } from '../advisories/database/database.ts';
import { InputError } from '../input-error.ts';
import type { Ecosystem } from '../versions/order.ts';
import type { Folder } from './folders.ts';
import { type NewFile, replaceFiles, type Steps } from './replace.ts';
import { openStore } from './store.ts';

/** Records are withdrawn now and then; a tenth of them at once are rather lost on the way. */
const LEAST_SHARE = 0.9;

/** The header of the database that a folder itself holds, where it can be read. */
export function headerIn(folder: Folder, ecosystem: Ecosystem): DatabaseHeader | undefined {
  return openStore([folder]).describe(ecosystem)?.header;
}

/** What a database holds, for a person. */
export function inWords({ records, asOf }: Pick<DatabaseHeader, 'records' | 'asOf'>, more = ''): string {
  return `${counted(records)}${more}, ${isUndated(asOf) ? 'of an age that nobody tells' : `as of ${asOf}`}`;
}

/** A number of records in words. */
export function counted(records: number): string {
  return records === 1 ? '1 record' : `${records} records`;
}

/** Throws an InputError where there would be much less than before. */
export function refuseShrunken(what: string, before: number | undefined, after: number, force: boolean): void {
  if (force || before === undefined || after >= before * LEAST_SHARE) return;
  throw new InputError(
    `${what}: ${counted(after)} would take the place of ${before}, so the old data stays`,
    what,
    'look into where they have gone; --force takes the new data all the same',
  );
}

/** Checks and replaces. */
export function place(
  folder: Folder,
  built: { readonly header: DatabaseHeader; readonly files: readonly NewFile[] },
  { force, steps }: { readonly force: boolean; readonly steps?: Steps },
): void {
  const { ecosystem, records, asOf, complete } = built.header;
  const before = headerIn(folder, ecosystem);
  refuseShrunken(ecosystem, before?.records, records, force);
  if (!force && before?.complete && !complete)
    throw new InputError(
      `${ecosystem}: some records would take the place of all, so the old data stays`,
      ecosystem,
      'name the ecosystem with --ecosystem if they are all there are; --force takes them all the same',
    );
  if (!force && before && Date.parse(asOf) < Date.parse(before.asOf))
    throw new InputError(
      `${ecosystem}: data of ${asOf} would take the place of data of ${before.asOf}, so the old data stays`,
      ecosystem,
      '--force takes the older data all the same',
    );
  replaceFiles(folder.path, built.files, steps);
}
