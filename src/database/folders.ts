/** Where databases are looked for and where one is kept. Knows no environment: it is told. */
import { join, resolve } from 'node:path';

/** What decides where the database is. */
export interface Whereabouts {
  /** By `--db`, or by GONOGO_DB. */
  readonly named?: string;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's own folder. */
  readonly home: string;
  /** A folder that is installed along with the program. */
  readonly installed?: string;
}

/** A folder that may hold a database. */
export interface Folder {
  readonly path: string;
  /** Somebody named it, so its owner is the user's choice. */
  readonly named: boolean;
}

/** Folders in which databases are looked for; updates go to the first. */
export function databaseFolders(where: Whereabouts): readonly Folder[] {
  if (where.named !== undefined) return [{ path: resolve(where.named), named: true }];
  const cache = cacheFolder(where);
  return [
    ...(cache === undefined ? [] : [{ path: join(cache, 'gonogo', 'db'), named: false }]),
    ...(where.installed === undefined ? [] : [{ path: where.installed, named: true }]),
  ];
}

/** Where this user's programs keep what they can make or fetch again. Only absolute paths count, as the XDG specification has it. */
export function cacheFolder({
  platform,
  env,
  home,
}: Pick<Whereabouts, 'platform' | 'env' | 'home'>): string | undefined {
  const given = platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  if (given !== undefined && /^([/\\]|[a-z]:[/\\])/i.test(given)) return given;
  if (home === '') return undefined;
  return platform === 'win32' ? join(home, 'AppData', 'Local') : join(home, '.cache');
}
