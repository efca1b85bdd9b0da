/**
 * Where bare clones are kept: a folder for each repository, in it a folder for each time it was cloned. A clone gets its
 * name when it is whole, and one that another run may still read is not taken away.
 */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../input-error.ts';
import { BARE_CONFIG } from './bare-layout.ts';
import { type GitDir, locateGit, storeTrouble } from './git-dir.ts';
import { hasGone, willLeave } from './leftovers.ts';
import { realPath } from './real-path.ts';
import { asInputError } from './write.ts';

const WHOLE = 'clone-';
const WAITING = '.new-';
/** Milliseconds for which a clone that is no longer the newest may be in use. */
const DAY = 86_400_000;
/** Each fetch adds a pack, and what is in many is found slowly. */
const MOST_PACKS = 20;
const LONGEST_NAME = 150;

/** Makes the folder of all clones where there is none; throws an InputError where it may not be used. */
export function openShelf(path: string, named: boolean): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw asInputError(error, path);
  }
  const { uid, mode } = lstatSync(path);
  const real = realPath(path);
  if (real === undefined) throw new InputError(`"${path}" cannot be opened`, '--clones', 'name another folder');
  // What is below the user's own cache is nobody else's; a folder that the operator names is the operator's choice.
  const ours = named || userInfo().uid < 0 || (uid === userInfo().uid && (mode & 0o022) === 0);
  if (ours) return real;
  throw new InputError(
    `others may change what is in "${path}"`,
    '--clones',
    'make it yours alone, or name another folder',
  );
}

/** The file name of an id: two ids never have the same, not even where capitals do not count, and none is a path. */
export function fileNameOf(id: string): string {
  const name = [...Buffer.from(id, 'utf8')]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[a-z0-9_-]/.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
  // No short name holds a tilde.
  return name.length <= LONGEST_NAME && name !== '' ? name : `~${createHash('sha256').update(id).digest('hex')}`;
}

/** What the folder of a clone is called: as that of a checkout would be, because a service without a name gets it. */
function folderNameOf(id: string): string {
  const last = id.split('/').at(-1) ?? '';
  const name = last.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 100);
  return `${/^\.{0,2}$/.test(name) ? 'repository' : name}.git`;
}

/** A clone on the shelf. */
export interface KeptClone {
  readonly git: GitDir;
  /** Objects were taken that git's own checks do not pass. */
  readonly unchecked: boolean;
}

/** The newest clone of a repository that is as we made it; undefined where there is none, or it is worn. */
export function keptClone(shelf: string, id: string): KeptClone | undefined {
  const place = join(shelf, fileNameOf(id));
  for (const clone of newestFirst(place)) {
    const kept = opened(join(place, clone, folderNameOf(id)));
    if (kept) return kept;
  }
  return undefined;
}

function newestFirst(place: string): readonly string[] {
  return namesIn(place)
    .filter((name) => name.startsWith(WHOLE))
    .map((name) => ({ name, at: ageOf(join(place, name)) }))
    .sort((a, b) => b.at - a.at || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

/** Settings run programs, so a clone whose settings are not ours to the byte is none of ours. */
function opened(dir: string): KeptClone | undefined {
  const git = laidOutAt(dir);
  if (!git) return undefined;
  const packs = namesIn(join(dir, 'objects', 'pack')).filter((name) => name.endsWith('.pack'));
  if (storeTrouble(git) !== undefined || packs.length > MOST_PACKS) return undefined;
  return { git, unchecked: namesIn(dirname(dir)).includes(UNCHECKED) };
}

function laidOutAt(dir: string): GitDir | undefined {
  try {
    const located = locateGit(dir);
    if (!located.ok || located.git.own !== dir) return undefined;
    return readFileSync(join(dir, 'config'), 'utf8') === BARE_CONFIG[located.git.hash] ? located.git : undefined;
  } catch {
    return undefined;
  }
}

/** Beside a clone whose objects git's own checks do not pass. */
export const UNCHECKED = 'unchecked';

/** An empty folder in which a clone is made; `id` decides what it is called. */
export function waitingClone(shelf: string, id: string): string {
  const place = join(shelf, fileNameOf(id));
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const waiting = mkdtempSync(join(place, WAITING));
  willLeave(waiting);
  const dir = join(waiting, folderNameOf(id));
  mkdirSync(dir);
  return dir;
}

/** Gives a clone that is whole its place; answers where it is then. */
export function shelve(dir: string): string {
  const waiting = dirname(dir);
  const whole = join(dirname(waiting), basename(waiting).replace(WAITING, WHOLE));
  renameSync(waiting, whole);
  hasGone(waiting);
  return join(whole, basename(dir));
}

/** Removes a clone that has not become whole. */
export function discard(dir: string): void {
  rmSync(dirname(dir), { recursive: true, force: true });
  hasGone(dirname(dir));
}

/** Marks a clone as used, and removes others of the same repository that nobody has used for a day. `now`: milliseconds since 1970. */
export function tidyAround(dir: string, now: number): void {
  const used = dirname(dir);
  const place = dirname(used);
  utimesSync(used, now / 1000, now / 1000);
  for (const name of namesIn(place)) {
    const other = join(place, name);
    if (other !== used && now - ageOf(other) > DAY) rmSync(other, { recursive: true, force: true });
  }
}

function ageOf(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
