/** Writes a file that the user asked for: whole or not at all, never over another file unless told to, never through a link. */
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../input-error.ts';
import { withoutSecrets } from '../secrets.ts';
import { table } from '../table.ts';
import { hasGone, willLeave } from './leftovers.ts';

const SENTENCES: Readonly<Record<string, readonly [what: string, hint: string]>> = table({
  ENOENT: ['its folder does not exist', 'create the folder first'],
  ENOTDIR: ['a part of its path is not a folder', 'give another path'],
  EACCES: ['the folder may not be written to', 'choose a folder you may write to, or change its permissions'],
  EPERM: ['the folder may not be written to', 'choose a folder you may write to, or change its permissions'],
  EROFS: ['the disk is read-only', 'choose a folder on another disk'],
  ENOSPC: ['the disk is full', 'free some space and try again'],
  EDQUOT: ['your disk quota is used up', 'free some space and try again'],
  ENAMETOOLONG: ['its name is too long', 'choose a shorter name'],
  ENXIO: ['nobody reads from that pipe', 'start the reader first'],
  EPIPE: ['the reader of that pipe went away', 'start the reader again'],
});

/** What a file is to hold: whole, or in pieces that are made while it is written. */
export type Content = string | Uint8Array | Iterable<string>;

/** Writes a file; with `force` an existing one is replaced in one step. */
export function writeFileSafely(path: string, content: Content, { force }: { readonly force: boolean }): void {
  try {
    const there = permitted(path, force);
    if (there && isStream(there)) writeInto(path, content);
    else replace(path, content, there);
  } catch (error) {
    throw asInputError(error, path);
  }
}

/** Throws what `writeFileSafely` would, as far as that is known before there is anything to write. */
export function refuseUnwritable(path: string, { force }: { readonly force: boolean }): void {
  try {
    const there = permitted(path, force);
    if (!there || !isStream(there)) accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw asInputError(error, path);
  }
}

/** Throws an InputError where something is at the path that may not be replaced; whether its folder is there is all the same. */
export function refuseTaken(path: string, { force }: { readonly force: boolean }): void {
  try {
    permitted(path, force);
  } catch (error) {
    throw asInputError(error, path);
  }
}

/** A terminal, /dev/null or a pipe holds nothing that could be lost, and must not be replaced by a file. */
function isStream(status: Stats): boolean {
  return status.isCharacterDevice() || status.isFIFO();
}

/** What is at the path, through links: they may lead to a terminal or a pipe, as /dev/stderr does. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw asInputError(error, path);
  }
}

/** The file that may be replaced, or the stream that may be written to; undefined when there is none. */
function permitted(path: string, force: boolean): Stats | undefined {
  const present = statusOf(path);
  if (present?.isDirectory()) throw new InputError(`"${path}" is a folder`, path, 'give the path of a file');
  if (present && isStream(present)) return present;
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there?.isSymbolicLink()) {
    throw new InputError(
      `"${path}" is a link, and links are neither followed nor replaced`,
      path,
      'give the path of the file itself',
    );
  }
  if (there && !there.isFile()) throw new InputError(`"${path}" is not a regular file`, path, 'give another path');
  if (there && !force)
    throw new InputError(`"${path}" already exists`, path, 'use --force to replace it, or give another path');
  return there;
}

/** The first opening fails at once where nobody reads from a pipe; it stays open, because a reader leaves with its last writer. */
function writeInto(path: string, content: Content): void {
  const probe = openSync(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
  try {
    for (const piece of piecesOf(content)) writeFileSync(path, piece, { flag: 'a' });
  } finally {
    closeSync(probe);
  }
}

/** Writes beside the target and renames, so that a reader or a crash sees the old file or the new one and nothing between. */
function replace(path: string, content: Content, old: Stats | undefined): void {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  willLeave(temporary);
  try {
    const descriptor = openSync(temporary, 'wx', 0o666);
    try {
      for (const piece of piecesOf(content)) writeFileSync(descriptor, piece);
      if (old) fchmodSync(descriptor, old.mode & 0o777);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    hasGone(temporary);
  }
}

/** The pieces of what is written; no text holds a secret of the operator's. */
function* piecesOf(content: Content): Iterable<string | Uint8Array> {
  if (content instanceof Uint8Array) yield content;
  else for (const piece of typeof content === 'string' ? [content] : content) yield withoutSecrets(piece);
}

/** What the system says about writing to a path, as a sentence for the user. */
export function asInputError(error: unknown, path: string): Error {
  if (error instanceof InputError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const [what, hint] = SENTENCES[code] ?? [`the system says ${code || String(error)}`, 'give another path'];
  return new InputError(`"${path}" could not be written: ${what}`, path, hint);
}
