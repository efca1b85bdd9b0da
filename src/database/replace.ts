/** Puts new files in the place of old ones: all are written and on the disk before the first takes its name, so a crash leaves what was there whole. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../input-error.ts';
import { hasGone, willLeave } from '../repo/leftovers.ts';
import { asInputError } from '../repo/write.ts';

/** The steps that touch the disk, so that a test can let each of them fail. */
export type Steps = Pick<
  typeof fs,
  | 'mkdirSync'
  | 'lstatSync'
  | 'mkdtempSync'
  | 'openSync'
  | 'writeSync'
  | 'fsyncSync'
  | 'closeSync'
  | 'renameSync'
  | 'rmSync'
>;

/** A file by its name in the folder. */
export interface NewFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const DAY = 86_400_000;

/** How the folders are called in which new files wait. */
const WAITING = '.new-';

/**
 * Replaces files of a folder, in the given order; the folder is made where there is none. Two at once do not meet: each
 * writes into a folder of its own, and every name always stands for one whole file. Throws an InputError.
 */
export function replaceFiles(folder: string, files: readonly NewFile[], steps: Steps = fs): void {
  const waiting = waitingFolder(folder, steps);
  willLeave(waiting);
  try {
    for (const { name, bytes } of files) writeWhole(join(waiting, name), bytes, steps);
    for (const { name } of files) steps.renameSync(join(waiting, name), join(folder, name));
    syncFolder(folder, steps);
  } catch (error) {
    throw asInputError(error, folder);
  } finally {
    removeQuietly(waiting, steps);
    hasGone(waiting);
  }
}

/** Removes what updates that were killed have left; one that is younger than a day may still be at work. */
export function removeForgotten(folder: string, now: string): void {
  try {
    for (const name of fs.readdirSync(folder).filter((it) => it.startsWith(WAITING))) {
      const path = join(folder, name);
      if (Date.parse(now) - fs.lstatSync(path).mtimeMs > DAY) removeQuietly(path, fs);
    }
  } catch {
    // There is no folder yet, or it is not ours to tidy.
  }
}

/** A new folder beside the files; made by the system, so that nobody else has the same. */
export function waitingFolder(
  folder: string,
  steps: Pick<Steps, 'mkdirSync' | 'lstatSync' | 'mkdtempSync'> = fs,
): string {
  try {
    steps.mkdirSync(folder, { recursive: true });
    if (!steps.lstatSync(folder).isDirectory())
      throw new InputError(`"${folder}" is a link, and links are not followed`, folder, 'name the folder itself');
    return steps.mkdtempSync(join(folder, WAITING));
  } catch (error) {
    throw asInputError(error, folder);
  }
}

function writeWhole(path: string, bytes: Uint8Array, steps: Steps): void {
  const descriptor = steps.openSync(path, 'wx', 0o644);
  try {
    for (let at = 0; at < bytes.length; ) at += steps.writeSync(descriptor, bytes, at, bytes.length - at);
    steps.fsyncSync(descriptor);
  } finally {
    steps.closeSync(descriptor);
  }
}

/** Makes the new names last; not every system can do that to a folder. */
function syncFolder(folder: string, steps: Steps): void {
  try {
    const descriptor = steps.openSync(folder, 'r');
    try {
      steps.fsyncSync(descriptor);
    } finally {
      steps.closeSync(descriptor);
    }
  } catch {
    // The files themselves are whole; after a crash the old ones may be back, which are whole as well.
  }
}

/** What is left there does no harm, and must not hide why something failed. */
function removeQuietly(path: string, steps: Pick<Steps, 'rmSync'>): void {
  try {
    steps.rmSync(path, { recursive: true, force: true });
  } catch {
    // A later update removes it.
  }
}
