/** A repository as one commit holds it, read from the object store alone: no work tree, nothing checked out, nothing run. */
import { basename } from 'node:path';
import { InputError } from '../input-error.ts';
import { decode, refused, tooLarge } from './decode.ts';
import { type GitDir, locateGit, pastFrom } from './git-dir.ts';
import { readHistory, readVersions } from './history.ts';
import { digestOfParts } from './imprint.ts';
import { commitNamed, isWithoutGit, needsGit } from './named-commit.ts';
import { sizedBlobs } from './objects.ts';
import { realFolder } from './real-path.ts';
import { FILE_CAP, type History, type Read, type Repo } from './repo.ts';
import { gitText, SealedGitError, sealed, sealedSync } from './sealed-git.ts';
import { listTree, type TreeListing, type TreeObject } from './tree-listing.ts';

/** Bytes of content read at a time. */
const BATCH = 32 * 1024 * 1024;
/** Bytes of content kept before all of it is let go. */
const KEPT = 8 * BATCH;
/** Files that are surely not text are not read along with others. */
const BINARY =
  /\.(png|jpe?g|gif|ico|webp|pdf|zip|gz|tgz|bz2|xz|jar|war|class|exe|dll|so|dylib|woff2?|ttf|otf|eot|mp[34]|mov|avi|wasm|bin)$/i;

/** The repository at a branch, tag or commit id; `path` is its work tree or a bare repository, `flag` where the user named the commit. */
export async function gitTreeRepo(path: string, ref: string, flag = '--ref'): Promise<Repo> {
  const folder = realFolder(path);
  const located = locateGit(folder);
  if (!located.ok)
    throw new InputError(
      `"${path}" cannot be judged at a commit: ${located.reason}`,
      path,
      'give the folder that holds .git, or a bare repository',
    );
  const { git } = located;
  const commit = await commitNamed(git, ref, flag);
  const { listing, objects } = await listingAt(git, commit, flag);
  const contents = openContents(git, commit, objects);
  const histories = new Map<number, Promise<History>>();
  return {
    name: basename(folder).replace(/\.git$/, '') || 'repository',
    root: '',
    list: () => listing,
    read: (file, cap) => contents(file, cap),
    imprint() {
      // What this clone does not hold was left out, and it may be fetched.
      const now = (): string => digestOfParts(['commit', pastFrom(git, commit), listing.skipped]);
      const digest = now();
      return { digest, holds: () => now() === digest };
    },
    state: () => ({ commit, dirty: false }),
    history(limit) {
      const known = histories.get(limit) ?? readHistory(git, commit, limit);
      histories.set(limit, known);
      return known;
    },
    versions: async (file, commits) => readVersions(git, file, commits),
  };
}

async function listingAt(git: GitDir, commit: string, flag: string): Promise<TreeListing> {
  try {
    return await sealed(git, commit, async (seal) =>
      listTree(seal, await gitText(seal, ['ls-tree', '-r', '-z', '--full-tree', commit])),
    );
  } catch (error) {
    if (error instanceof SealedGitError && isWithoutGit(error)) throw needsGit(error, flag);
    if (error instanceof SealedGitError)
      throw new InputError(
        `the files of ${commit} could not be listed: ${error.message}`,
        '--ref',
        'fetch the commit completely, then try again',
      );
    throw error;
  }
}

/** Reads files a batch at a time: the first question costs a process, most of the others nothing. */
function openContents(
  git: GitDir,
  commit: string,
  objects: ReadonlyMap<string, TreeObject>,
): (path: string, cap?: number) => Read {
  const batches = batchesOf(objects);
  const kept = new Map<string, Buffer>();
  let left = KEPT;
  function load(object: TreeObject): Buffer | undefined {
    const batch = batches.get(object.id) ?? new Map([[object.id, object.size]]);
    if (left < 0) {
      kept.clear();
      left = KEPT;
    }
    for (const [id, bytes] of sealedSync(git, commit, (seal) => sizedBlobs(seal, batch))) {
      kept.set(id, bytes);
      left -= bytes.length;
    }
    return kept.get(object.id);
  }
  return (path, cap = FILE_CAP) => {
    const object = objects.get(path);
    if (!object) return refused('unreadable', 'there is no such file');
    if (object.size > cap) return tooLarge(cap);
    try {
      const bytes = kept.get(object.id) ?? load(object);
      return bytes ? decode(bytes, cap) : refused('unreadable', 'this clone does not hold its content');
    } catch (error) {
      if (error instanceof SealedGitError) return refused('unreadable', error.message);
      throw error;
    }
  };
}

/** Text files by the batch they are read with, neighbours together; others are read one by one when asked for. */
function batchesOf(objects: ReadonlyMap<string, TreeObject>): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const batches = new Map<string, ReadonlyMap<string, number>>();
  let current = new Map<string, number>();
  let left = BATCH;
  for (const [path, { id, size }] of objects) {
    if (size > FILE_CAP || batches.has(id) || BINARY.test(path)) continue;
    if (size > left) {
      current = new Map();
      left = BATCH;
    }
    current.set(id, size);
    batches.set(id, current);
    left -= size;
  }
  return batches;
}
