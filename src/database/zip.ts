/** Reads the members of a zip by its central directory: stored or deflated, ZIP64 too. A member's name is only ever compared, never a path. */
import { crc32, inflateRawSync } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';

/** One member, not unpacked yet. */
export interface Member {
  readonly name: string;
  /** Bytes, unpacked, by the directory's own word; held to it when read. */
  readonly size: number;
  readonly packed: number;
  readonly crc: number;
  readonly method: number;
  /** Where its own header starts. */
  readonly offset: number;
}

/** A zip that is at hand. */
export interface Zip {
  /** Members in the directory's order. Throws a ZipError where the directory is broken. */
  members(): Iterable<Member>;
  /** A member's bytes. Throws a ZipError. */
  read(member: Member): Buffer;
}

/** What is wrong with a zip, as the end of a sentence: "… is cut off". */
export class ZipError extends Error {}

/** The most that is unpacked from one zip; npm's whole dump is 360 MB. */
export interface ZipCaps {
  readonly members: number;
  readonly memberBytes: number;
  readonly totalBytes: number;
  /** Unpacked by packed bytes. Deflate reaches 1032; text of records stays below 30. */
  readonly ratio: number;
}

const CAPS: ZipCaps = { members: 2_000_000, memberBytes: 32 << 20, totalBytes: 4 * 1024 ** 3, ratio: 200 };
/** Small members may well shrink by more: a kilobyte of blanks is no bomb. */
const RATIO_COUNTS_FROM = 1 << 20;
const DIRECTORY_BYTES = 512 << 20;

const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const END64 = 0x06064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const FULL16 = 0xffff;
const FULL32 = 0xffffffff;

/** Opens a zip; throws a ZipError where it is none. */
export function openZip(source: ByteSource, caps: Partial<ZipCaps> = {}): Zip {
  const bounds = { ...CAPS, ...caps };
  const { count, offset, size } = directoryOf(source);
  if (count > bounds.members) throw new ZipError(`has ${count} members, more than are read`);
  if (size > DIRECTORY_BYTES) throw new ZipError('has a directory that is too large to be read');
  let total = 0;
  return {
    members: () => entries(exactly(source, offset, size), count),
    read: (member) => {
      refuseBomb(member, bounds);
      total += member.size;
      if (total > bounds.totalBytes) throw new ZipError('unpacks to more than is read');
      return unpack(source, member);
    },
  };
}

interface Directory {
  readonly count: number;
  readonly offset: number;
  readonly size: number;
}

/** The end record is the last thing in a zip, but for a comment of at most 64 KB. */
function directoryOf(source: ByteSource): Directory {
  const start = Math.max(0, source.size - 22 - FULL16);
  const tail = source.read(start, source.size - start);
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END) continue;
    const found = {
      count: tail.readUInt16LE(at + 10),
      size: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
    };
    const wide = found.count === FULL16 || found.size === FULL32 || found.offset === FULL32;
    return wide ? (directory64(source, start + at) ?? found) : found;
  }
  throw new ZipError('is no zip, or is cut off');
}

function directory64(source: ByteSource, end: number): Directory | undefined {
  const locator = source.read(Math.max(0, end - 20), 20);
  if (locator.length < 20 || locator.readUInt32LE(0) !== END64_LOCATOR) return undefined;
  const record = exactly(source, long(locator, 8), 56);
  if (record.readUInt32LE(0) !== END64) throw new ZipError('has a broken directory');
  return { count: long(record, 32), size: long(record, 40), offset: long(record, 48) };
}

function* entries(directory: Buffer, count: number): Generator<Member> {
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY)
      throw new ZipError('has a broken directory');
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const next = extraEnd + directory.readUInt16LE(at + 32);
    if (next > directory.length) throw new ZipError('has a broken directory');
    yield entryAt(directory, at, nameEnd, directory.subarray(nameEnd, extraEnd));
    at = next;
  }
}

function entryAt(directory: Buffer, at: number, nameEnd: number, extra: Buffer): Member {
  if ((directory.readUInt16LE(at + 8) & 1) === 1) throw new ZipError('is encrypted');
  const narrow = [directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)];
  const wide = narrow.includes(FULL32) ? extra64(extra) : Buffer.alloc(0);
  let taken = 0;
  const [size = 0, packed = 0, offset = 0] = narrow.map((value) => {
    if (value !== FULL32 || taken + 8 > wide.length) return value;
    taken += 8;
    return long(wide, taken - 8);
  });
  const name = directory.toString('utf8', at + 46, nameEnd);
  return { name, size, packed, offset, crc: directory.readUInt32LE(at + 16), method: directory.readUInt16LE(at + 10) };
}

/** The extra field that holds the sizes that do not fit in 32 bits. */
function extra64(extra: Buffer): Buffer {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  }
  return Buffer.alloc(0);
}

function refuseBomb({ name, size, packed }: Member, caps: ZipCaps): void {
  const suspicious = size > RATIO_COUNTS_FROM && size > packed * caps.ratio;
  if (Math.max(size, packed) > caps.memberBytes || suspicious)
    throw new ZipError(`has a member that unpacks to more than is read (${quoted(name)})`);
}

function unpack(source: ByteSource, member: Member): Buffer {
  const header = exactly(source, member.offset, 30);
  if (header.readUInt32LE(0) !== LOCAL) throw new ZipError('has a broken directory');
  const start = member.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const bytes = inflated(exactly(source, start, member.packed), member);
  if (bytes.length !== member.size || crc32(bytes) !== member.crc) throw damaged(member);
  return bytes;
}

function inflated(packed: Buffer, member: Member): Buffer {
  if (member.method === 0) return packed;
  if (member.method !== 8) throw new ZipError(`packs a member in a way that is not read (${quoted(member.name)})`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, member.size) });
  } catch {
    throw damaged(member);
  }
}

function damaged({ name }: Member): ZipError {
  return new ZipError(`is damaged at the member ${quoted(name)}`);
}

function quoted(name: string): string {
  return `"${name.slice(0, 80)}"`;
}

function exactly(source: ByteSource, offset: number, length: number): Buffer {
  const bytes = offset <= source.size ? source.read(offset, length) : Buffer.alloc(0);
  if (bytes.length < length) throw new ZipError('is cut off');
  return bytes;
}

/** A 64-bit number; one that a double cannot hold lies outside of every file. */
function long(buffer: Buffer, at: number): number {
  return Number(buffer.readBigUInt64LE(at));
}
