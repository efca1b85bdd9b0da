/** Which manifests a lockfile locks: those of its folder, and those of its workspace's members. */
import type { SourceFile } from '../collector.ts';
import { isBelow } from '../sources.ts';
import { folderOf, nameOf } from './found.ts';
import type { LockFormat, TextAt } from './locked.ts';

/** Manifests that one lockfile is shared by at the most. */
const MOST_MANIFESTS = 5000;

/** What a lockfile governs. */
export interface Governed {
  /** Manifests of any service. */
  readonly all: readonly TextAt[];
  /** Those of the judged one. */
  readonly own: readonly TextAt[];
}

/** Reads the manifests in and below a lockfile's folder, and keeps those that share it. */
export function governedBy(
  format: LockFormat,
  lock: TextAt,
  manifests: readonly SourceFile[],
  { isOwn, text }: { isOwn(path: string): boolean; text(file: SourceFile): string | undefined },
): Governed {
  const { manifests: pattern } = format;
  if (!pattern) return { all: [], own: [] };
  const folder = folderOf(lock.path);
  const isCandidate = ({ path }: SourceFile): boolean =>
    pattern.test(nameOf(path)) && (format.members ? isBelow(path, folder) : folderOf(path) === folder);
  const candidates = manifests
    .filter(isCandidate)
    .slice(0, MOST_MANIFESTS)
    .flatMap((file): readonly TextAt[] => {
      const content = text(file);
      return content === undefined ? [] : [{ path: file.path, text: content }];
    });
  const folders = new Set([folder, ...(format.members?.(lock, candidates) ?? [])]);
  const all = candidates.filter(({ path }) => folders.has(folderOf(path)));
  return { all, own: all.filter(({ path }) => isOwn(path)) };
}
