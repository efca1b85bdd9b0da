/** Finds a repository's git folder and reads its references as plain bounded files. Runs no git and trusts no setting in it. */
import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isWithin, readPlain } from './read-file.ts';
import { realPath } from './real-path.ts';

/** Where git keeps what belongs to one work tree; real paths. */
export interface GitDir {
  /** HEAD and index of this work tree. */
  readonly own: string;
  /** References, objects and `shallow`, shared by all work trees. */
  readonly shared: string;
  readonly hash: 'sha1' | 'sha256';
}

/** The git folder, or why there is none that may be read. */
export type Located = { readonly ok: true; readonly git: GitDir } | { readonly ok: false; readonly reason: string };

/** A commit, or why there is none. */
export type Resolved = { readonly ok: true; readonly commit: string } | { readonly ok: false; readonly reason: string };

const SMALL = 64 * 1024;
const PACKED_REFS_CAP = 64 * 1024 * 1024;
const SHALLOW_CAP = 16 * 1024 * 1024;
const NOT_GIT = 'not a git repository';
/** Why HEAD stands for no commit where nothing is wrong with it. */
export const NO_COMMIT = 'the repository has no commits yet';
const ELSEWHERE = 'its .git file leads to a place that does not name this folder, so it is not followed';

/** The git folder of a work tree, or of a bare repository at that very path; `root` is a real path. */
export function locateGit(root: string): Located {
  const path = join(root, '.git');
  const kind = lstatSync(path, { throwIfNoEntry: false });
  if (!kind) return isGitDir(root) ? checked({ own: root, shared: root }) : { ok: false, reason: NOT_GIT };
  if (kind.isSymbolicLink()) return { ok: false, reason: 'its .git is a link, which is not followed' };
  if (kind.isFile()) return locateElsewhere(root, path);
  return isGitDir(path) ? checked({ own: path, shared: path }) : { ok: false, reason: NOT_GIT };
}

/** Whether a folder is laid out as git lays out its own. */
function isGitDir(path: string): boolean {
  const kinds = ['HEAD', 'objects', 'refs'].map((name) => kindAt(join(path, name)));
  return Boolean(kinds[0]?.isFile() && kinds[1]?.isDirectory() && kinds[2]?.isDirectory());
}

/** A `.git` file may only lead to a work tree's or submodule's folder that names this one in return: any other is a way to read foreign repositories. */
function locateElsewhere(root: string, path: string): Located {
  const target = /^gitdir: (.+)$/m.exec(readPlain(root, path, SMALL) ?? '')?.[1]?.trim();
  const own = target === undefined ? undefined : realPath(resolve(root, target));
  if (own === undefined) return { ok: false, reason: 'its .git file leads nowhere' };
  const shared = readPlain(own, join(own, 'commondir'), SMALL)?.trim();
  if (shared !== undefined) return locateWorktree(path, own, realPath(resolve(own, shared)));
  const named = /^\s*worktree\s*=\s*"?([^"\n]+?)"?\s*$/m.exec(readPlain(own, join(own, 'config'), SMALL) ?? '')?.[1];
  const namesUs = named !== undefined && realPath(resolve(own, named)) === root;
  return (namesUs || isWithin(own, root)) && isGitDir(own)
    ? checked({ own, shared: own })
    : { ok: false, reason: ELSEWHERE };
}

function locateWorktree(path: string, own: string, shared: string | undefined): Located {
  const back = readPlain(own, join(own, 'gitdir'), SMALL)?.trim();
  const namesUs = back !== undefined && realPath(resolve(own, back)) === path;
  const registered = shared !== undefined && own === join(shared, 'worktrees', basename(own));
  return namesUs && registered && isGitDir(shared) ? checked({ own, shared }) : { ok: false, reason: ELSEWHERE };
}

function checked(paths: { readonly own: string; readonly shared: string }): Located {
  const { own, shared } = paths;
  if (own === shared && exists(join(own, 'commondir'))) {
    return { ok: false, reason: 'its .git folder names another one in commondir, which is not followed' };
  }
  const settings = readPlain(shared, join(shared, 'config'), SMALL) ?? '';
  return {
    ok: true,
    git: { own, shared, hash: /^\s*objectformat\s*=\s*"?sha256/im.test(settings) ? 'sha256' : 'sha1' },
  };
}

/** Why git must not be let near this object store; undefined when it may. */
export function storeTrouble({ shared }: GitDir): string | undefined {
  if (exists(join(shared, 'objects', 'info', 'alternates'))) {
    return 'its objects are borrowed from another repository (alternates), which is not followed';
  }
  const folders = [shared, 'objects', 'objects/info', 'objects/pack'].map((name) => resolve(shared, name));
  return folders.some(holdsLinks) ? 'its object store holds links, which are not followed' : undefined;
}

function holdsLinks(folder: string): boolean {
  try {
    return readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isSymbolicLink());
  } catch {
    return false;
  }
}

/** The commit that HEAD stands for. */
export function headCommit(git: GitDir): Resolved {
  if (exists(join(git.shared, 'reftable')))
    return { ok: false, reason: 'its references are stored as reftable, which is not read' };
  const commit = follow(git, 'HEAD', 0);
  return commit === undefined ? { ok: false, reason: NO_COMMIT } : { ok: true, commit };
}

/** The object a branch, tag or full reference name stands for, in the order in which git looks. */
export function namedObject(git: GitDir, name: string): string | undefined {
  if (name === 'HEAD' || name === '@') return follow(git, 'HEAD', 0);
  const places = [
    name,
    `refs/${name}`,
    `refs/tags/${name}`,
    `refs/heads/${name}`,
    `refs/remotes/${name}`,
    `refs/remotes/${name}/HEAD`,
  ];
  for (const place of places.filter((it) => it.startsWith('refs/'))) {
    const found = follow(git, place, 0);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Commits whose parents a shallow clone left behind; none in any other. */
export function shallowCommits({ shared }: GitDir): readonly string[] {
  return (readPlain(shared, join(shared, 'shallow'), SHALLOW_CAP) ?? '').split('\n').filter(isObjectId);
}

/** All that decides what history says: commits never change, so that it is enough to know where it begins and ends and what is tagged in it. */
export function pastFrom(git: GitDir, commit: string): string {
  return JSON.stringify([commit, shallowCommits(git), [...tagObjects(git)], storeTrouble(git) ?? null]);
}

/** Tags read at the most, and how deep their names may nest. */
const TAGS_CAP = 20_000;
const TAG_DEPTH = 4;

/** Object ids of all tags by name: commits, or the tag objects of annotated ones. */
export function tagObjects(git: GitDir): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  const text = readPlain(git.shared, join(git.shared, 'packed-refs'), PACKED_REFS_CAP) ?? '';
  for (const [, id = '', name = ''] of text.matchAll(/^([0-9a-f]{40,64}) refs\/tags\/(\S+)$/gm)) {
    if (tags.size >= TAGS_CAP) break;
    tags.set(name, id);
  }
  for (const name of looseTags(join(git.shared, 'refs', 'tags'), '', 0)) {
    const id = tags.size < TAGS_CAP ? follow(git, `refs/tags/${name}`, 0) : undefined;
    if (id !== undefined) tags.set(name, id);
  }
  return tags;
}

function looseTags(folder: string, prefix: string, depth: number): readonly string[] {
  if (depth > TAG_DEPTH) return [];
  try {
    return readdirSync(folder, { withFileTypes: true })
      .slice(0, TAGS_CAP)
      .flatMap((entry) => {
        const name = `${prefix}${entry.name}`;
        if (entry.isDirectory()) return looseTags(join(folder, entry.name), `${name}/`, depth + 1);
        return entry.isFile() ? [name] : [];
      });
  } catch {
    return [];
  }
}

/** Whether a text is an object's full id. */
export function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

function follow(git: GitDir, name: string, hops: number): string | undefined {
  if (hops > 5 || !isRefName(name)) return undefined;
  const folder = name === 'HEAD' || /^refs\/(bisect|worktree|rewritten)\//.test(name) ? git.own : git.shared;
  const text = readPlain(folder, join(folder, name), SMALL)?.trim();
  if (text === undefined || text === '') return name === 'HEAD' ? undefined : packed(git, name);
  const next = /^ref:\s*(\S.*)$/.exec(text)?.[1];
  if (next !== undefined) return follow(git, next, hops + 1);
  return isObjectId(text) ? text : undefined;
}

/** git's own rules for names, so that no name can leave the folder or mean another file. */
function isRefName(name: string): boolean {
  if (name === 'HEAD') return true;
  return /^refs\/[^\0-\x20\x7f~^:?*[\\]+$/.test(name) && !/\/\/|\/\.|\.\.|@\{|\.lock(\/|$)|[/.]$/.test(name);
}

function packed(git: GitDir, name: string): string | undefined {
  const text = readPlain(git.shared, join(git.shared, 'packed-refs'), PACKED_REFS_CAP) ?? '';
  const end = text.indexOf(` ${name}\n`);
  if (end < 0) return undefined;
  const id = text.slice(text.lastIndexOf('\n', end) + 1, end);
  return isObjectId(id) ? id : undefined;
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** What stands at a path; nothing where the folder may not be entered. */
function kindAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The nearest folder at or above a real path that holds a `.git`; undefined when there is none. */
export function repositoryAbove(path: string): string | undefined {
  const kind = kindAt(join(path, '.git'));
  if (kind?.isFile() || kind?.isSymbolicLink() || isGitDir(join(path, '.git'))) return path;
  const parent = dirname(path);
  return parent === path ? undefined : repositoryAbove(parent);
}
