/** A piece of a file that is open. */
import { readSync } from 'node:fs';

/** So many bytes from there; fewer where the file ends before. */
export function bytesAt(descriptor: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(descriptor, bytes, done, length - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}
