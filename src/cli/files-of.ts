/** The files of a repository as the places of a report call them. */
import type { Repo } from '../repo/repo.ts';

/** All paths below `root`, the folder that places start from; empty for the repository's own root. */
export function filesOf(repo: Repo, root: string): ReadonlySet<string> {
  const prefix = root === '' ? '' : `${root}/`;
  return new Set(repo.list().files.flatMap(({ path }) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : [])));
}

/** Whether something is still at a folder below `root`: a file in it, or a link, a submodule or a file in its place. */
export function remainsOf(repo: Repo, root: string): (dir: string) => boolean {
  const { files, skipped } = repo.list();
  const paths = [...files.map(({ path }) => path), ...skipped.map(({ at }) => at.path)];
  return (dir) => {
    const folder = [root, dir].filter(Boolean).join('/');
    return paths.some((path) => folder === '' || path === folder || path.startsWith(`${folder}/`));
  };
}
