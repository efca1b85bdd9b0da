/** Records that a server gave before, in a folder of the cache, by id and the instant of their last change. Trouble with the folder only costs time. */
import * as fs from 'node:fs';
import type { KeptRecords } from '../online/osv.ts';
import { parsed } from './records.ts';
import { replaceFiles, type Steps } from './replace.ts';
import { readTrusted } from './trusted-file.ts';

const MOST = 32 << 20;
/** A cache that has grown larger than this is not added to. */
const MOST_FILES = 100_000;

/** What a crash tears is no JSON any more, and is fetched again. */
const UNSYNCED: Steps = { ...fs, fsyncSync: () => undefined };

/** The folder is made when something is first kept. */
export function keptRecords(path: string): KeptRecords {
  const folder = { path, named: false };
  let room: number | undefined;
  return {
    get: (id, modified) => {
      const read = readTrusted(folder, nameOf(id), MOST);
      if (!read || 'trouble' in read) return undefined;
      const { modified: of, record } = (parsed(read.bytes.toString('utf8')) ?? {}) as {
        readonly modified?: unknown;
        readonly record?: unknown;
      };
      return of === modified ? record : undefined;
    },
    put: (id, modified, record) => {
      room ??= MOST_FILES - countIn(path);
      if (room <= 0) return;
      room -= 1;
      try {
        replaceFiles(path, [{ name: nameOf(id), bytes: Buffer.from(JSON.stringify({ modified, record })) }], UNSYNCED);
      } catch {
        room = 0;
      }
    },
  };
}

/** Ids hold no slash; a colon is no letter of a name on Windows. */
function nameOf(id: string): string {
  return `${id.replaceAll(':', '_')}.json`;
}

function countIn(path: string): number {
  try {
    fs.mkdirSync(path, { recursive: true });
    return fs.readdirSync(path).length;
  } catch {
    return MOST_FILES;
  }
}
