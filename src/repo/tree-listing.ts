/** Turns a commit's tree into a listing: regular files, links that lead to one of them, and what was left out. */
import type { Unread, UnreadReason } from '../model.ts';
import { isPlainPath } from './git-index.ts';
import { blobSizes, sizedBlobs } from './objects.ts';
import type { Listing } from './repo.ts';
import type { Seal } from './sealed-git.ts';
import { resolveInTree } from './tree-links.ts';
import { LIMITS } from './walk.ts';

/** A listing with the object that holds each file. */
export interface TreeListing {
  readonly listing: Listing;
  /** Object id and size by path. */
  readonly objects: ReadonlyMap<string, TreeObject>;
}

/** Where a file's content is. */
export interface TreeObject {
  readonly id: string;
  readonly size: number;
}

interface Entry {
  readonly mode: string;
  readonly id: string;
  readonly path: string;
}

/** A link's text is a path, so anything longer is none. */
const LONGEST_LINK = 4096;

/** The listing for the output of `ls-tree -r -z`. */
export function listTree(seal: Seal, output: string): TreeListing {
  const skipped: Unread[] = [];
  const all = parse(output);
  const entries = all.slice(0, LIMITS.entries).filter(({ path }) => isPlainPath(path));
  if (all.length > LIMITS.entries)
    skipped.push(unread('.', 'limit', `only the first ${LIMITS.entries} entries were listed`));
  const sizes = blobSizes(seal, [...new Set(entries.filter(({ mode }) => mode !== '160000').map(({ id }) => id))]);
  const objects = new Map<string, TreeObject>();
  for (const { mode, id, path } of entries) {
    const size = sizes.get(id);
    if (mode === '160000') skipped.push(unread(path, 'submodule', 'a submodule is a repository of its own'));
    else if (size === undefined) skipped.push(unread(path, 'unreadable', 'this clone does not hold its content'));
    else if (mode !== '120000') objects.set(path, { id, size });
  }
  addLinks(
    seal,
    entries.filter(({ mode, id }) => mode === '120000' && sizes.has(id)),
    sizes,
    objects,
    skipped,
  );
  const files = [...objects].map(([path, { size }]) => ({ path, size })).sort((a, b) => (a.path < b.path ? -1 : 1));
  return { listing: { files, skipped: skipped.sort((a, b) => (a.at.path < b.at.path ? -1 : 1)) }, objects };
}

function parse(output: string): readonly Entry[] {
  return output.split('\0').flatMap((line) => {
    const [, mode = '', id = '', path = ''] = /^(\d{6}) \w+ ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
    return path === '' ? [] : [{ mode, id, path }];
  });
}

/** Adds each link that leads to a regular file under its own path. */
function addLinks(
  seal: Seal,
  entries: readonly Entry[],
  sizes: ReadonlyMap<string, number>,
  objects: Map<string, TreeObject>,
  skipped: Unread[],
): void {
  const bearable = new Map(
    entries.map(({ id }) => [id, sizes.get(id) ?? 0] as const).filter(([, size]) => size <= LONGEST_LINK),
  );
  const texts = sizedBlobs(seal, bearable);
  const links = new Map(entries.map(({ id, path }) => [path, texts.get(id)?.toString('utf8') ?? '/']));
  const resolved = entries.map(({ path }) => [path, objects.get(resolveInTree(path, links) ?? '')] as const);
  for (const [path, object] of resolved) {
    if (object) objects.set(path, object);
    else skipped.push(unread(path, 'link', 'the link does not lead to a file of the repository'));
  }
}

function unread(path: string, reason: UnreadReason, detail: string): Unread {
  return { at: { path }, reason, detail };
}
