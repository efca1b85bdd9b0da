/** The repositories that the operator's words and list stand for: folders that are one, folders that hold some, and git addresses. */
import { type Stats, statSync } from 'node:fs';
import { basename, dirname, normalize, resolve, sep } from 'node:path';
import { InputError } from '../input-error.ts';
import type { Target } from '../model-audit.ts';
import { realPath } from '../repo/real-path.ts';
import { isRepository, type Repositories, repositoriesBelow } from './find-repositories.ts';
import { gitAddress } from './git-address.ts';
import type { Listed } from './list-file.ts';
import { type Candidate, identified } from './target-ids.ts';

/** What is to be judged, and what was not looked into. */
export interface Found {
  readonly targets: readonly Target[];
  /** Sentences for the operator. */
  readonly notes: readonly string[];
}

/** A list with the folder that its paths start from. */
export interface List {
  readonly lines: readonly Listed[];
  readonly folder: string;
}

interface Part {
  readonly candidates: readonly Candidate[];
  readonly notes: readonly string[];
}

/** Every target once, sorted by id. A word that is nothing ends the run; a line of a list whose folder is gone becomes a row. */
export function findTargets(words: readonly string[], list?: List): Found {
  const parts = [...words.map(fromWord), ...(list?.lines.map((line) => fromLine(line, list.folder)) ?? [])];
  return {
    targets: identified(parts.flatMap(({ candidates }) => candidates)),
    notes: [...new Set(parts.flatMap(({ notes }) => notes))],
  };
}

function fromWord(word: string): Part {
  const address = gitAddress(word, 'targets');
  if (address) return { candidates: [fetched(address)], notes: [] };
  const path = folderNamed(word);
  const folder = realPath(path) ?? path;
  if (isRepository(folder)) return { candidates: [inFolder(folder, ownName(path))], notes: [] };
  const { paths, notes } = repositoriesBelow(folder);
  if (paths.length > 0) return { candidates: below(folder, paths), notes };
  throw new InputError(
    `there is no repository in "${word}"${notes.length > 0 ? `; ${notes.join('; ')}` : ''}`,
    word,
    'give a folder with .git or gonogo.yaml in it, or one that holds such folders',
  );
}

/** A folder that is no repository and holds none is judged by what is in it, as whoever wrote the list wants. */
function fromLine({ word, dir, ref, at }: Listed, start: string): Part {
  const about = { ...(dir !== undefined && { dir }), ...(ref !== undefined && { ref }) };
  const address = gitAddress(word, at);
  if (address) return { candidates: [{ ...fetched(address), ...about }], notes: [] };
  const location = resolve(start, word);
  const folder = realPath(location) ?? location;
  const isOne = dir !== undefined || ref !== undefined || !statOf(folder)?.isDirectory() || isRepository(folder);
  const { paths, notes }: Repositories = isOne ? { paths: [], notes: [] } : repositoriesBelow(folder);
  const name = nameWritten(word, location);
  if (paths.length === 0) return { candidates: [{ ...inFolder(folder, name), ...about }], notes };
  return { candidates: below(folder, paths).map((it) => ({ ...it, name: `${name}/${it.name}` })), notes };
}

function fetched({ location, id }: { readonly location: string; readonly id: string }): Candidate {
  return { kind: 'git', location, name: id, around: [] };
}

function inFolder(folder: string, name: string): Candidate {
  return { kind: 'folder', location: folder, name, around: partsOf(dirname(folder)) };
}

function below(folder: string, paths: readonly string[]): readonly Candidate[] {
  const around = partsOf(folder);
  return paths.map((path) => ({
    kind: 'folder',
    location: resolve(folder, path),
    name: withoutGit(path),
    around,
  }));
}

/** As far as the line says it; what only leads to the place is left out. */
function nameWritten(word: string, location: string): string {
  const inside = partsOf(normalize(word)).filter((part) => part !== '..' && part !== '.');
  return word.startsWith('/') || inside.length === 0 ? ownName(location) : withoutGit(inside.join('/'));
}

function ownName(path: string): string {
  return withoutGit(basename(path)) || 'repository';
}

/** A bare clone is called as the work tree is. */
function withoutGit(name: string): string {
  return name.replace(/([^/])\.git$/, '$1');
}

function partsOf(path: string): readonly string[] {
  return path.split(sep).filter((part) => part !== '');
}

/** The folder that a word means: itself, or that of the manifest it names. */
function folderNamed(word: string): string {
  const kind = statOf(word);
  if (kind?.isDirectory()) return resolve(word);
  if (kind && /gonogo\.(ya?ml|json)$/.test(basename(word))) return dirname(resolve(word));
  throw new InputError(
    kind ? `"${word}" is a file, not a folder` : `there is nothing at "${word}"`,
    word,
    kind ? 'give a folder; a list of repositories goes behind --repos' : 'give a folder, or a git address',
  );
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
