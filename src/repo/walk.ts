/** Walks a folder without ever entering a link, and says which files git would list there. Opens nothing but `.gitignore` files. */
import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import type { Unread, UnreadReason } from '../model.ts';
import { addRules, enter, ignoresFile, type Rules } from './ignore-rules.ts';
import { readPlain } from './read-file.ts';

/** A file or link as it was when the folder was walked. */
export interface Seen {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds, with as much of a fraction as a number holds. */
  readonly time: number;
  /** The same for the last change of anything about it, which no program sets. */
  readonly changed: number;
  /** Which file it is, whatever it is called. */
  readonly device: number;
  readonly inode: number;
  /** What kind of file it is and who may do what with it, as the system keeps it. */
  readonly mode: number;
  readonly link: boolean;
}

/** What a walk found; paths are relative to the root. */
export interface Walked {
  readonly seen: Map<string, Seen>;
  readonly skipped: Unread[];
}

/** What the walk should know beforehand. */
export interface WalkOptions {
  /** Paths that count although a rule ignores them. */
  readonly tracked: ReadonlySet<string>;
  /** Folders that belong to other repositories. */
  readonly submodules: ReadonlySet<string>;
  /** Text of `.git/info/exclude`. */
  readonly exclude?: string;
  /** `LIMITS` when not given. */
  readonly limits?: Limits;
}

/** How deep and how large a tree may be. */
export interface Limits {
  readonly depth: number;
  readonly entries: number;
}

/** Deeper and larger trees are cut off and say so. */
export const LIMITS: Limits = { depth: 64, entries: 200_000 };

const IGNORE_FILE_CAP = 512 * 1024;

interface State extends WalkOptions, Walked {
  readonly root: string;
  readonly limits: Limits;
  left: number;
}

/** Walks a folder given by its real path. */
export function walk(root: string, options: WalkOptions): Walked {
  const limits = options.limits ?? LIMITS;
  const state: State = { ...options, root, limits, seen: new Map(), skipped: [], left: limits.entries };
  visit(state, '', options.exclude === undefined ? [] : addRules([], '', options.exclude), 0);
  if (state.left < 0) skip(state, '.', 'limit', `only the first ${limits.entries} entries were listed`);
  return { seen: state.seen, skipped: state.skipped };
}

function visit(state: State, folder: string, outer: Rules, depth: number): void {
  const entries = entriesOf(state, folder);
  // A `.git` of any kind below the root begins another repository.
  if (depth > 0 && entries.some(({ name }) => name === '.git')) return;
  const base = folder === '' ? '' : `${folder}/`;
  const rules = entries.some((entry) => entry.name === '.gitignore' && entry.isFile())
    ? withFile(state, base, outer)
    : outer;
  for (const entry of entries) {
    if (state.left-- <= 0) return;
    if (entry.name === '.git') continue;
    const path = base + entry.name;
    if (!entry.isDirectory()) file(state, path, entry, rules);
    else if (entry.name !== 'node_modules' && !state.submodules.has(path)) descend(state, path, rules, depth);
  }
}

function entriesOf(state: State, folder: string): readonly Dirent[] {
  try {
    // The order of a folder is the file system's; where a limit cuts, everybody should see the same cut.
    return readdirSync(`${state.root}/${folder}`, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (!isGone(error)) skip(state, folder === '' ? '.' : folder, 'unreadable', 'the folder could not be opened');
    return [];
  }
}

function withFile(state: State, base: string, outer: Rules): Rules {
  const text = readPlain(state.root, `${state.root}/${base}.gitignore`, IGNORE_FILE_CAP);
  return text === undefined ? outer : addRules(outer, base, text);
}

function descend(state: State, path: string, rules: Rules, depth: number): void {
  const inner = enter(rules, path);
  if (inner === undefined) return;
  if (depth + 1 > state.limits.depth) skip(state, path, 'limit', `it lies deeper than ${state.limits.depth} folders`);
  else visit(state, path, inner, depth + 1);
}

function file(state: State, path: string, entry: Dirent, rules: Rules): void {
  if (!state.tracked.has(path) && ignoresFile(rules, path)) return;
  if (entry.isFile() || entry.isSymbolicLink()) look(state, path);
  else skip(state, path, 'unreadable', 'it is neither a file nor a folder nor a link');
}

/** Notes one path; nothing where it is a folder or gone. */
export function look(state: Walked & { readonly root: string }, path: string): void {
  try {
    const stat = lstatSync(`${state.root}/${path}`);
    const link = stat.isSymbolicLink();
    if (!link && !stat.isFile()) return;
    const { size, mtimeMs: time, ctimeMs: changed, dev: device, ino: inode, mode } = stat;
    state.seen.set(path, { size, time, changed, device, inode, mode, link });
  } catch (error) {
    if (path.includes('\uFFFD')) skip(state, path, 'encoding', 'its name is not valid UTF-8');
    else if (!isGone(error)) skip(state, path, 'unreadable', 'it could not be looked at');
  }
}

function skip(state: Pick<Walked, 'skipped'>, path: string, reason: UnreadReason, detail: string): void {
  state.skipped.push({ at: { path }, reason, detail });
}

function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
