/** Opens an advisory database and looks packages up by reading only their lines. Trusts nothing in either file. */
import { createHash } from 'node:crypto';
import type { Advisory } from '../advisory.ts';
import { comparedName } from '../package-name.ts';
import type { DatabaseBytes, Found, Opened } from './database.ts';
import { type HeaderLine, jsonOf, readHeader, readOrNothing } from './header.ts';
import { type Entry, hashOf, type Index, indexBytes, indexIn } from './index-file.ts';
import { advisoryOfRow } from './row.ts';
import { entriesByScan, nameIn, piecesOf, textOf } from './scan.ts';

const LONGEST_LINE = 16 * 1024 * 1024;
const MOST_ROWS = 100_000;

/** Opens a database; without an index, or with one that is not of this file, the index is made anew by one scan. Never throws. */
export function openDatabase(bytes: DatabaseBytes, idx?: Uint8Array): Opened {
  const line = readHeader(bytes);
  if ('trouble' in line) return line;
  const given = idx && indexIn(idx, line.header.digest);
  const index = given?.size === line.header.packages ? given : rebuilt(bytes, line);
  if (index === undefined) return { trouble: 'it is damaged: its lines are not what its header says' };
  const troubles = idx && index !== given ? ['its index is not of this file, and was made anew in memory'] : [];
  return { database: { header: line.header, troubles, lookup: (names) => lookup(bytes, line, index, names) } };
}

/** Reads the whole file and holds it against its header and digest: the sentences that say what is wrong with it, none where it is whole. */
export function verifyDatabase(bytes: DatabaseBytes): readonly string[] {
  const line = readHeader(bytes);
  if ('trouble' in line) return [line.trouble];
  const hash = createHash('sha256');
  for (const { piece } of piecesOf(bytes, line.length)) hash.update(piece);
  if (hash.digest('hex') !== line.header.digest) return ['it is damaged: its contents are not what its digest says'];
  const entries = entriesByScan(bytes, line.length);
  if (entries?.length !== line.header.packages) return ['it is damaged: its lines are not what its header says'];
  return entries.flatMap((entry) => {
    const { trouble } = lineAt(bytes, entry);
    return trouble === undefined ? [] : [trouble];
  });
}

function rebuilt(bytes: DatabaseBytes, { header, length }: HeaderLine): Index | undefined {
  const entries = entriesByScan(bytes, length);
  return entries?.length === header.packages ? indexIn(indexBytes(entries, header.digest), header.digest) : undefined;
}

function lookup(bytes: DatabaseBytes, { header, length }: HeaderLine, index: Index, names: Iterable<string>): Found {
  const advisories = new Map<string, readonly Advisory[]>();
  const troubles: string[] = [];
  for (const asked of new Set(names)) {
    const name = comparedName(header.ecosystem, asked);
    for (const entry of index.entries(hashOf(name))) {
      const line = entry.offset < length ? { trouble: 'its index points outside of it' } : lineAt(bytes, entry);
      if (line.trouble !== undefined) troubles.push(`${asked}: ${line.trouble}`);
      else if (line.name === name) advisories.set(asked, line.advisories);
    }
  }
  return { advisories, troubles };
}

type Line =
  | { readonly name: string; readonly advisories: readonly Advisory[]; readonly trouble?: undefined }
  | { readonly trouble: string };

/** The line that an entry points at. The hash tells whether it is one: an entry may point anywhere. */
function lineAt(bytes: DatabaseBytes, { hash, offset, length }: Entry): Line {
  const read = length > LONGEST_LINE || offset + length > bytes.size ? undefined : readOrNothing(bytes, offset, length);
  const name = read?.length === length ? nameIn(read) : undefined;
  if (read === undefined || name === undefined || hashOf(name) !== hash)
    return { trouble: 'its line is not where the index says' };
  const advisories = advisoriesIn(jsonOf(textOf(read.subarray(Buffer.byteLength(name) + 1))));
  return advisories === undefined ? { trouble: 'its line cannot be read' } : { name, advisories };
}

function advisoriesIn(rows: unknown): readonly Advisory[] | undefined {
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > MOST_ROWS) return undefined;
  const advisories: Advisory[] = [];
  for (const row of rows) {
    const advisory = advisoryOfRow(row);
    if (advisory === undefined) return undefined;
    advisories.push(advisory);
  }
  return advisories;
}
