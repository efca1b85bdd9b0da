/** Where the places of a report start, and the way there from a file that links them. */
import { dirname, join, relative, resolve, sep } from 'node:path';
import { findRepositoryRoot } from '../repo/disk.ts';
import { folderOf } from './workspace.ts';

/** The folder that all places start from: `root` below the repository that a path is in. */
export function placesStart(path: string, root: string): string {
  return join(findRepositoryRoot(folderOf(path)).root, root);
}

/** The way to a folder from a file's own, as addresses are written. */
export function wayTo(start: string, file: string): string {
  return relative(dirname(resolve(file)), start)
    .split(sep)
    .join('/');
}
