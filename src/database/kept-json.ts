/** Small JSON documents in a folder of the cache. Trouble with the folder only costs time. */
import * as fs from 'node:fs';
import { parsed } from './records.ts';
import { replaceFiles, type Steps } from './replace.ts';
import { readTrusted } from './trusted-file.ts';

/** Documents by name. */
export interface KeptJson {
  /** Undefined where there is none that can be read. */
  get(name: string): unknown;
  put(name: string, value: unknown): void;
}

const MOST = 32 << 20;
/** A cache that has grown larger than this is not added to. */
const MOST_FILES = 100_000;
/** Longest name of a file that every system takes, without its ending. */
const LONGEST = 200;

/** What a crash tears is no JSON any more, and is fetched again. */
const UNSYNCED: Steps = { ...fs, fsyncSync: () => undefined };

/** The folder is made when something is first kept. */
export function keptJson(path: string): KeptJson {
  const folder = { path, named: false };
  let room: number | undefined;
  return {
    get: (name) => {
      const file = fileOf(name);
      const read = file === undefined ? undefined : readTrusted(folder, file, MOST);
      return !read || 'trouble' in read ? undefined : parsed(read.bytes.toString('utf8'));
    },
    put: (name, value) => {
      room ??= MOST_FILES - countIn(path);
      const file = fileOf(name);
      if (room <= 0 || file === undefined) return;
      room -= 1;
      try {
        replaceFiles(path, [{ name: file, bytes: Buffer.from(JSON.stringify(value)) }], UNSYNCED);
      } catch {
        room = 0;
      }
    },
  };
}

/** Slashes and whatever a file system takes for something else are written by their numbers; a name that is too long is not kept. */
function fileOf(name: string): string | undefined {
  const plain = name.replace(/[^A-Za-z0-9.-]/g, (letter) => `_${letter.codePointAt(0)?.toString(16)}_`);
  return plain.length > LONGEST || plain.startsWith('.') ? undefined : `${plain}.json`;
}

function countIn(path: string): number {
  try {
    fs.mkdirSync(path, { recursive: true });
    return fs.readdirSync(path).length;
  } catch {
    return MOST_FILES;
  }
}
