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
  for (const { start, piece } of piecesOf(bytes, from))
    for (let end = piece.indexOf(END); end >= 0; end = piece.indexOf(END, end + 1)) {
      const length = start + end - line;
      const name = nameIn(
        line >= start ? piece.subarray(line - start, end) : readOrNothing(bytes, line, Math.min(length, LONGEST_NAME)),
      );
      if (name === undefined) return undefined;
      entries.push({ hash: hashOf(name), offset: line, length });
      line += length + 1;
    }
  return line === bytes.size ? entries : undefined;
}

/** The name at the start of a line. */
export function nameIn(line: Uint8Array): string | undefined {
  const end = line.subarray(0, LONGEST_NAME).indexOf(TAB);
  return end <= 0 ? undefined : new TextDecoder().decode(line.subarray(0, end));
}
