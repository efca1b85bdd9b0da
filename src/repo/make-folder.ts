/** Makes a folder that only this user may enter, with those above it. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { asInputError } from './write.ts';

/** Makes it where there is none; throws an InputError. Node's own recursion says of a read-only disk that the folder is not there. */
export function makeFolder(path: string): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
    if (dirname(path) !== path) makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(path).isDirectory())
      throw asInputError(error, path);
  }
}
