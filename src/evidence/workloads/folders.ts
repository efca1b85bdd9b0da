/** Paths of files and folders within a repository: no disk, no links. */

/** Folder of a path; the root is ''. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** A path below a folder. */
export function join(dir: string, name: string): string {
  return dir === '' ? name : `${dir}/${name}`;
}

/** A relative path from a folder; undefined where it leaves the repository. */
export function pathFrom(dir: string, entry: string): string | undefined {
  const parts = dir === '' ? [] : dir.split('/');
  for (const part of entry.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
