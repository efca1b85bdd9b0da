/** What the readers of Python's lockfiles share: their manifests, held against what is locked. */
import { folderOf } from '../pipelines/world.ts';
import { agreementOf } from './declared.ts';
import type { LockedPackage, LockFormat, LockResult, TextAt } from './locked.ts';
import { type NamedEdge, type NamedNode, settleNamed } from './named-graph.ts';
import { isProject, type PythonProject, readPyproject } from './pyproject.ts';

/** The projects of the manifests at hand. */
function projectsOf(manifests: readonly TextAt[]): readonly PythonProject[] {
  return manifests.filter(({ path }) => isProject(path)).map(readPyproject);
}

/** Holds a lockfile against its projects. `own` gives the names of further projects that it locks for. */
export function pythonAgreement(
  read: (lock: TextAt, manifests: readonly TextAt[]) => LockResult,
  own: (lock: TextAt) => readonly string[] = () => [],
): NonNullable<LockFormat['agree']> {
  return (lock, manifests) => {
    const projects = projectsOf(manifests);
    const reading = {
      declared: projects.flatMap(({ declared }) => declared),
      untold: projects.flatMap(({ untold }) => untold),
    };
    const names = new Set([...projects.flatMap(({ name }) => name ?? []), ...own(lock)]);
    return agreementOf(reading, read(lock, manifests).packages, 'PyPI', names);
  };
}

/** Packages of a lockfile without its project in it, joined to the manifests that name what the project asks for. */
export function joinedToProjects(nodes: readonly NamedNode[], manifests: readonly TextAt[]): readonly LockedPackage[] {
  const projects = manifests
    .filter(({ path }) => isProject(path))
    .map((it) => ({ folder: folderOf(it.path), ...readPyproject(it) }))
    // One that tells only a part would make the rest look as if nobody asked for it.
    .filter(({ untold }) => untold.length === 0)
    .map(({ folder, declared }) => ({ folder, name: '', edges: declared as readonly NamedEdge[] }));
  return settleNamed([...nodes, ...projects]).packages;
}

/** Parts of a locked package, without those that are not known. */
export function known(
  parts: Partial<Record<'version' | 'registry' | 'commit' | 'released', string | undefined>>,
): Partial<Pick<LockedPackage, 'version' | 'registry' | 'commit' | 'released'>> {
  return Object.fromEntries(Object.entries(parts).filter(([, it]) => it !== undefined));
}
