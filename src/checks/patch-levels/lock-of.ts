/** What fixes the packages of one manifest: all of them, a part, or nobody can tell. */
import type { Facts, Lockfile, PackageManifest } from '../../evidence/lockfiles.ts';
import { shortened } from '../words.ts';
import { unreadBecause } from './lockfile-scope.ts';

/** Whether something fixes all packages of a manifest. */
export interface Locked {
  readonly is: 'locked' | 'open' | 'unclear';
  /** What is missing; empty where nothing is. */
  readonly because: string;
  readonly by: readonly Lockfile[];
}

/** A lockfile that leaves something open locks a part only, but for Go, where go.sum fixes what go.mod leaves out. */
export function lockOf(manifest: PackageManifest, facts: Facts): Locked {
  const names = new Set([manifest, ...ofSameProject(manifest, facts)].flatMap(({ lockedBy }) => lockedBy));
  const by = facts.lockfiles.filter(({ path }) => names.has(path));
  if (by.length === 0) return { is: 'open', because: `names packages, and ${manifest.gap?.say}`, by };
  const read = by.filter((lock) => unreadBecause(lock) === undefined);
  const [first] = by;
  if (read.length === 0) return { is: 'unclear', because: `${first?.path}: ${first && unreadBecause(first)}`, by };
  const leaves = read.map(({ gaps }) => gaps.filter(({ kind }) => kind !== 'unparsed').map(({ say }) => say));
  if (manifest.tool === 'Go' || leaves.some((it) => it.length === 0)) return { is: 'locked', because: '', by: read };
  const lock = read[0]?.path ?? '';
  const part = lock === manifest.at.path ? 'locks a part only' : `is locked in part only, by ${lock}`;
  return { is: 'open', because: `${part}: ${shortened(leaves.flat(), 2)}`, by };
}

/** What builds a Python project may be written in several files, of which one lockfile fixes all. Lists of requirements stand alone. */
function ofSameProject({ at, tool }: PackageManifest, { manifests }: Facts): readonly PackageManifest[] {
  const folder = at.path.slice(0, at.path.lastIndexOf('/') + 1);
  if (tool !== 'Python' || /requirements[^/]*(?:\/[^/]+)?$/.test(at.path)) return [];
  return manifests.filter((it) => it.tool === tool && it.at.path.slice(0, it.at.path.lastIndexOf('/') + 1) === folder);
}
