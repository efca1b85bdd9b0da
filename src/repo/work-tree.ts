/** The files of a work tree: what git tracks there and what it would track, links resolved, with everything left out named. */
import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Unread } from '../model.ts';
import type { GitDir } from './git-dir.ts';
import { type Index, isPlainPath, MODE_SUBMODULE } from './git-index.ts';
import { targetOf } from './links.ts';
import { readPlain } from './read-file.ts';
import type { Listing, RepoFile } from './repo.ts';
import { LIMITS, look, type Seen, type Walked, walk } from './walk.ts';

/** A listing and what is needed to read and compare its files. */
export interface WorkTree {
  readonly listing: Listing;
  /** Every file and link that was looked at, by path. */
  readonly seen: ReadonlyMap<string, Seen>;
  /** The listed file that each listed link stands for. */
  readonly targets: ReadonlyMap<string, string>;
  /** Nothing was out of reach: no limit, no folder that could not be opened. */
  readonly complete: boolean;
}

const SMALL = 512 * 1024;

/** The work tree at a real path; without an index the walk alone decides. */
export function openWorkTree(root: string, git: GitDir | undefined, index: Index | undefined): WorkTree {
  const entries = index?.entries ?? [];
  const submodules = new Set(
    git && index ? entries.filter((it) => it.mode === MODE_SUBMODULE).map((it) => it.path) : declaredSubmodules(root),
  );
  const tracked = entries.filter((it) => it.mode !== MODE_SUBMODULE);
  const exclude = git && readPlain(git.shared, join(git.shared, 'info', 'exclude'), SMALL);
  const walked = walk(root, {
    tracked: new Set(tracked.map((it) => it.path)),
    submodules,
    ...(exclude !== undefined && { exclude }),
  });
  addTracked(
    root,
    walked,
    tracked.filter((it) => !it.skipped).map((it) => it.path),
  );
  const complete = walked.skipped.length === 0;
  const targets = resolveLinks(root, walked);
  const absent = tracked.filter((it) => it.skipped && !walked.seen.has(it.path)).map((it) => it.path);
  const skipped = [...walked.skipped, ...[...submodules].map(submodule), ...sparse(absent)];
  return {
    listing: { files: filesOf(walked, targets), skipped: sorted(skipped) },
    seen: walked.seen,
    targets,
    complete,
  };
}

/** Tracked files that the walk did not meet: ignored ones, and those in folders that it does not enter. */
function addTracked(root: string, walked: Walked, paths: readonly string[]): void {
  const noted = new Set(walked.skipped.map(({ at }) => at.path));
  // What lies in a folder that could not be opened is not named one by one.
  const folders = new Map<string, boolean>([...noted].map((path) => [path, false]));
  folders.set('.', !noted.has('.'));
  for (const path of paths) {
    if (walked.seen.has(path) || noted.has(path)) continue;
    if (walked.seen.size >= LIMITS.entries) return;
    if (isRealFolder(root, dirname(path), folders)) look({ ...walked, root }, path);
  }
}

/** Whether every part of a folder's path is a folder and not a link to one. */
function isRealFolder(root: string, folder: string, known: Map<string, boolean>): boolean {
  const answer = known.get(folder);
  if (answer !== undefined) return answer;
  const is = isRealFolder(root, dirname(folder), known) && isFolder(join(root, folder));
  known.set(folder, is);
  return is;
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

function resolveLinks(root: string, walked: Walked): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  for (const [path, { link }] of walked.seen) {
    if (!link) continue;
    const target = targetOf(root, path, walked.seen);
    if (target.ok) targets.set(path, target.path);
    else walked.skipped.push({ at: { path }, reason: 'link', detail: target.detail });
  }
  return targets;
}

function filesOf({ seen }: Walked, targets: ReadonlyMap<string, string>): readonly RepoFile[] {
  const files: RepoFile[] = [];
  for (const [path, its] of seen) {
    const file = its.link ? seen.get(targets.get(path) ?? '') : its;
    if (file) files.push({ path, size: file.size });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Submodules by `.gitmodules`, for a folder without an index that would say it better. */
function declaredSubmodules(root: string): readonly string[] {
  const text = readPlain(root, join(root, '.gitmodules'), SMALL) ?? '';
  const paths = [...text.matchAll(/^\s*path\s*=\s*"?(.+?)"?\s*$/gm)].map(([, path = '']) => path);
  return paths.filter((path) => isPlainPath(path) && isFolder(join(root, path)));
}

function submodule(path: string): Unread {
  return { at: { path }, reason: 'submodule', detail: 'a submodule is a repository of its own' };
}

/** One note per top folder: a sparse checkout leaves out thousands of files. */
function sparse(paths: readonly string[]): readonly Unread[] {
  const tops = [...new Set(paths.map((path) => path.split('/')[0] ?? path))];
  return tops.map((path) => ({
    at: { path },
    reason: 'unreadable',
    detail: 'tracked files are not checked out here (sparse checkout)',
  }));
}

function sorted(skipped: readonly Unread[]): readonly Unread[] {
  return [...skipped].sort((a, b) => (a.at.path < b.at.path ? -1 : 1));
}
