/** Finds the tree of one commit in git's object files, without a git process; gives up where the commit is stored as a difference. */
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync, constants as zlib } from 'node:zlib';
import type { GitDir } from './git-dir.ts';

const COMMIT = 1;
/** More packs than this and the search is not worth it. */
const MOST_PACKS = 64;
/** Compressed bytes that surely hold the commit's first line. */
const ENOUGH = 512;

/** Id of the commit's tree in hex; undefined where it could not be found out. */
export function treeOfCommit(git: GitDir, commit: string): string | undefined {
  const loose = withFile(join(git.shared, 'objects', commit.slice(0, 2), commit.slice(2)), (file) =>
    firstTree(inflateStart(file.bytes(0, ENOUGH)).replace(/^commit \d+\0/, '')),
  );
  if (loose !== undefined) return loose;
  for (const pack of packsOf(git)) {
    const offset = withFile(`${pack}.idx`, (file) => offsetIn(file, Buffer.from(commit, 'hex')));
    if (offset !== undefined) return withFile(`${pack}.pack`, (file) => firstTree(packedStart(file, offset)));
  }
  return undefined;
}

function firstTree(text: string): string | undefined {
  return /^tree ([0-9a-f]{40}(?:[0-9a-f]{24})?)\n/.exec(text)?.[1];
}

/** The beginning of a compressed text; the rest may be missing. */
function inflateStart(bytes: Buffer): string {
  return inflateSync(bytes, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: 1 << 20 }).toString('latin1', 0, ENOUGH);
}

function packsOf(git: GitDir): readonly string[] {
  const folder = join(git.shared, 'objects', 'pack');
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.idx'));
    return names.length > MOST_PACKS ? [] : names.sort().map((name) => join(folder, name.slice(0, -4)));
  } catch {
    return [];
  }
}

/** Offset of an object in its pack, from a version 2 pack index: fan-out, sorted ids, checksums, offsets. */
function offsetIn(file: Positioned, id: Buffer): bigint | undefined {
  const width = id.length;
  if (file.bytes(0, 8).toString('hex') !== 'ff744f6300000002') return undefined;
  const total = file.bytes(8 + 255 * 4, 4).readUInt32BE(0);
  const first = id[0] ?? 0;
  const ids = 8 + 256 * 4;
  let low = first === 0 ? 0 : file.bytes(8 + (first - 1) * 4, 4).readUInt32BE(0);
  let high = file.bytes(8 + first * 4, 4).readUInt32BE(0);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = file.bytes(ids + middle * width, width).compare(id);
    if (order === 0) return offsetAt(file, ids + total * (width + 4), total, middle);
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

function offsetAt(file: Positioned, table: number, total: number, index: number): bigint {
  const offset = file.bytes(table + index * 4, 4).readUInt32BE(0);
  if (offset < 0x80000000) return BigInt(offset);
  return file.bytes(table + total * 4 + (offset - 0x80000000) * 8, 8).readBigUInt64BE(0);
}

/** The beginning of a packed commit: type and size in a number of variable length, then the compressed text. */
function packedStart(file: Positioned, offset: bigint): string {
  const bytes = file.bytes(offset, ENOUGH);
  if (((bytes.readUInt8(0) >> 4) & 7) !== COMMIT) return '';
  let at = 0;
  while (bytes.readUInt8(at++) & 0x80);
  return inflateStart(bytes.subarray(at));
}

interface Positioned {
  bytes(position: number | bigint, length: number): Buffer;
}

/** Runs `use` on a regular file; undefined where it is absent, is none, or does not hold what it should. */
function withFile<T>(path: string, use: (file: Positioned) => T): T | undefined {
  let descriptor: number | undefined;
  try {
    const opened = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    descriptor = opened;
    if (!fstatSync(opened).isFile()) return undefined;
    return use({
      bytes(position, length) {
        const buffer = Buffer.alloc(length);
        return buffer.subarray(0, readSync(opened, buffer, 0, length, position));
      },
    });
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
