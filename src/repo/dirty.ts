/** Says whether a work tree differs from its commit, by comparing sizes, times and content ids. Runs no git, so no filter or monitor that the repository names. */
import { readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { treeOfCommit } from './commit-tree.ts';
import type { GitDir } from './git-dir.ts';
import { type Index, type IndexEntry, MODE_LINK, MODE_SUBMODULE } from './git-index.ts';
import { objectId, treeOfIndex } from './index-tree.ts';
import { readBytes } from './read-file.ts';
import type { Seen } from './walk.ts';
import type { WorkTree } from './work-tree.ts';

/** Larger files whose times differ are not hashed; the answer is then unknown. */
const HASH_CAP = 64 * 1024 * 1024;
/** Milliseconds; a time this close is the same one, seen through a number's last digits. */
const CLOSE = 0.001;

/** One checkout, looked at. */
export interface Checkout {
  readonly root: string;
  readonly git: GitDir;
  readonly commit: string;
  readonly index: Index;
  readonly tree: WorkTree;
}

/** True or false where that is certain, else undefined. */
export function isDirty(checkout: Checkout): boolean | undefined {
  const { index, tree } = checkout;
  const tracked = new Set(index.entries.map((entry) => entry.path));
  if ([...tree.seen.keys()].some((path) => !tracked.has(path))) return true;
  if (index.entries.some((entry) => entry.stage !== 0 || entry.intended)) return true;
  const answers = [...changed(checkout), differsFromCommit(checkout), tree.complete ? false : undefined];
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

function differsFromCommit({ git, commit, index }: Checkout): boolean | undefined {
  const wanted = treeOfCommit(git, commit);
  if (wanted === undefined) return undefined;
  return (index.tree ?? treeOfIndex(index, git.hash)) !== wanted;
}

/** Stops at the first certain difference. */
function changed(checkout: Checkout): ReadonlySet<boolean | undefined> {
  const written = statSync(join(checkout.git.own, 'index'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const answers = new Set<boolean | undefined>();
  for (const entry of checkout.index.entries) {
    if (entry.mode === MODE_SUBMODULE) continue;
    const seen = checkout.tree.seen.get(entry.path);
    if (!seen && entry.skipped) continue;
    // A tracked file that was not met was deleted, unless there are places that could not be looked at.
    answers.add(seen ? differs(checkout, entry, seen, written) : checkout.tree.complete || undefined);
    if (answers.has(true)) break;
  }
  return answers;
}

function differs(
  checkout: Checkout,
  entry: IndexEntry,
  { size, time, link }: Seen,
  written: number,
): boolean | undefined {
  if (link !== (entry.mode === MODE_LINK)) return true;
  const sameSize = size % 0x1_0000_0000 === entry.size;
  // A file as young as the index may have changed again within the same tick of the clock.
  if (sameSize && sameTime(time, entry) && time < written) return false;
  // git writes size 0 for files that changed in the very moment it looked, so only other sizes are certain.
  return !sameSize && entry.size !== 0 && !link ? unlessConverted(checkout) : differsInContent(checkout, entry, link);
}

/** Some builds of git keep no fractions of a second. */
function sameTime(time: number, { seconds, nanoseconds }: IndexEntry): boolean {
  if (nanoseconds === 0) return Math.floor(time / 1000) === seconds;
  return Math.abs(time - (seconds * 1000 + nanoseconds / 1e6)) < CLOSE;
}

function differsInContent(checkout: Checkout, entry: IndexEntry, link: boolean): boolean | undefined {
  const path = join(checkout.root, entry.path);
  const content = link ? Buffer.from(readlinkSync(path)) : contentOf(checkout.root, path);
  if (!content) return undefined;
  const isSame = (bytes: Buffer): boolean =>
    objectId('blob', bytes, checkout.git.hash).equals(checkout.index.idOf(entry));
  if (isSame(content)) return false;
  const unixEnds = Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  return !link && isSame(unixEnds) ? false : unlessConverted(checkout);
}

function contentOf(root: string, path: string): Buffer | undefined {
  const read = readBytes(root, path, HASH_CAP);
  return read.ok ? read.bytes : undefined;
}

/** Where attributes convert files on checkout, bytes that differ prove nothing. */
function unlessConverted({ root, tree, git }: Checkout): true | undefined {
  return isConverted(root, tree, git) ? undefined : true;
}

/** Whether attributes convert files on checkout, so that a file holds other bytes than the commit. */
export function isConverted(root: string, tree: WorkTree, git: GitDir): boolean {
  const files = [...tree.seen.keys()]
    .filter((path) => path === '.gitattributes' || path.endsWith('/.gitattributes'))
    .map((path) => [root, join(root, path)] as const);
  const texts = [...files, [git.shared, join(git.shared, 'info', 'attributes')] as const].map(
    ([within, path]) => contentOf(within, path)?.toString('latin1') ?? '',
  );
  return texts.some((text) => /\b(filter|working-tree-encoding)=|\sident\b/.test(text));
}
