/** What a service of an audit is called in every table, edge and trend. Pure. */
import type { Service } from './model.ts';
import type { AuditRow, ServiceKey } from './model-audit.ts';

/** The repository's id, and `//` and the service's folder where that is not the root; a repository of which only a folder is judged has that in its id already. */
export function keyOf(
  { repo }: Pick<AuditRow, 'repo'>,
  { service }: { readonly service: Pick<Service, 'dir'> },
): ServiceKey {
  const inside = `//${service.dir}`;
  return service.dir === '' || repo.endsWith(inside) ? repo : `${repo}${inside}`;
}
