/** Writes an entry of a cache whole or not at all. It need not outlive a loss of power: an entry says itself whether it is whole. */
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whether it was written; beside its place first, so that nobody reads half of it. */
export function writeEntry(path: string, bytes: Uint8Array): boolean {
  const temporary = join(dirname(path), `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    fill(temporary, bytes);
    renameSync(temporary, path);
    return true;
  } catch {
    return removed(temporary);
  }
}

function fill(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } finally {
    closeSync(file);
  }
}

function removed(path: string): false {
  try {
    rmSync(path, { force: true });
  } catch {
    // It will be found too old one day.
  }
  return false;
}
