/** Files that the operator names on the command line. */
import { createReadStream, readFileSync } from 'node:fs';
import { InputError } from '../input-error.ts';
import { table } from '../table.ts';

const READING: Readonly<Record<string, string>> = table({
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
  ENOTDIR: 'a part of its path is not a folder',
});

/** The text of a file. */
export function readOperatorFile(path: string, flag: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, flag, error);
  }
}

/** The bytes of a file, of a pipe, or of stdin where the path is `-`; undefined where there are more than `most`. */
export async function readAtMost(most: number, path: string, flag: string): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of path === '-' ? process.stdin : createReadStream(path)) {
      size += part.length;
      if (size > most) return undefined;
      parts.push(part);
    }
  } catch (error) {
    throw unreadable(path, flag, error);
  }
  return Buffer.concat(parts);
}

function unreadable(path: string, flag: string, error: unknown): InputError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new InputError(`cannot read "${path}": ${READING[code] ?? message}`, flag, 'check the path');
}
