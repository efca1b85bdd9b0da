/** The dependencies that the manifest lists, for the checks of this area, and what to say where it lists none. */
import type { Dependency } from '../../generated/service.ts';
import type { Claims, Manifest } from '../../manifest/manifest.ts';
import type { Assessment, Place } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { missing, notApplicable } from '../define.ts';

/** A dependency and its JSON pointer. */
export interface Listed {
  readonly dependency: Dependency;
  readonly pointer: string;
}

interface Asked {
  readonly claims: Claims;
  readonly manifest: Manifest;
  at(pointer: string): Place;
}

/** The dependencies, in the manifest's order. */
export function listDependencies({ claims }: Pick<Asked, 'claims'>): readonly Listed[] {
  return (claims.dependencies ?? []).map((dependency, index) => ({ dependency, pointer: `/dependencies/${index}` }));
}

/** What to say when there is nothing to assess; undefined when there is. `why` is what it means for the service. */
export function withoutDependencies(subject: Asked, why: string): Assessment | undefined {
  const { claims, manifest, at } = subject;
  if (claims.dependencies && claims.dependencies.length > 0) return undefined;
  if (claims.dependencies)
    return notApplicable(`${manifest.path} says that the service depends on nothing`, { claim: at('/dependencies') });
  const fix =
    'List what the service calls or stores things in under `dependencies:`, or say `dependencies: []` when there is nothing.';
  return missing(unclaimed(manifest, 'what the service depends on'), [
    { message: why, ...placed(claimPlace(subject, '')), fix, subject: 'dependencies' },
  ]);
}

/** Whether the service stops with it, so that its people have to be woken; a file has nobody behind it who could be. */
export function stopsService({ criticality, kind }: Pick<Dependency, 'criticality' | 'kind'>): boolean {
  return criticality !== 'soft' && kind !== 'file';
}
