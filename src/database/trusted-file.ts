/** Opens a file of a database for reading: never through a link, and never one that somebody else may have put there. */
import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { table } from '../table.ts';
import { type OpenFile, openedAt } from './byte-source.ts';
import type { Folder } from './folders.ts';

/** A file, nothing where there is none, or the sentence that says why it is not read. */
export type Trusted = { readonly file: OpenFile } | { readonly trouble: string } | undefined;

const WHY: Readonly<Record<string, string>> = table({
  ELOOP: 'is a link, and links are not followed',
  EMLINK: 'is a link, and links are not followed',
  EACCES: 'may not be read by you',
  EPERM: 'may not be read by you',
  EISDIR: 'is a folder',
  ENXIO: 'is no regular file',
});

/** Opens a file by its name in a folder. */
export function openTrusted(folder: Folder, name: string): Trusted {
  const path = join(folder.path, name);
  let descriptor: number;
  try {
    // Without O_NONBLOCK the opening of a pipe would wait for ever.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { trouble: `${path} ${WHY[code] ?? `could not be opened (${code})`}` };
  }
  const distrust = distrustOf(fstatSync(descriptor), folder.named);
  if (distrust === undefined) return { file: openedAt(descriptor) };
  closeSync(descriptor);
  return { trouble: `${path} ${distrust}` };
}

function distrustOf(stats: Stats, named: boolean): string | undefined {
  if (!stats.isFile()) return stats.isDirectory() ? 'is a folder' : 'is no regular file';
  // Windows has neither owners nor such permissions.
  const { uid } = userInfo();
  if (uid === -1) return undefined;
  if ((stats.mode & 0o002) !== 0) return 'may be written to by anybody, so it is not trusted';
  if (!named && stats.uid !== uid && stats.uid !== 0) return 'belongs to another user, so it is not trusted';
  return undefined;
}

/** The whole of a file of at most so many bytes; undefined where there is none. */
export function readTrusted(
  folder: Folder,
  name: string,
  most: number,
): { readonly bytes: Buffer } | { readonly trouble: string } | undefined {
  const opened = openTrusted(folder, name);
  if (opened === undefined || 'trouble' in opened) return opened;
  const { file } = opened;
  try {
    return file.size > most
      ? { trouble: `${join(folder.path, name)} is larger than such a file can be` }
      : { bytes: file.read(0, file.size) };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return { trouble: `${join(folder.path, name)} could not be read (${code})` };
  } finally {
    file.close();
  }
}
