/** The whole lines of a file, one at a time and with where each begins, so that a file of any size takes the memory of its longest line. */
import { readSync } from 'node:fs';

/** A line without its end. */
export interface FileLine {
  readonly bytes: Buffer;
  /** Of its first byte in the file. */
  readonly offset: number;
  /** From 1. */
  readonly number: number;
}

const PIECE = 256 * 1024;
const LINE_END = 0x0a;

/** Every line that has an end; what follows the last end is torn, and left out. */
export function* fileLines(descriptor: number): Generator<FileLine> {
  let parts: Buffer[] = [];
  let offset = 0;
  let number = 1;
  for (const piece of piecesOf(descriptor)) {
    let from = 0;
    for (let end = piece.indexOf(LINE_END); end >= 0; end = piece.indexOf(LINE_END, from)) {
      const bytes = Buffer.concat([...parts, piece.subarray(from, end)]);
      yield { bytes, offset, number };
      parts = [];
      offset += bytes.length + 1;
      number += 1;
      from = end + 1;
    }
    parts.push(piece.subarray(from));
  }
}

function* piecesOf(descriptor: number): Generator<Buffer> {
  for (let at = 0; ; ) {
    const piece = Buffer.allocUnsafe(PIECE);
    const count = readSync(descriptor, piece, 0, PIECE, at);
    if (count === 0) return;
    yield piece.subarray(0, count);
    at += count;
  }
}
