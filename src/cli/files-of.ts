/** The files of a repository as the places of a report call them. */
import type { Repo } from '../repo/repo.ts';

/** All paths below `root`, the folder that places start from; empty for the repository's own root. */
export function filesOf(repo: Repo, root: string): ReadonlySet<string> {
  const prefix = root === '' ? '' : `${root}/`;
  return new Set(repo.list().files.flatMap(({ path }) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : [])));
}
