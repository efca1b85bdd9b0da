/** The data on advisories in some folders: of each ecosystem the newest, opened when it is first asked for and once, however many ask. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Database } from '../advisories/database/database.ts';
import { type Exploited, readExploited } from '../advisories/database/exploited.ts';
import { type MalwareList, openMalware } from '../advisories/database/malware.ts';
import { openDatabase } from '../advisories/database/open.ts';
import type { Ecosystem } from '../versions/order.ts';
import { EXPLOITED_FILE, filesOf } from './ecosystems.ts';
import type { Folder } from './folders.ts';
import { openTrusted, readTrusted } from './trusted-file.ts';

/** The best there is, and what is wrong with any. */
export interface Newest<T> {
  readonly best: T | undefined;
  readonly troubles: readonly string[];
}

/** Data that is opened on use. */
export interface OpenData {
  database(ecosystem: Ecosystem): Newest<OpenedDatabase>;
  malware(ecosystem: Ecosystem): Newest<OpenedList>;
  exploited(): Newest<OpenedCatalogue>;
}

/** A database, and where it is. */
export interface OpenedDatabase {
  readonly database: Database;
  readonly folder: Folder;
}

const MOST_INDEX = 256 << 20;
const MOST_MALWARE = 256 << 20;
const MOST_EXPLOITED = 16 << 20;

/** Opens nothing yet. */
export function openData(folders: readonly Folder[]): OpenData {
  function best<T extends { readonly asOf: string; readonly partial?: boolean }>(
    find: (folder: Folder, troubles: Set<string>) => readonly T[],
  ): Newest<T> {
    const troubles = new Set<string>();
    return { best: newest(folders.flatMap((it) => find(it, troubles))), troubles: [...troubles] };
  }
  const exploited = memory((_: 'all') => best(exploitedIn));
  return {
    database: memory((ecosystem: Ecosystem) => best((folder, troubles) => openIn(folder, ecosystem, troubles))),
    malware: memory((ecosystem: Ecosystem) => best((folder, troubles) => malwareIn(folder, ecosystem, troubles))),
    exploited: () => exploited('all'),
  };
}

/** Each answer is found once. */
function memory<K, V>(find: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, find(key));
    return known.get(key) as V;
  };
}

/** Whole before partial, then the latest; of equals the first folder's. */
function newest<T extends { readonly asOf: string; readonly partial?: boolean }>(all: readonly T[]): T | undefined {
  return all.reduce<T | undefined>((best, it) => (best === undefined || isBetter(it, best) ? it : best), undefined);
}

function isBetter(
  a: { readonly asOf: string; readonly partial?: boolean },
  b: { readonly asOf: string; readonly partial?: boolean },
): boolean {
  if ((a.partial ?? false) !== (b.partial ?? false)) return !a.partial;
  return Date.parse(a.asOf) > Date.parse(b.asOf);
}

function openIn(
  folder: Folder,
  ecosystem: Ecosystem,
  troubles: Set<string>,
): readonly (OpenedDatabase & { readonly asOf: string; readonly partial: boolean })[] {
  const { adv, idx } = filesOf(ecosystem);
  const opened = openTrusted(folder, adv);
  if (opened === undefined) return [];
  const path = join(folder.path, adv);
  if ('trouble' in opened) return refused(troubles, opened.trouble);
  const index = readTrusted(folder, idx, MOST_INDEX);
  const answer = openDatabase(opened.file, index && 'bytes' in index ? index.bytes : undefined);
  if ('trouble' in answer) {
    opened.file.close();
    return refused(troubles, `${path}: ${answer.trouble}`);
  }
  const { database } = answer;
  const { header } = database;
  if (header.ecosystem !== ecosystem)
    return refused(troubles, `${path} holds data on ${header.ecosystem} under another name`);
  for (const trouble of database.troubles) troubles.add(`${path}: ${trouble}`);
  return [{ database, folder, asOf: header.asOf, partial: !header.complete }];
}

function refused(troubles: Set<string>, trouble: string): readonly [] {
  troubles.add(trouble);
  return [];
}

/** A list of malicious packages. */
export interface OpenedList {
  readonly list: MalwareList;
  /** Of the file. */
  readonly digest: string;
  readonly asOf: string;
  readonly folder: Folder;
}

function malwareIn(folder: Folder, ecosystem: Ecosystem, troubles: Set<string>): readonly OpenedList[] {
  const { malware } = filesOf(ecosystem);
  const read = readTrusted(folder, malware, MOST_MALWARE);
  if (read === undefined) return [];
  if ('trouble' in read) return refused(troubles, read.trouble);
  const answer = openMalware(read.bytes);
  const path = join(folder.path, malware);
  if ('trouble' in answer) return refused(troubles, `${path}: ${answer.trouble}`);
  if (answer.list.ecosystem !== ecosystem)
    return refused(troubles, `${path} holds data on ${answer.list.ecosystem} under another name`);
  return [{ list: answer.list, digest: sumOf(read.bytes), asOf: answer.list.asOf, folder }];
}

/** The catalogue of what is exploited. */
export interface OpenedCatalogue {
  readonly exploited: Exploited;
  /** Of the file. */
  readonly digest: string;
  readonly asOf: string;
  readonly folder: Folder;
}

function exploitedIn(folder: Folder, troubles: Set<string>): readonly OpenedCatalogue[] {
  const read = readTrusted(folder, EXPLOITED_FILE, MOST_EXPLOITED);
  if (read === undefined) return [];
  if ('trouble' in read) return refused(troubles, read.trouble);
  const answer = readExploited(read.bytes.toString('utf8'));
  return 'trouble' in answer
    ? refused(troubles, `${join(folder.path, EXPLOITED_FILE)}: ${answer.trouble}`)
    : [{ ...answer, digest: sumOf(read.bytes), folder }];
}

function sumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
