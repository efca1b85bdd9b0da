/** A folder of a repository seen as a repository of its own: nothing above it exists. */
import type { Repo } from './repo.ts';

/** The view; `dir` is a folder of `repo`. */
export function subRepo(repo: Repo, dir: string): Repo {
  const prefix = `${dir}/`;
  const inside = (path: string): boolean => path.startsWith(prefix);
  const strip = (path: string): string => path.slice(prefix.length);
  return {
    name: dir.split('/').pop() ?? dir,
    root: repo.root,
    list() {
      const { files, skipped } = repo.list();
      return {
        files: files.filter(({ path }) => inside(path)).map((file) => ({ ...file, path: strip(file.path) })),
        skipped: skipped
          .filter(({ at }) => inside(at.path))
          .map((it) => ({ ...it, at: { ...it.at, path: strip(it.at.path) } })),
      };
    },
    read: (path, cap) => repo.read(prefix + path, cap),
    ...(repo.stamp && { stamp: (path: string) => repo.stamp?.(prefix + path) }),
    ...(repo.past && { past: () => repo.past?.() }),
    state: () => repo.state(),
    async history(limit) {
      const { commits, ...rest } = await repo.history(limit);
      const own = commits.map((commit) => ({ ...commit, paths: commit.paths.filter(inside).map(strip) }));
      return { commits: own.filter((commit) => commit.paths.length > 0), ...rest };
    },
    versions: (path, commits) => repo.versions(prefix + path, commits),
  };
}
