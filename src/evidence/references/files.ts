/** Files by path and folder in a sorted listing, and what a reference that leads nowhere was perhaps meant to be. Pure. */
import { nearest } from '../../nearest.ts';
import type { SourceFile } from '../collector.ts';
import { isBelow } from '../sources.ts';
import { joined, type PathTarget } from './target.ts';

/** The file with exactly this path. */
export function fileAt(files: readonly SourceFile[], path: string): SourceFile | undefined {
  const file = files[lowerBound(files, path)];
  return file?.path === path ? file : undefined;
}

/** Files below a folder: a stretch of the list, which is sorted by code units. */
export function filesBelow(files: readonly SourceFile[], dir: string): readonly SourceFile[] {
  if (dir === '') return files;
  // "0" is the character after "/".
  return files.slice(lowerBound(files, `${dir}/`), lowerBound(files, `${dir}0`));
}

/** Index of the first file whose path is not before a path. */
function lowerBound(files: readonly SourceFile[], path: string): number {
  let [from, to] = [0, files.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((files[middle]?.path ?? '') < path) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** A sibling's similar name, or the same name in one other folder, as it would be written in the manifest. */
export function similar({ path, base, root }: PathTarget, files: readonly SourceFile[]): string | undefined {
  const slash = path.lastIndexOf('/');
  const dir = path.slice(0, Math.max(slash, 0));
  const name = path.slice(slash + 1);
  const siblings = filesBelow(files, dir).map((file) => file.path.slice(dir === '' ? 0 : dir.length + 1));
  const near = nearest(name, new Set(siblings.map((rest) => rest.split('/')[0] ?? '')));
  if (near !== undefined) return written(joined(dir, near), base, root);
  const [namesake, ...more] = files.filter((file) => file.path.slice(file.path.lastIndexOf('/') + 1) === name);
  return namesake && more.length === 0 ? written(namesake.path, base, root) : undefined;
}

function written(path: string, base: string, root: string): string {
  if (root !== '') return `repo:${root}//${path}`;
  if (base === '') return path;
  return isBelow(path, base) ? path.slice(base.length + 1) : `repo://${path}`;
}

/** `../shared/x` is outside; when it means something in this repository, `repo://shared/x` is how to say it. */
export function insteadOfUp(reference: string, dir: string, files: readonly SourceFile[]): string | undefined {
  const [path = '', anchor] = reference.split('#', 2);
  if (path.startsWith('/')) return undefined;
  const parts: string[] = [];
  for (const part of joined(dir, path).split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  const inside = parts.join('/');
  const exists = inside !== '' && (fileAt(files, inside) !== undefined || filesBelow(files, inside).length > 0);
  return exists ? `repo://${inside}${anchor === undefined ? '' : `#${anchor}`}` : undefined;
}
