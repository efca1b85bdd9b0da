/** The index of an `.adv` file: where the line of each package is, by a hash of its name. */
import { crc32 } from 'node:zlib';

/** Where the line of a package is. */
export interface Entry {
  readonly hash: number;
  readonly offset: number;
  /** Without the end of the line. */
  readonly length: number;
}

/** An index that can be asked. */
export interface Index {
  readonly size: number;
  /** Entries of that hash: names that share it are rare. */
  entries(hash: number): readonly Entry[];
}

/**
 * Words of 32 bits: `GNDB`, version, CRC-32 of all that follows, the first two words of the digest that the header tells, count; then
 * all hashes, all offsets, all lengths. Words are as this machine writes them: one that writes them otherwise makes its own index.
 */
const HEAD = 6;
const MAGIC = 0x42444e47;
const VERSION = 1;

/** FNV-1a of the name's UTF-8. Nearly all names are ASCII, whose characters are their bytes. */
export function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) {
    const byte = name.charCodeAt(at);
    if (byte > 127) return hashOfBytes(Buffer.from(name, 'utf8'));
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash >>> 0;
}

function hashOfBytes(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** The bytes of an index. `digest` binds it to its `.adv` file. */
export function indexBytes(entries: readonly Entry[], digest: string): Uint8Array {
  const sorted = [...entries].sort((a, b) => a.hash - b.hash || a.offset - b.offset);
  const count = sorted.length;
  const words = new Uint32Array(HEAD + 3 * count);
  sorted.forEach(({ hash, offset, length }, at) => {
    words[HEAD + at] = hash;
    words[HEAD + count + at] = offset;
    words[HEAD + 2 * count + at] = length;
  });
  words.set([MAGIC, VERSION, 0, ...wordsOf(digest), count]);
  words[2] = checksum(words);
  return new Uint8Array(words.buffer);
}

/** The index in these bytes; undefined where they are none, are damaged, or belong to another `.adv` file. */
export function indexIn(bytes: Uint8Array, digest: string): Index | undefined {
  if (bytes.length < 4 * HEAD || bytes.length % 4 !== 0) return undefined;
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
  const [magic, version, crc, first, second, count = 0] = words.subarray(0, HEAD);
  const [wanted, wantedToo] = wordsOf(digest);
  if (magic !== MAGIC || version !== VERSION || words.length !== HEAD + 3 * count) return undefined;
  if (first !== wanted || second !== wantedToo || crc !== checksum(words)) return undefined;
  return { size: count, entries: (hash) => entriesIn(words, count, hash) };
}

function wordsOf(digest: string): readonly [number, number] {
  return [Number.parseInt(digest.slice(0, 8), 16) >>> 0, Number.parseInt(digest.slice(8, 16), 16) >>> 0];
}

function checksum(words: Uint32Array): number {
  const rest = words.subarray(3);
  return crc32(new Uint8Array(rest.buffer, rest.byteOffset, rest.byteLength));
}

const NONE: readonly Entry[] = [];

function entriesIn(words: Uint32Array, count: number, hash: number): readonly Entry[] {
  const start = firstAtLeast(words, count, hash);
  if (start === count || words[HEAD + start] !== hash) return NONE;
  const found: Entry[] = [];
  for (let at = start; at < count && words[HEAD + at] === hash; at += 1)
    found.push({ hash, offset: words[HEAD + count + at] ?? 0, length: words[HEAD + 2 * count + at] ?? 0 });
  return found;
}

function firstAtLeast(words: Uint32Array, count: number, hash: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((words[HEAD + middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}
