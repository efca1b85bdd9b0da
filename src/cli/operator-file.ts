/** Reads files that the operator names on the command line; what the system says against it becomes a sentence. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { InputError } from '../input-error.ts';
import { table } from '../table.ts';

const READING: Readonly<Record<string, string>> = table({
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
  ENOTDIR: 'a part of its path is not a folder',
});

/** Policies and checklists are far smaller; records and reports say their own cap. */
const CAP = 64 * 1024 * 1024;

/** The text of a file; `flag` is the one that named it. */
export function readOperatorFile(path: string, flag: string): string {
  return readOperatorBytes(path, flag).toString('utf8');
}

/** At most `cap` bytes of a file, or a refusal. */
export function readOperatorBytes(path: string, flag: string, cap = CAP): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (const part of partsOf(path, flag)) {
    length += part.length;
    if (length > cap)
      throw new InputError(`"${path}" is larger than ${cap} bytes`, flag, 'see that it is the file you mean');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The bytes of a file, or of stdin where the path is `-`; undefined where there are more than `most`. */
export async function readAtMost(most: number, path: string, flag: string): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of path === '-' ? process.stdin : partsOf(path, flag)) {
    size += part.length;
    if (size > most) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The bytes of a file bit by bit, so that a large one is never held whole. */
export function* partsOf(path: string, flag: string): Generator<Buffer> {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    if (fstatSync(descriptor).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    for (;;) {
      const part = Buffer.allocUnsafe(256 * 1024);
      const count = readSync(descriptor, part);
      if (count === 0) return;
      yield part.subarray(0, count);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new InputError(`cannot read "${path}": ${READING[code] ?? message}`, flag, 'check the path');
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
