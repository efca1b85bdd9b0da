/** The folder of a cache: made for this user alone, and taken only where nobody else could have put anything into it. */
import { accessSync, constants, mkdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { table } from '../table.ts';

/** A folder that may be used, or the clause that says why it is not. */
export type CacheFolder =
  | { readonly ok: true; readonly folder: string; readonly writable: boolean }
  | { readonly ok: false; readonly why: string };

const WHY: Readonly<Record<string, string>> = table({
  EACCES: 'it may not be made there',
  EPERM: 'it may not be made there',
  EROFS: 'the disk is read-only and it is not there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  ENOTDIR: 'a part of its path is no folder',
  EEXIST: 'it is a file',
  ELOOP: 'it is a link that leads to itself',
  ENAMETOOLONG: 'its name is too long',
});

/** Makes the folder where there is none. */
export function cacheFolderAt(path: string): CacheFolder {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const folder = realpathSync(path);
    const why = distrustOf(statSync(folder));
    return why === undefined ? { ok: true, folder, writable: isWritable(folder) } : { ok: false, why };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return { ok: false, why: WHY[code] ?? `the system says ${code}` };
  }
}

/** Whoever can write into it could make any repository ready. Windows has neither owners nor such permissions. */
function distrustOf({ uid: owner, mode }: Stats): string | undefined {
  const { uid } = userInfo();
  if (uid === -1) return undefined;
  if (owner !== uid && owner !== 0) return 'it belongs to another user';
  return (mode & 0o022) === 0 ? undefined : 'others may write to it';
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
