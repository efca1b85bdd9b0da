/** Reads git's index (versions 2 to 4) in process: which files are tracked and what they looked like. Never writes; gives up on anything unusual. */
import { join } from 'node:path';
import type { GitDir } from './git-dir.ts';
import { readBytes } from './read-file.ts';

/** One tracked path. */
export interface IndexEntry {
  readonly path: string;
  /** The path's own bytes where it is not UTF-8. */
  readonly name?: Buffer;
  /** As in a tree: 100644, 100755, 120000 (link) or 160000 (submodule), octal. */
  readonly mode: number;
  /** Size of the work tree's file modulo 2^32; 0 also stands for "look again". */
  readonly size: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Where in the index the id of the content begins: thousands of small buffers would cost more than the parsing. */
  readonly idAt: number;
  /** 0, or 1 to 3 in an unresolved conflict. */
  readonly stage: number;
  /** Deliberately not checked out. */
  readonly skipped: boolean;
  /** Announced with `git add --intent-to-add`, content not yet added. */
  readonly intended: boolean;
}

/** What the index says. */
export interface Index {
  readonly entries: readonly IndexEntry[];
  /** Id of an entry's content, as bytes. */
  idOf(entry: IndexEntry): Buffer;
  /** Id of the tree that the entries make up, in hex, where git kept it up to date. */
  readonly tree?: string;
}

export const MODE_LINK = 0o120000;
export const MODE_SUBMODULE = 0o160000;

const CAP = 256 * 1024 * 1024;
const HEADER = 12;
const STAT = 40;
/** Extensions that change nothing about which paths are listed. */
const HARMLESS = new Set(['TREE', 'REUC', 'UNTR', 'FSMN', 'EOIE', 'IEOT']);

/** The index of a work tree; an absent one is empty; undefined when it is not understood. */
export function readIndex(git: GitDir): Index | undefined {
  const read = readBytes(git.own, join(git.own, 'index'), CAP);
  if (!read.ok) return read.why === 'absent' ? { entries: [], idOf: () => Buffer.alloc(0) } : undefined;
  try {
    return parseIndex(read.bytes, git.hash === 'sha256' ? 32 : 20);
  } catch {
    // Reading past the end throws: a damaged or truncated index.
    return undefined;
  }
}

/** Parses an index whose ids are `width` bytes long; undefined or an exception when it is not understood. */
export function parseIndex(bytes: Buffer, width: number): Index | undefined {
  const version = bytes.readUInt32BE(4);
  if (bytes.toString('latin1', 0, 4) !== 'DIRC' || version < 2 || version > 4) return undefined;
  const count = bytes.readUInt32BE(8);
  const entries: IndexEntry[] = [];
  let at = HEADER;
  let previous: Buffer | undefined = version === 4 ? Buffer.alloc(0) : undefined;
  for (let i = 0; i < count; i++) {
    const { entry, name, next } = parseEntry(bytes, at, width, previous);
    if (!isPlainPath(entry.path)) return undefined;
    entries.push(entry);
    at = next;
    previous &&= name;
  }
  const extensions = readExtensions(bytes, at, width);
  if (!extensions) return undefined;
  return { entries, idOf: ({ idAt }) => bytes.subarray(idAt, idAt + width), ...extensions };
}

interface Parsed {
  readonly entry: IndexEntry;
  readonly name: Buffer | undefined;
  readonly next: number;
}

/** One entry and where the next begins; `previous` is given in version 4, where a name is a change to the one before. */
function parseEntry(bytes: Buffer, start: number, width: number, previous: Buffer | undefined): Parsed {
  const idAt = start + STAT;
  const flags = bytes.readUInt16BE(idAt + width);
  const extended = (flags & 0x4000) !== 0;
  const more = extended ? bytes.readUInt16BE(idAt + width + 2) : 0;
  const from = idAt + width + (extended ? 4 : 2);
  const changed = previous && changedName(bytes, from, previous);
  const end = changed ? changed.end : endOfName(bytes, from, flags & 0xfff);
  const path = changed ? changed.name.toString('utf8') : bytes.toString('utf8', from, end);
  const entry = {
    path,
    ...(path.includes('\uFFFD') && { name: changed ? changed.name : bytes.subarray(from, end) }),
    mode: bytes.readUInt32BE(start + 24),
    size: bytes.readUInt32BE(start + 36),
    seconds: bytes.readUInt32BE(start + 8),
    nanoseconds: bytes.readUInt32BE(start + 12),
    idAt,
    stage: (flags >> 12) & 3,
    skipped: (more & 0x4000) !== 0,
    intended: (more & 0x2000) !== 0,
  };
  // Up to version 3 entries are padded with NUL bytes to a multiple of eight.
  return { entry, name: changed?.name, next: changed ? end + 1 : start + ((end - start + 8) & ~7) };
}

function endOfName(bytes: Buffer, from: number, length: number): number {
  return length < 0xfff ? from + length : endOfText(bytes, from);
}

function changedName(bytes: Buffer, from: number, previous: Buffer): { readonly name: Buffer; readonly end: number } {
  let at = from;
  let byte = bytes.readUInt8(at++);
  let dropped = byte & 0x7f;
  while (byte & 0x80) {
    byte = bytes.readUInt8(at++);
    dropped = ((dropped + 1) << 7) | (byte & 0x7f);
  }
  const end = endOfText(bytes, at);
  return {
    name: Buffer.concat([previous.subarray(0, Math.max(0, previous.length - dropped)), bytes.subarray(at, end)]),
    end,
  };
}

function endOfText(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(0, from);
  if (end < 0) throw new RangeError('a name does not end');
  return end;
}

/** An extension in lower case must be understood (split and sparse index); an unknown one is not worth the risk. */
function readExtensions(bytes: Buffer, start: number, width: number): Pick<Index, 'tree'> | undefined {
  const end = bytes.length - width;
  let tree: string | undefined;
  let at = start;
  while (at + 8 <= end) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32BE(at + 4);
    if (!HARMLESS.has(name)) return undefined;
    if (name === 'TREE') tree = treeOf(bytes.subarray(at + 8, at + 8 + size), width);
    at += 8 + size;
  }
  if (at !== end) return undefined;
  return tree === undefined ? {} : { tree };
}

/** The root of the cached tree: an empty name, the number of entries (-1 when out of date), the number of subtrees, the id. */
function treeOf(bytes: Buffer, width: number): string | undefined {
  const line = bytes.indexOf('\n');
  const [, count = ''] = /^\0(-?\d+) \d+$/.exec(bytes.toString('latin1', 0, line)) ?? [];
  return count === '' || count.startsWith('-') ? undefined : bytes.toString('hex', line + 1, line + 1 + width);
}

/** Whether a path stays below the root and out of git's own folder. */
export function isPlainPath(path: string): boolean {
  return !/(?:^|\/)(?:\.{0,2}|\.git)(?:\/|$)/i.test(path) && !path.includes('\0');
}
