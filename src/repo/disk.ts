/** A repository in a folder, as its files are now, uncommitted work included. Reads it without running anything it names. */
import { basename, join, relative, sep } from 'node:path';
import { refused } from './decode.ts';
import { isDirty } from './dirty.ts';
import { type GitDir, headCommit, locateGit, pastFrom, repositoryAbove } from './git-dir.ts';
import { type Index, readIndex } from './git-index.ts';
import { imprintOf } from './imprint.ts';
import { readText } from './read-file.ts';
import { realFolder } from './real-path.ts';
import type { History, Listing, Repo } from './repo.ts';
import { stampIn } from './stamp.ts';
import { openWorkTree, type WorkTree } from './work-tree.ts';

/** How the repository is called. */
export interface DiskOptions {
  /** Name of a further evidence root; empty for the judged repository. */
  readonly root?: string;
  readonly name?: string;
  /** Milliseconds since 1970, now. Without a clock no file has a stamp. */
  readonly clock?: () => number;
}

/** Where a folder belongs. */
export interface FoundRoot {
  /** Real path of the folder that holds `.git`; the folder itself when there is none above it. */
  readonly root: string;
  /** The folder's path from there, `/` between the parts; empty for the root. */
  readonly dir: string;
  readonly git: boolean;
}

/** The repository around a folder. */
export function findRepositoryRoot(path: string): FoundRoot {
  const real = realFolder(path);
  const root = repositoryAbove(real);
  if (root === undefined) return { root: real, dir: '', git: false };
  return { root, dir: relative(root, real).split(sep).join('/'), git: true };
}

/** The repository whose root is a folder; each part of it is looked at when first asked for, and once. */
export function diskRepo(path: string, options: DiskOptions = {}): Repo {
  const folder = realFolder(path);
  const root = options.root ?? '';
  const located = once(() => locateGit(folder));
  const git = (): GitDir | undefined => orUndefined(located());
  const index = once(() => indexOf(folder, git()));
  const begun = once(() => options.clock?.());
  const tree = once(() => {
    begun();
    return openWorkTree(folder, git(), index());
  });
  const listing = once(() => inRoot(isBare(folder, git()) ? BARE : tree().listing, root));
  const sizes = once(() => new Map(listing().files.map((file) => [file.path, file.size])));
  const state = once(() => stateOf(folder, git(), index, tree));
  const histories = new Map<number, Promise<History>>();
  return {
    name: options.name ?? (basename(folder) || 'repository'),
    root,
    list: listing,
    read(file, cap) {
      if (!sizes().has(file)) return refused('unreadable', 'there is no such file');
      return readText(folder, join(folder, tree().targets.get(file) ?? file), cap);
    },
    stamp(file) {
      const its = tree();
      const since = begun();
      return since === undefined ? undefined : stampIn(its, file, since);
    },
    past: () => pastOf(git()),
    imprint() {
      const digest = imprintOf({ folder, located: located(), tree: tree(), dirty: state().dirty });
      if (digest === undefined) return undefined;
      return { digest, holds: () => diskRepo(path, options).imprint?.()?.digest === digest };
    },
    state,
    history(limit) {
      const known = histories.get(limit) ?? historyOf(located(), limit);
      histories.set(limit, known);
      return known;
    },
    async versions(file, commits) {
      const its = git();
      if (!its) return new Map();
      const { readVersions } = await import('./history.ts');
      return readVersions(its, file, commits);
    },
  };
}

const BARE: Listing = {
  files: [],
  skipped: [
    {
      at: { path: '.' },
      reason: 'unreadable',
      detail: 'a bare repository has no files to look at; judge one of its commits',
    },
  ],
};

function isBare(folder: string, git: GitDir | undefined): boolean {
  return git?.own === folder;
}

function indexOf(folder: string, git: GitDir | undefined): Index | undefined {
  return git && !isBare(folder, git) ? readIndex(git) : undefined;
}

function stateOf(
  root: string,
  git: GitDir | undefined,
  index: () => Index | undefined,
  tree: () => WorkTree,
): ReturnType<Repo['state']> {
  const head = git && headCommit(git);
  if (!git || !head?.ok) return {};
  const its = index();
  const dirty = its && isDirty({ root, git, commit: head.commit, index: its, tree: tree() });
  return { commit: head.commit, ...(dirty !== undefined && { dirty }) };
}

function pastOf(git: GitDir | undefined): string | undefined {
  const head = git && headCommit(git);
  return git && head?.ok ? pastFrom(git, head.commit) : undefined;
}

async function historyOf(located: ReturnType<typeof locateGit>, limit: number): Promise<History> {
  if (!located.ok) return { commits: [], truncated: false, absent: located.reason };
  const head = headCommit(located.git);
  if (!head.ok) return { commits: [], truncated: false, absent: head.reason };
  const { readHistory } = await import('./history.ts');
  return readHistory(located.git, head.commit, limit);
}

function orUndefined(located: ReturnType<typeof locateGit>): GitDir | undefined {
  return located.ok ? located.git : undefined;
}

/** Places in a further evidence root carry its name. */
function inRoot(listing: Listing, root: string): Listing {
  if (root === '') return listing;
  return { ...listing, skipped: listing.skipped.map((it) => ({ ...it, at: { ...it.at, root } })) };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
