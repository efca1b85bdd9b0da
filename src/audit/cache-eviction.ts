/** Makes room in a cache: the oldest entries go, and what killed runs left half written. Touches no file that is not of the cache's own making. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Digits of a key that name its shelf, the folder that holds the entry. */
export const SHELF = 2;
/** How the names of entries end. */
export const ENTRY = '.row';

const IS_SHELF = /^[0-9a-f]{2}$/;
const IS_ENTRY = /^[0-9a-f]{62}\.row$/;
const IS_TEMPORARY = /^\.[0-9a-f]{16}\.tmp$/;
/** Milliseconds after which a file that is not finished has been abandoned: writing one takes less than a second. */
const ABANDONED = 3_600_000;
/** Share of the bound that is left filled, so that room is not made for every row. */
const LEAVE = 0.8;

interface Kept {
  readonly path: string;
  readonly size: number;
  readonly time: number;
}

/** Removes what is too much; another run may do the same at the same time. */
export function evict(folder: string, most: number, now: number): void {
  const files = namesIn(folder)
    .filter((name) => IS_SHELF.test(name))
    .flatMap((shelf) => namesIn(join(folder, shelf)).map((name) => ({ name, path: join(folder, shelf, name) })));
  for (const { name, path } of files)
    if (IS_TEMPORARY.test(name) && (look(path)?.time ?? now) < now - ABANDONED) remove(path);
  const kept = files.flatMap(({ name, path }) => (IS_ENTRY.test(name) ? (look(path) ?? []) : []));
  let total = kept.reduce((sum, { size }) => sum + size, 0);
  if (total <= most) return;
  for (const { path, size } of kept.sort((a, b) => a.time - b.time)) {
    if (total <= most * LEAVE) return;
    remove(path);
    total -= size;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function look(path: string): Kept | undefined {
  try {
    const { size, mtimeMs: time } = statSync(path);
    return { path, size, time };
  } catch {
    return undefined;
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Another run was quicker, or the folder may no longer be written to.
  }
}
