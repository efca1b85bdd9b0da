/** Finds the files of records that are tables, and reads each into a table, whatever its format. */
import type { Delegated, Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { resolveReference } from '../references/resolve-reference.ts';
import { placeIn } from '../sources.ts';
import { readStructured } from './structured.ts';
import { MOST_ROWS, type Table, type TableReading } from './table.ts';

const TABLE = /\.(?:csv|tsv|ya?ml|json)$/i;
const SEPARATED = /\.(?:csv|tsv)$/i;
const MOST_FILES = 200;

/** Where a collector notes what it could not read, and what is kept elsewhere. */
export interface Notes {
  readonly unread: Unread[];
  readonly delegated: Delegated[];
}

/** A file and the table in it. */
export interface FileTable {
  readonly file: SourceFile;
  readonly table: Table;
}

/** The tables in the files that the manifest names, else in those that are called so; `keys` hold the list in YAML and JSON. */
export async function tablesFor(
  wanted: { readonly reference: string | undefined; readonly named: RegExp; readonly keys: readonly string[] },
  sources: Sources,
  notes: Notes,
): Promise<readonly FileTable[]> {
  const { reference, named, keys } = wanted;
  const all =
    reference === undefined
      ? sources.files.filter((file) => file.class === 'source' && TABLE.test(file.path) && named.test(file.path))
      : claimedFiles(reference, sources, notes);
  const files = all.slice(0, MOST_FILES);
  if (all.length > MOST_FILES)
    notes.unread.push({ at: { path: '.' }, reason: 'limit', detail: `only ${MOST_FILES} such files are read` });
  const csv = files.some(({ path }) => SEPARATED.test(path)) ? (await import('./csv.ts')).readCsv : undefined;
  return files.flatMap((file) => {
    const reading =
      csv && SEPARATED.test(file.path)
        ? separated(file, csv, sources, notes.unread)
        : structured(file, keys, sources, notes.unread);
    return tableIn(file, reading, notes.unread);
  });
}

function claimedFiles(reference: string, sources: Sources, { unread, delegated }: Notes): readonly SourceFile[] {
  const { outcome, files } = resolveReference(reference.replace(/#.*$/s, ''), sources, unread);
  if (outcome === 'root-not-at-hand') delegated.push({ at: { path: sources.manifest.path }, to: reference });
  return files.filter(({ path }) => TABLE.test(path));
}

function tableIn(file: SourceFile, reading: TableReading | undefined, unread: Unread[]): readonly FileTable[] {
  if (!reading) return [];
  if ('trouble' in reading) {
    unread.push({ at: placeIn(file), reason: 'invalid-syntax', detail: reading.trouble });
    return [];
  }
  if (reading.table.cut)
    unread.push({ at: placeIn(file), reason: 'limit', detail: `only its first ${MOST_ROWS} rows are read` });
  return [{ file, table: reading.table }];
}

type CsvReader = (text: string) => TableReading;

function separated(file: SourceFile, csv: CsvReader, sources: Sources, unread: Unread[]): TableReading | undefined {
  const text = sources.text(file, unread);
  return text === undefined ? undefined : csv(text);
}

function structured(
  file: SourceFile,
  keys: readonly string[],
  sources: Sources,
  unread: Unread[],
): TableReading | undefined {
  const yaml = sources.yaml(file, unread);
  if (!yaml) return undefined;
  const [error] = yaml.errors;
  if (error) return { trouble: `line ${error.line} cannot be read: ${error.message.slice(0, 120)}` };
  const [document] = yaml.documents;
  return document ? readStructured(document, keys) : { trouble: 'it is empty' };
}
