/** A Kubernetes object as a store: the fields that all of them have. */
import { given } from '../workloads/container-of.ts';
import type { ManifestObject } from '../workloads/manifest-object.ts';
import type { Store } from './store.ts';

/** The fields that every object's store has. */
export function objectStore(
  object: ManifestObject,
  about: Pick<Store, 'product' | 'kind'> &
    Partial<Pick<Store, 'backups' | 'safeguards' | 'partial' | 'names' | 'name' | 'at'>>,
): Store {
  return {
    name: object.name,
    names: [object.name],
    basis: 'run',
    by: object.kind,
    backups: [],
    safeguards: [],
    copies: [],
    expiries: [],
    at: object.at([]),
    ...given({ environment: object.environment, aside: object.aside, when: object.when, partial: object.partial }),
    ...(object.namespace !== undefined && { namespace: object.namespace }),
    ...about,
  };
}
