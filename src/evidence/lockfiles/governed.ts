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
  /** Files of any folder that may say more. */
  readonly also: readonly TextAt[];
}

/** Reads the manifests in and below a lockfile's folder, and keeps those that share it. `files` are those of the format. */
export function governedBy(
  format: LockFormat,
  lock: TextAt,
  files: readonly SourceFile[],
  { isOwn, text }: { isOwn(path: string): boolean; text(file: SourceFile): TextAt | undefined },
): Governed {
  const folder = folderOf(lock.path);
  const isCandidate = ({ path }: SourceFile): boolean =>
    format.manifests?.test(nameOf(path)) === true &&
    (format.members ? isBelow(path, folder) : folderOf(path) === folder);
  const read = (fits: (file: SourceFile) => boolean): readonly TextAt[] =>
    files
      .filter(fits)
      .slice(0, MOST_MANIFESTS)
      .flatMap((file) => text(file) ?? []);
  const candidates = read(isCandidate);
  const folders = new Set([folder, ...(format.members?.(lock, candidates) ?? [])]);
  const all = candidates.filter(({ path }) => folders.has(folderOf(path)));
  const also = read(({ path }) => format.also?.test(nameOf(path)) === true);
  return { all, own: all.filter(({ path }) => isOwn(path)), also };
}
