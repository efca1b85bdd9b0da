/** Opens single files that nobody vouches for: regular ones only, never through a link, never more bytes than allowed. */
import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, realpathSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { decode, refused, tooLarge } from './decode.ts';
import { FILE_CAP, type Read } from './repo.ts';

/** Without O_NONBLOCK a FIFO would hang the run; neither flag exists on Windows, where they are 0. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const IS_LINUX = process.platform === 'linux';

/** At most `cap` bytes of a file; `within` is the real path of the folder that it must not leave. */
export type Bytes =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly why: 'absent' | 'too-large' | 'not-regular' | 'outside' | 'unreadable' };

/** Text of a file below `within`. */
export function readText(within: string, path: string, cap: number = FILE_CAP): Read {
  const read = readBytes(within, path, cap);
  if (read.ok) return decode(read.bytes, cap);
  switch (read.why) {
    case 'too-large':
      return tooLarge(cap);
    case 'absent':
      return refused('unreadable', 'it was removed while it was being read');
    case 'outside':
      return refused('link', 'it leads out of the repository');
    case 'not-regular':
      return refused('unreadable', 'it is not a regular file');
    case 'unreadable':
      return refused('unreadable', 'it could not be opened');
  }
}

/** Bytes of a file below `within`. */
export function readBytes(within: string, path: string, cap: number): Bytes {
  let descriptor: number;
  try {
    descriptor = openSync(path, FLAGS);
  } catch (error) {
    return { ok: false, why: reasonOf(error) };
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { ok: false, why: 'not-regular' };
    if (!isWithin(realPathOf(descriptor, path), within)) return { ok: false, why: 'outside' };
    if (stat.size > cap) return { ok: false, why: 'too-large' };
    const bytes = readUpTo(descriptor, stat.size, cap);
    return bytes.length > cap ? { ok: false, why: 'too-large' } : { ok: true, bytes };
  } catch {
    return { ok: false, why: 'unreadable' };
  } finally {
    closeSync(descriptor);
  }
}

/** Text of one of git's own small files; undefined when it is not there as a plain file below `within`. */
export function readPlain(within: string, path: string, cap: number): string | undefined {
  const read = readBytes(within, path, cap);
  return read.ok ? read.bytes.toString('utf8') : undefined;
}

/** Whether a real path is a folder or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Where the open file really is: a parent may have been swapped for a link since it was listed. */
function realPathOf(descriptor: number, path: string): string {
  if (IS_LINUX) {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`);
    } catch {
      // No /proc in this container: the weaker answer below has to do.
    }
  }
  return realpathSync(dirname(path)) + sep;
}

/** Asks for one byte more than there should be, so that a file that grew is noticed and still read up to the cap. */
function readUpTo(descriptor: number, size: number, cap: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let wanted = Math.min(size, cap) + 1; wanted > 0; wanted = Math.min(65_536, cap + 1 - length)) {
    const part = Buffer.allocUnsafe(wanted);
    const count = readSync(descriptor, part, 0, wanted, null);
    parts.push(part.subarray(0, count));
    length += count;
    if (count < wanted) break;
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

function reasonOf(error: unknown): 'absent' | 'not-regular' | 'unreadable' {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'absent';
  return code === 'ELOOP' || code === 'EMLINK' || code === 'ENXIO' ? 'not-regular' : 'unreadable';
}
