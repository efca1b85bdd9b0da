/** What a service is built from directly, in exact versions, as its lockfiles fix it. Pure. */
import type { Lockfile } from '../../evidence/lockfiles.ts';
import type { Evidence } from '../../generated/evidence.ts';
import type { LibrariesFact } from '../../model-facts.ts';
import { kept, MOST_PACKAGES } from './bounds.ts';

interface Libraries {
  readonly libraries: readonly LibrariesFact[];
  /** Why they are not all there. */
  readonly untold?: string;
}

/** Direct dependencies by lockfile. */
export function librariesOf({ lockfiles }: Partial<Evidence>): Libraries {
  if (!lockfiles) return { libraries: [], untold: 'gonogo could not gather lockfiles' };
  const { facts, unread } = lockfiles;
  const all = facts.lockfiles.map(directOf).filter(({ packages }) => packages.length > 0);
  const libraries = cut(all);
  const open = facts.manifests.find(({ gap }) => gap !== undefined);
  const unlocked = open && `${open.at.path}: ${open.gap?.say}`;
  // What a lockfile leaves out of what dependencies bring along says nothing of the direct ones.
  const gaps = facts.lockfiles.flatMap(({ path, gaps: its }) => its.map((it) => ({ path, ...it })));
  const gap = gaps.find(({ kind }) => kind !== 'incomplete');
  const untold =
    (unread[0] && `${unread[0].at.path} could not be read: ${unread[0].detail}`) ??
    unlocked ??
    (gap && `${gap.path}: ${gap.say}`) ??
    (counted(libraries) < counted(all) ? `only ${MOST_PACKAGES} packages are kept` : undefined);
  return { libraries, ...(untold !== undefined && { untold: kept(untold) }) };
}

function directOf({ ecosystem, path, packages }: Lockfile): LibrariesFact {
  return {
    ecosystem,
    path,
    packages: packages.flatMap(({ name, version, direct, scope, source, line }) =>
      direct === true && version !== undefined && source === 'registry' && scope !== 'development'
        ? [[kept(name), kept(version), line] as const]
        : [],
    ),
  };
}

function counted(libraries: readonly LibrariesFact[]): number {
  return libraries.reduce((sum, { packages }) => sum + packages.length, 0);
}

function cut(libraries: readonly LibrariesFact[]): readonly LibrariesFact[] {
  let left = MOST_PACKAGES;
  return libraries.flatMap((it) => {
    const packages = it.packages.slice(0, left);
    left -= packages.length;
    return packages.length > 0 ? [{ ...it, packages }] : [];
  });
}
