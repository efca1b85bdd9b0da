/** Where a policy lies with the files that it names: reads them by their path from there, and nothing beyond. */
import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { refused } from './decode.ts';
import { isWithin, readText } from './read-file.ts';
import type { Read, Repo } from './repo.ts';

/** A place for policies. */
export interface Shelf {
  /** A folder of the operator's, an installed package, a commit, or the judged repository itself. */
  readonly kind: 'folder' | 'package' | 'commit' | 'judged';
  /** The same for the same place, whichever way it was found. */
  readonly id: string;
  /** How a person calls a file of it. */
  label(path: string): string;
  /** Text of a file by its path from there, `/` between the parts, without `..`. */
  read(path: string): Read;
  /** Where it is on disk; absent for a commit and for the judged repository. */
  readonly disk?: {
    /** Real path of the folder. */
    readonly folder: string;
    /** The absolute path by which it was found, links and all. */
    readonly via: string;
    /** Real path of a file of it; undefined where there is none or it leads out. */
    fileAt(path: string): string | undefined;
  };
}

/** The folder of a file that the operator names, and the file's name in it. */
export function shelfOfFile(file: string): { readonly shelf: Shelf; readonly path: string } {
  const beside = dirname(file);
  return {
    shelf: diskShelf('folder', resolve(beside), (path) => (beside === '.' ? path : join(beside, path))),
    path: basename(file),
  };
}

/** A folder on disk; throws where there is none. Links in it may lead to its own files: mounted settings are such. */
export function diskShelf(kind: 'folder' | 'package', via: string, label: Shelf['label']): Shelf {
  const folder = realpathSync(via);
  function fileAt(path: string): string | undefined {
    try {
      const real = realpathSync(join(folder, path));
      return isWithin(real, folder) ? real : undefined;
    } catch {
      return undefined;
    }
  }
  return {
    kind,
    id: `disk ${folder}`,
    label,
    read(path) {
      const real = fileAt(path);
      return real === undefined ? refused('unreadable', 'there is no such file') : readText(folder, real);
    },
    disk: { folder, via, fileAt },
  };
}

/** The judged repository as it is judged: its files are those of the listing. */
export function judgedShelf(repo: Repo): Shelf {
  return { kind: 'judged', id: 'judged', label: (path) => path, read: (path) => repo.read(path) };
}

/** One commit of a local clone; undefined where the id is not the commit's own and full one. */
export async function commitShelf(clone: string, commit: string, label: Shelf['label']): Promise<Shelf | undefined> {
  const { gitTreeRepo } = await import('./git-tree.ts');
  const repo = await gitTreeRepo(clone, commit);
  // A branch or tag may be called like a commit, and an annotated tag has an id of its own.
  if (repo.state().commit !== commit) return undefined;
  return { kind: 'commit', id: `commit ${commit}`, label, read: (path) => repo.read(path) };
}
