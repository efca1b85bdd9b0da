/** Which folders a workspace's patterns take in. */
import { globFits } from '../glob.ts';

/** Patterns of a workspace, relative to its root. */
export interface WorkspacePatterns {
  readonly members: readonly string[];
  readonly excluded: readonly string[];
}

/** Whether a folder below a workspace's root fits its patterns; both from the repository's root. */
export function isTakenIn({ members, excluded }: WorkspacePatterns, root: string, folder: string): boolean {
  const inside = root === '' ? folder : folder.slice(root.length + 1);
  const fits = (pattern: string) => globFits(pattern.replace(/^\.\//, '').replace(/\/$/, ''), inside);
  return members.some(fits) && !excluded.some(fits);
}
