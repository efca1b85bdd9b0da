/** Paths of lockfiles and manifests: their folder, their name, and what tells them apart. */

/** The folder a path is in; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** The name of the file a path leads to. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a pattern of names fits: a name alone, or one with the folder that it is in, e.g. `requirements/base.txt`. */
export function isNamed(path: string, pattern: RegExp | undefined): boolean {
  if (pattern === undefined) return false;
  const name = nameOf(path);
  const folder = nameOf(folderOf(path));
  return pattern.test(name) || (folder !== '' && pattern.test(`${folder}/${name}`));
}
