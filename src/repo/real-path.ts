/** Real paths: where a path leads once every link on the way is followed. */
import { realpathSync } from 'node:fs';
import { InputError } from '../input-error.ts';

/** The real path; undefined where there is nothing, or the way is closed. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** The real path of a repository's folder that the operator names. Throws an InputError where there is nothing. */
export function realFolder(path: string): string {
  const real = realPath(path);
  if (real === undefined)
    throw new InputError(`there is nothing at "${path}"`, path, 'give the folder of a repository');
  return real;
}
