/** The cache of rows that flags ask for: by default one of the user's own. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openRowCache, type RowCache } from '../audit/cache.ts';
import { cacheFolderAt } from '../audit/cache-folder.ts';
import { cacheFolder } from '../database/folders.ts';
import { InputError } from '../input-error.ts';
import type { JudgingOptions } from './options.ts';
import { home } from './reference.ts';
import { BUILD } from './version.ts';

/** Flags that bear on it. */
export interface CacheFlags extends Pick<JudgingOptions, 'online' | 'live' | 'debug'> {
  /** Its folder; false where there is to be none. */
  readonly cache?: string | false;
}

/** The cache, and what the user is to know about it. */
export interface CacheHere {
  readonly cache?: RowCache;
  /** A sentence. */
  readonly note?: string;
}

/** Bytes on disk: about 19 KB a repository with all rules. */
const MOST = 512 * 1024 * 1024;

/** Answers of servers, of programs that change while they are written and of checks that are not ours are not kept. */
export function cacheFrom(flags: CacheFlags, ownChecks: number): CacheHere {
  const { cache = usual(), online, live, debug } = flags;
  if (!cache || online || live || debug || ownChecks > 0 || BUILD === undefined) return {};
  const opened = cacheFolderAt(cache);
  if (!opened.ok) return refused(opened.why, cache, flags.cache !== undefined);
  return {
    cache: openRowCache({ folder: opened.folder, writable: opened.writable, most: MOST, clock: Date.now }),
    ...(!opened.writable && { note: `the cache at "${cache}" may not be written to, so nothing new is kept` }),
  };
}

/** A folder that was named is what was asked for; the usual one is a convenience. */
function refused(why: string, path: string, named: boolean): CacheHere {
  const note = `the cache at "${path}" is not used: ${why}`;
  if (named) throw new InputError(note, '--cache', 'name a folder of your own, or use --no-cache');
  return { note };
}

/** Users that are no persons have a home that is not there, and it is not made for this. */
function usual(): string | undefined {
  const own = home();
  const folder = cacheFolder({ platform: process.platform, env: process.env, home: existsSync(own) ? own : '' });
  return folder === undefined ? undefined : join(folder, 'gonogo', 'rows');
}
