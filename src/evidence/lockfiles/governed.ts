/** Which manifests a lockfile locks: those of its folder, and those of its workspace's members; and what else it is read with. */
import type { SourceFile, Sources } from '../collector.ts';
import { isBelow } from '../sources.ts';
import type { LockFormat, TextAt } from './locked.ts';
import { folderOf, isNamed } from './paths.ts';

/** Files that one lockfile is read with at the most. */
const MOST_FILES = 5000;

/** What a lockfile governs. */
interface Governed {
  /** Manifests of any service. */
  readonly all: readonly TextAt[];
  /** Those of the judged one. */
  readonly own: readonly TextAt[];
  /** Files that it does not govern and that may say more. */
  readonly more: readonly TextAt[];
}

/** Finds and reads what lockfiles govern. */
export type Governing = (format: LockFormat, lock: TextAt, isOwn: (path: string) => boolean) => Governed;

/** Over one service's sources. */
export function openGoverning(sources: Sources): Governing {
  const byFormat = new Map<LockFormat, readonly SourceFile[]>();
  function filesFor(format: LockFormat): readonly SourceFile[] {
    const patterns = [format.manifests, format.beside, format.also].flatMap((it) => it ?? []);
    const known =
      byFormat.get(format) ??
      sources.shared.filter((file) => file.class !== 'vendored' && patterns.some((it) => isNamed(file.path, it)));
    byFormat.set(format, known);
    return known;
  }
  return (format, lock, isOwn) => {
    const read = (wanted: (path: string) => boolean): readonly TextAt[] =>
      filesFor(format)
        .filter(({ path }) => wanted(path))
        .slice(0, MOST_FILES)
        .flatMap((file) => sources.whole(file, []) ?? []);
    const folder = folderOf(lock.path);
    const candidates = read(
      (path) => isNamed(path, format.manifests) && (format.members ? isBelow(path, folder) : folderOf(path) === folder),
    );
    const folders = new Set([folder, ...(format.members?.(lock, candidates) ?? [])]);
    const all = candidates.filter((it) => folders.has(folderOf(it.path)) && format.governs?.(lock, it) !== false);
    const more = read(
      (path) => isNamed(path, format.also) || (isNamed(path, format.beside) && isBelow(folder, folderOf(path))),
    );
    return { all, own: all.filter(({ path }) => isOwn(path)), more };
  };
}
