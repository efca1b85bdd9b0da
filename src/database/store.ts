/** Advisories on disk as a source: of each ecosystem the newest database in the folders, opened when it is first asked and read where it is asked. */
import { join } from 'node:path';
import type { Advisory, AdvisorySource, DataState } from '../advisories/advisory.ts';
import { EXPLOITED_STATE, malwareState } from '../advisories/data-states.ts';
import type { DatabaseHeader } from '../advisories/database/database.ts';
import { withExploited } from '../advisories/database/exploited.ts';
import { SERVED } from '../advisories/package-name.ts';
import type { Ecosystem } from '../versions/order.ts';
import { filesOf } from './ecosystems.ts';
import type { Folder } from './folders.ts';
import { withMalware } from './malicious.ts';
import {
  type Newest,
  type OpenData,
  type OpenedCatalogue,
  type OpenedDatabase,
  type OpenedList,
  openData,
} from './opened.ts';

/** A source that can also say what its data is made of. */
export interface Store extends AdvisorySource {
  /** The header of an ecosystem's database, and the folder that it is in. */
  describe(ecosystem: Ecosystem): { readonly header: DatabaseHeader; readonly folder: string } | undefined;
  /** What tells the data that is looked up from any other, the same wherever it lies. */
  identity(): readonly string[];
  /** The troubles with the places of the files that have them. */
  troublesHere(): readonly string[];
  /** The flag of what is known to be exploited, for advisories from elsewhere. */
  flagged(advisory: Advisory): Advisory;
}

/** Opens nothing yet. What cannot be used is a trouble, and as if it were not there. Stores over the same data open it once, and each tells only of what it was asked itself. */
export function openStore(folders: readonly Folder[], data: OpenData = openData(folders)): Store {
  const troubles = new Set<string>();
  const unreadable = new Map<Ecosystem, Set<string>>();
  function told<T>({ best, troubles: found }: Newest<T>): T | undefined {
    for (const trouble of found) troubles.add(trouble);
    return best;
  }
  const database = (ecosystem: Ecosystem) => told(data.database(ecosystem));
  const malware = (ecosystem: Ecosystem) => told(data.malware(ecosystem));
  const exploited = () => told(data.exploited());
  /** A report says nothing of where data lies on this machine. */
  function placeless(): readonly string[] {
    return [...troubles].map((it) => folders.reduce((text, { path }) => text.replaceAll(join(path, '/'), ''), it));
  }
  function flagged(advisory: Advisory): Advisory {
    const known = exploited()?.exploited;
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
      exploited()?.digest ?? '',
      ...placeless(),
    ],
    troublesHere: () => [...troubles],
    get states() {
      return [
        ...SERVED.flatMap((ecosystem) => statesOf(ecosystem, database(ecosystem), malware(ecosystem))),
        ...exploitedState(exploited()),
      ];
    },
    get troubles() {
      return placeless();
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

function isUnreadable(database: OpenedDatabase['database'], name: string): boolean {
  return database.lookup([name]).troubles.length > 0;
}

function statesOf(
  ecosystem: Ecosystem,
  opened: OpenedDatabase | undefined,
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
