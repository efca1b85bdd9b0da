/** By what the states of a whole work tree are told apart: its commit where it is clean, else the contents of its files. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isConverted } from './dirty.ts';
import { headCommit, type Located, pastFrom } from './git-dir.ts';
import { readBytes } from './read-file.ts';
import type { WorkTree } from './work-tree.ts';

/** A larger file is not read for this; nobody can tell then. */
const HASH_CAP = 64 * 1024 * 1024;

/** A work tree, looked at. */
interface Looked {
  /** Real path. */
  readonly folder: string;
  readonly located: Located;
  readonly tree: WorkTree;
  /** As `Repo.state` has it. */
  readonly dirty: boolean | undefined;
}

/** Differs wherever an answer about the work tree may differ; undefined where a file cannot be read. */
export function imprintOf({ folder, located, tree, dirty }: Looked): string | undefined {
  const decided = dirty === false && located.ok && !isConverted(folder, tree, located.git);
  const files: unknown[] = [];
  for (const { path, size } of tree.listing.files) {
    const target = tree.targets.get(path);
    const content = decided ? '' : contentOf(folder, target ?? path);
    if (content === undefined) return undefined;
    files.push([path, size, tree.seen.get(target ?? path)?.mode, target, content]);
  }
  return digestOfParts(['tree', pastOf(located), dirty, tree.listing.skipped, files]);
}

/** SHA-256 of some plain values, in hex. */
export function digestOfParts(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function contentOf(folder: string, path: string): string | undefined {
  const read = readBytes(folder, join(folder, path), HASH_CAP);
  return read.ok ? createHash('sha256').update(read.bytes).digest('base64') : undefined;
}

/** Where there is no history, why there is none is part of the answer. */
function pastOf(located: Located): string {
  if (!located.ok) return located.reason;
  const head = headCommit(located.git);
  return head.ok ? pastFrom(located.git, head.commit) : head.reason;
}
