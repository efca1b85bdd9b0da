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

/** `GNDB`, version, CRC-32 of all that follows, first 16 hex digits of the digest that the header tells, count; then hashes, offsets, lengths. */
const HEAD = 24;
const MAGIC = 0x42444e47;
const VERSION = 1;

/** FNV-1a of the name's UTF-8. */
export function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(name, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** The bytes of an index. `digest` binds it to its `.adv` file. */
export function indexBytes(entries: readonly Entry[], digest: string): Uint8Array {
  const sorted = [...entries].sort((a, b) => a.hash - b.hash || a.offset - b.offset);
  const bytes = new Uint8Array(HEAD + 12 * sorted.length);
  const view = new DataView(bytes.buffer);
  sorted.forEach(({ hash, offset, length }, at) => {
    view.setUint32(HEAD + 4 * at, hash, true);
    view.setUint32(HEAD + 4 * (sorted.length + at), offset, true);
    view.setUint32(HEAD + 4 * (2 * sorted.length + at), length, true);
  });
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, VERSION, true);
  view.setUint32(12, Number.parseInt(digest.slice(0, 8), 16) >>> 0, true);
  view.setUint32(16, Number.parseInt(digest.slice(8, 16), 16) >>> 0, true);
  view.setUint32(20, sorted.length, true);
  view.setUint32(8, crc32(bytes.subarray(12)), true);
  return bytes;
}

/** The index in these bytes; undefined where they are none, are damaged, or belong to another `.adv` file. */
export function indexIn(bytes: Uint8Array, digest: string): Index | undefined {
  if (bytes.length < HEAD) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(20, true);
  const bound =
    view.getUint32(12, true) === Number.parseInt(digest.slice(0, 8), 16) >>> 0 &&
    view.getUint32(16, true) === Number.parseInt(digest.slice(8, 16), 16) >>> 0;
  const whole =
    view.getUint32(0, true) === MAGIC && view.getUint32(4, true) === VERSION && bytes.length === HEAD + 12 * count;
  if (!bound || !whole || view.getUint32(8, true) !== crc32(bytes.subarray(12))) return undefined;
  return { size: count, entries: (hash) => entriesIn(view, count, hash) };
}

function entriesIn(view: DataView, count: number, hash: number): readonly Entry[] {
  const found: Entry[] = [];
  for (let at = firstAtLeast(view, count, hash); at < count && view.getUint32(HEAD + 4 * at, true) === hash; at += 1)
    found.push({
      hash,
      offset: view.getUint32(HEAD + 4 * (count + at), true),
      length: view.getUint32(HEAD + 4 * (2 * count + at), true),
    });
  return found;
}

function firstAtLeast(view: DataView, count: number, hash: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (view.getUint32(HEAD + 4 * middle, true) < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}
