/** Runs in a folder: one file of gzipped JSON lines each, named by day and id, written whole or not at all. Retention is the operator's: a file that is removed is a run less. */
import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { InputError } from '../input-error.ts';
import type { Store } from '../model-trend.ts';
import { asInputError, writeFileSafely } from '../repo/write.ts';
import { keptText, parseKept, type Unfolded } from './kept-text.ts';
import { keptOf } from './line.ts';

/** Bytes of a file that is read at all, and of what it may unfold to: a hundred thousand services are about 60 MB. */
const FILE_CAP = 32 * 1024 * 1024;
const TEXT_CAP = 128 * 1024 * 1024;

const NAME = /^(\d{4}-\d{2}-\d{2})-([0-9a-f]{16})\.jsonl\.gz$/;

/** A store in a folder, which is made where it is missing; `note` is told of files that cannot be read, once each. */
export function folderStore(folder: string, note: (sentence: string) => void): Store {
  const told = new Set<string>();
  const read = (name: string): Unfolded | undefined => {
    const kept = readRun(join(folder, name));
    if (typeof kept !== 'string') return kept;
    if (!told.has(name)) note(`${join(folder, name)} is left out: ${kept}`);
    told.add(name);
    return undefined;
  };
  return {
    async push(header, rows) {
      const kept = keptOf(header, rows());
      const path = join(folder, `${kept.run.asOf}-${kept.run.id}.jsonl.gz`);
      if (typeof readRun(path) !== 'string') return 'known';
      makeFolder(folder);
      // Two processes that push the same run write the same bytes.
      writeFileSafely(path, gzipSync(keptText(kept), { level: 9 }), { force: true });
      return 'stored';
    },
    runs: async () => filesIn(folder).flatMap((name) => read(name)?.run ?? []),
    async lines(id) {
      const name = filesIn(folder).find((it) => NAME.exec(it)?.[2] === id);
      const kept = name === undefined ? undefined : read(name);
      if (!kept) throw new InputError(`there is no run ${id} in "${folder}"`, '--store', 'see `gonogo store list`');
      return kept.lines();
    },
    close: async () => undefined,
  };
}

/** Names of its runs' files, the oldest day first; those of one day in the order in which they were written. */
function filesIn(folder: string): readonly string[] {
  return namesIn(folder)
    .flatMap((name) => {
      const day = NAME.exec(name)?.[1];
      const status = day === undefined ? undefined : statSync(join(folder, name), { throwIfNoEntry: false });
      return day !== undefined && status ? [{ name, day, written: status.mtimeMs }] : [];
    })
    .sort((a, b) => (a.day === b.day ? a.written - b.written || (a.name < b.name ? -1 : 1) : a.day < b.day ? -1 : 1))
    .map(({ name }) => name);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unopened(folder, error);
  }
}

function unopened(folder: string, error: unknown): InputError {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  const why =
    code === 'ENOTDIR' ? 'it is no folder' : code === 'EACCES' ? 'it may not be read' : `the system says ${code}`;
  return new InputError(
    `the store "${folder}" cannot be opened: ${why}`,
    '--store',
    'give a folder that you may read and write',
  );
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw asInputError(error, folder);
  }
}

/** A run, or why its file holds none. */
function readRun(path: string): Unfolded | string {
  try {
    const status = lstatSync(path, { throwIfNoEntry: false });
    if (!status) return 'there is no such file';
    if (!status.isFile()) return 'it is not a regular file';
    if (status.size > FILE_CAP) return `it is larger than ${FILE_CAP / 1024 / 1024} MB`;
    return parseKept(gunzipSync(readFileSync(path), { maxOutputLength: TEXT_CAP }).toString('utf8'));
  } catch (error) {
    return whyNot(error as NodeJS.ErrnoException);
  }
}

function whyNot({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ERR_BUFFER_TOO_LARGE') return `it unfolds to more than ${TEXT_CAP / 1024 / 1024} MB`;
  if (code === 'Z_BUF_ERROR') return 'it ends early';
  if (code?.startsWith('Z_')) return 'it is damaged';
  return code === 'EACCES' ? 'it may not be read' : `the system says ${code ?? message}`;
}
