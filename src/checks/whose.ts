/** Whether an alert or an objective says that it is another service's. Pure; where it says nothing, or nobody named this service, it is this one's. */
import type { Claims } from '../manifest/manifest.ts';
import type { Service } from '../model.ts';

/** By which names the judged service goes. */
export interface Named {
  readonly service: Pick<Service, 'name' | 'dir' | 'assumed'>;
  readonly claims: Claims;
  /** Names that its repository shows. */
  readonly known: readonly string[];
}

/** Dependencies that the service runs for itself, so that what is said of them is said of the service. */
const OWN_KINDS: readonly unknown[] = ['db', 'cache', 'queue', 'file'];

/** Whether labels name services and none of them is this one. Text that a template fills in says nothing. */
export function isAnothers(labels: readonly string[], { service, claims, known }: Named): boolean {
  if (service.assumed.includes('name')) return false;
  const said = labels.filter((label) => letters(label) !== '' && !/\{\{|\$/.test(label));
  const called = [service.name, claims.title ?? '', service.dir.split('/').pop() ?? ''].filter(letters);
  const stores = (claims.dependencies ?? []).flatMap(({ id, kind }) => (OWN_KINDS.includes(kind) ? [id] : []));
  const isOurs = (label: string): boolean =>
    called.some((name) => spaced(label).includes(spaced(name))) ||
    [...called, ...known, ...stores].some((name) => isSame(label, name));
  return said.length > 0 && !said.some(isOurs);
}

/** `ledger` and `LedgerAPI` may both be `ledger-api`; `payouts` is not. */
function isSame(label: string, name: string): boolean {
  return letters(label) === letters(name) || spaced(name).startsWith(spaced(label));
}

/** Words between blanks, e.g. " ledger api ". */
function spaced(name: string): string {
  return ` ${name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(' ')} `;
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
