/** Computes the id of the tree that an index's entries make up, as `git write-tree` would; writes nothing. */
import { createHash } from 'node:crypto';
import type { Index, IndexEntry } from './git-index.ts';

/** A path has at most some thousand parts; recursion has to end before the stack does. */
const MOST_FOLDERS = 512;

/** Id in hex; the entries are in the index's order, which is also the order of trees. */
export function treeOfIndex(index: Index, hash: 'sha1' | 'sha256'): string {
  const lines = index.entries.map((entry) => ({ entry, name: entry.name ?? Buffer.from(entry.path) }));
  return treeAt({ index, lines, hash, at: 0 }, 0, 0).toString('hex');
}

/** Id of a git object. */
export function objectId(type: 'blob' | 'tree', content: Buffer, hash: 'sha1' | 'sha256'): Buffer {
  return createHash(hash).update(`${type} ${content.length}\0`).update(content).digest();
}

interface Cursor {
  readonly index: Index;
  readonly lines: readonly { readonly entry: IndexEntry; readonly name: Buffer }[];
  readonly hash: 'sha1' | 'sha256';
  at: number;
}

/** The tree whose entries share their first `length` bytes with the entry at the cursor; the cursor ends after them. */
function treeAt(cursor: Cursor, length: number, depth: number): Buffer {
  if (depth > MOST_FOLDERS) throw new RangeError('folders are nested too deeply');
  const prefix = cursor.lines[cursor.at]?.name.subarray(0, length) ?? Buffer.alloc(0);
  const parts: Buffer[] = [];
  for (let next = cursor.lines[cursor.at]; next && startsWith(next.name, prefix); next = cursor.lines[cursor.at]) {
    const { entry, name } = next;
    const slash = name.indexOf(0x2f, length);
    if (slash < 0) {
      parts.push(line(entry.mode.toString(8), name.subarray(length)), cursor.index.idOf(entry));
      cursor.at++;
    } else {
      parts.push(line('40000', name.subarray(length, slash)), treeAt(cursor, slash + 1, depth + 1));
    }
  }
  return objectId('tree', Buffer.concat(parts), cursor.hash);
}

function line(mode: string, name: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${mode} `, 'latin1'), name, Buffer.alloc(1)]);
}

function startsWith(name: Buffer, prefix: Buffer): boolean {
  return name.length >= prefix.length && prefix.equals(name.subarray(0, prefix.length));
}
