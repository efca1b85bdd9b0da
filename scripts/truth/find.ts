/** Finds labelled repositories in a folder of checkouts: work trees or bare repositories, by owner+name, owner/name or name. */
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../src/input-error.ts';
import { locateGit } from '../../src/repo/git-dir.ts';
import { gitTreeRepo } from '../../src/repo/git-tree.ts';
import type { Repo } from '../../src/repo/repo.ts';
import type { LabelledRepository } from './labels.ts';

/** A repository at the labelled commit, or why there is none. */
export type Opened = { readonly ok: true; readonly repo: Repo } | { readonly ok: false; readonly why: string };

/** Opens a labelled repository at its commit; nothing is checked out. */
export async function openLabelled(folder: string, { name, commit }: LabelledRepository): Promise<Opened> {
  const paths = placesOf(name).flatMap((place) => gitFoldersAt(join(folder, place)));
  if (paths.length === 0) return { ok: false, why: 'not found in the folder' };
  let why = '';
  for (const path of paths) {
    try {
      return { ok: true, repo: await gitTreeRepo(path, commit) };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      why ||= error.message;
    }
  }
  return { ok: false, why };
}

function placesOf(name: string): readonly string[] {
  const [owner = '', own = ''] = name.split('/');
  return [`${owner}+${own}`, `${owner}/${own}`, own].flatMap((place) => [place, `${place}.git`]);
}

/** The folder itself where it is a repository, else those directly in it that are. */
function gitFoldersAt(path: string): readonly string[] {
  if (!isFolder(path)) return [];
  const real = realpathSync(path);
  if (locateGit(real).ok) return [real];
  return entriesOf(real)
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(real, entry.name))
    .filter((inside) => locateGit(inside).ok)
    .sort();
}

function entriesOf(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
