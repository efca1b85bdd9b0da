/** Which tags stand on which commit. References are read as files; git only peels annotated tags. */
import { type GitDir, tagObjects } from './git-dir.ts';
import { peeled } from './objects.ts';
import type { Seal } from './sealed-git.ts';

/** Names of tags by commit, sorted. */
export function tagsByCommit(git: GitDir, seal: Seal): ReadonlyMap<string, readonly string[]> {
  const objects = tagObjects(git);
  const commits = peeled(seal, [...objects.values()]);
  const tags = new Map<string, readonly string[]>();
  for (const name of [...objects.keys()].sort()) {
    const commit = commits.get(objects.get(name) ?? '');
    if (commit !== undefined) tags.set(commit, [...(tags.get(commit) ?? []), name]);
  }
  return tags;
}
