/** Turns a file's bytes into text, or says why they are none. Does no input or output. */
import type { UnreadReason } from '../model.ts';
import { FILE_CAP, type Read } from './repo.ts';

/** How far git itself looks for a NUL byte before it calls a file binary. */
const SNIFFED = 8192;
const GIT_CRYPT = Buffer.from('\0GITCRYPT\0', 'latin1');
const LARGE_FILE_POINTER = Buffer.from('version https://git-lfs.github.com/spec/', 'latin1');

/** Text of a whole file; `cap` is in bytes. */
export function decode(bytes: Buffer, cap: number = FILE_CAP): Read {
  if (bytes.length > cap) return tooLarge(cap);
  if (startsWith(bytes, GIT_CRYPT)) return refused('encrypted', 'it is encrypted with git-crypt');
  const wide = wideEncoding(bytes);
  if (wide) return decodeWide(bytes, wide);
  if (bytes.subarray(0, SNIFFED).includes(0)) return refused('binary', 'it holds NUL bytes, so it is not text');
  if (startsWith(bytes, LARGE_FILE_POINTER)) {
    return refused('large-file-pointer', 'it is a Git LFS pointer; the content is not in this checkout');
  }
  return decodeAs('utf-8', bytes) ?? refused('encoding', 'it is not valid UTF-8');
}

/** The answer for a file above its cap. */
export function tooLarge(cap: number): Read {
  const mebibytes = cap / (1024 * 1024);
  return refused('too-large', `it is larger than ${Number.isInteger(mebibytes) ? `${mebibytes} MiB` : `${cap} bytes`}`);
}

/** An answer without text. */
export function refused(reason: UnreadReason, detail: string): Read {
  return { ok: false, reason, detail };
}

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  return bytes.length >= prefix.length && bytes.compare(prefix, 0, prefix.length, 0, prefix.length) === 0;
}

function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

/** A NUL character in 16-bit text means that it is 32-bit text or not text at all. */
function decodeWide(bytes: Buffer, encoding: string): Read {
  const read = decodeAs(encoding, bytes);
  if (!read?.ok) return refused('encoding', `it begins like ${encoding.toUpperCase()} and is not valid as such`);
  return read.text.includes('\0') ? refused('binary', 'it holds NUL characters, so it is not text') : read;
}

/** Fatal decoding: a replacement character would be a value nobody wrote. Removes the byte-order mark. */
function decodeAs(encoding: string, bytes: Buffer): Read | undefined {
  try {
    return { ok: true, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return undefined;
  }
}
