/** Goes through an `.adv` file from start to end, a piece at a time. */
import type { DatabaseBytes } from './database.ts';
import { readOrNothing } from './header.ts';
import { type Entry, hashOf } from './index-file.ts';

const PIECE = 1024 * 1024;
const END = 10;
const TAB = 9;
/** Longest name of a package, in bytes. */
const LONGEST_NAME = 4096;

/** Pieces from an offset to the end, each with where it starts; ends early where the file does. */
export function* piecesOf(
  bytes: DatabaseBytes,
  from: number,
): Generator<{ readonly start: number; readonly piece: Uint8Array }> {
  for (let start = from; start < bytes.size; ) {
    const piece = readOrNothing(bytes, start, Math.min(PIECE, bytes.size - start));
    if (piece.length === 0) return;
    yield { start, piece };
    start += piece.length;
  }
}

/** An entry for each line; undefined where a line has no name, or the file ends within one. */
export function entriesByScan(bytes: DatabaseBytes, from: number): readonly Entry[] | undefined {
  const entries: Entry[] = [];
  let line = from;
  // Where a line goes on in the next piece, its start is kept: whoever reads may use the same memory again.
  let begun: Uint8Array = Buffer.of();
  for (const { start, piece } of piecesOf(bytes, from)) {
    for (let end = piece.indexOf(END); end >= 0; end = piece.indexOf(END, end + 1)) {
      const rest = piece.subarray(Math.max(0, line - start), end);
      const name = nameIn(begun.length > 0 ? Buffer.concat([begun, rest.subarray(0, LONGEST_NAME)]) : rest);
      if (name === undefined) return undefined;
      entries.push({ hash: hashOf(name), offset: line, length: start + end - line });
      line = start + end + 1;
      begun = Buffer.of();
    }
    if (begun.length < LONGEST_NAME)
      begun = Buffer.concat([begun, piece.subarray(Math.max(0, line - start)).subarray(0, LONGEST_NAME)]);
  }
  return line === bytes.size ? entries : undefined;
}

/** The name at the start of a line. */
export function nameIn(line: Uint8Array): string | undefined {
  const end = line.subarray(0, LONGEST_NAME).indexOf(TAB);
  return end <= 0 ? undefined : textOf(line.subarray(0, end));
}

/** The text of UTF-8. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
