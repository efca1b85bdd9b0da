/** Advisories on disk as a source: of each ecosystem the newest database in the folders, opened when it is first asked and read where it is asked. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Advisory, AdvisorySource, DataState } from '../advisories/advisory.ts';
import { EXPLOITED_STATE, malwareState } from '../advisories/data-states.ts';
import type { Database, DatabaseHeader } from '../advisories/database/database.ts';
import { type Exploited, readExploited, withExploited } from '../advisories/database/exploited.ts';
import { type MalwareList, openMalware } from '../advisories/database/malware.ts';
import { openDatabase } from '../advisories/database/open.ts';
import { SERVED } from '../advisories/package-name.ts';
import type { Ecosystem } from '../versions/order.ts';
import { EXPLOITED_FILE, filesOf } from './ecosystems.ts';
import type { Folder } from './folders.ts';
import { withMalware } from './malicious.ts';
import { openTrusted, readTrusted } from './trusted-file.ts';

/** A source that can also say what its data is made of. */
export interface Store extends AdvisorySource {
  /** The header of an ecosystem's database, and the folder that it is in. */
  describe(ecosystem: Ecosystem): { readonly header: DatabaseHeader; readonly folder: string } | undefined;
  /** What tells the data that is looked up from any other, the same wherever it lies. */
  identity(): readonly string[];
  /** The flag of what is known to be exploited, for advisories from elsewhere. */
  flagged(advisory: Advisory): Advisory;
}

interface Opened {
  readonly database: Database;
  readonly folder: Folder;
}

const MOST_INDEX = 256 << 20;
const MOST_MALWARE = 256 << 20;
const MOST_EXPLOITED = 16 << 20;

/** Opens nothing yet. What cannot be used is a trouble, and as if it were not there. */
export function openStore(folders: readonly Folder[]): Store {
  const troubles = new Set<string>();
  const unreadable = new Map<Ecosystem, Set<string>>();
  const database = memory((ecosystem: Ecosystem) => newest(folders.flatMap((it) => openIn(it, ecosystem, troubles))));
  const malware = memory((ecosystem: Ecosystem) => newest(folders.flatMap((it) => malwareIn(it, ecosystem, troubles))));
  const exploited = memory((_: 'all') => newest(folders.flatMap((it) => exploitedIn(it, troubles))));
  function flagged(advisory: Advisory): Advisory {
    const known = exploited('all')?.exploited;
    return known ? withExploited(advisory, known) : advisory;
  }
  return {
    flagged,
    describe: (ecosystem) => {
      const opened = database(ecosystem);
      return opened && { header: opened.database.header, folder: opened.folder.path };
    },
    identity: () => [
      ...SERVED.flatMap((it) => [JSON.stringify(database(it)?.database.header ?? ''), malware(it)?.digest ?? '']),
      exploited('all')?.digest ?? '',
      // What cannot be used is told in reports, without its place.
      ...[...troubles].map((trouble) => folders.reduce((text, { path }) => text.replaceAll(path, ''), trouble)),
    ],
    get states() {
      return [
        ...SERVED.flatMap((ecosystem) => statesOf(ecosystem, database(ecosystem), malware(ecosystem))),
        ...exploitedState(exploited('all')),
      ];
    },
    get troubles() {
      return [...troubles];
    },
    unanswered: (ecosystem) => unreadable.get(ecosystem) ?? new Set(),
    lookup: async (ecosystem, packages) => {
      const opened = database(ecosystem);
      if (!opened) return undefined;
      const found = opened.database.lookup(packages.map(({ name }) => name));
      if (found.troubles.length > 0) {
        const path = join(opened.folder.path, filesOf(ecosystem).adv);
        for (const trouble of found.troubles) troubles.add(`${path}: ${trouble}`);
        const names = packages.map(({ name }) => name).filter((name) => isUnreadable(opened.database, name));
        unreadable.set(ecosystem, new Set([...(unreadable.get(ecosystem) ?? []), ...names]));
      }
      const advisories = new Map([...found.advisories].map(([name, all]) => [name, all.map(flagged)]));
      const list = malware(ecosystem)?.list;
      return list ? withMalware(advisories, list, packages) : advisories;
    },
  };
}

function isUnreadable(database: Database, name: string): boolean {
  return database.lookup([name]).troubles.length > 0;
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
): readonly (Opened & { readonly asOf: string; readonly partial: boolean })[] {
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

interface OpenedList {
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

interface OpenedCatalogue {
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

function statesOf(
  ecosystem: Ecosystem,
  opened: Opened | undefined,
  malware: OpenedList | undefined,
): readonly DataState[] {
  const { header } = opened?.database ?? {};
  return [
    ...(opened && header
      ? [
          {
            ecosystem,
            asOf: header.asOf,
            records: header.records,
            from: opened.folder.path,
            ...(!header.complete && { partial: true as const }),
          },
        ]
      : []),
    ...(malware
      ? [
          {
            ecosystem: malwareState(ecosystem),
            asOf: malware.asOf,
            records: malware.list.records,
            from: malware.folder.path,
          },
        ]
      : []),
  ];
}

function exploitedState(opened: OpenedCatalogue | undefined): readonly DataState[] {
  if (!opened) return [];
  const { asOf, exploited, folder } = opened;
  return [{ ecosystem: EXPLOITED_STATE, asOf, records: exploited.size, from: folder.path }];
}
