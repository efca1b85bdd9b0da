/** What the service needs: backing services that Compose files and charts start or point at, and what its catalogue entry depends on. Pure. */
import { plain } from '../checks/catalog-entries.ts';
import { placeholderIn } from '../checks/placeholders.ts';
import type { Backing } from '../evidence/backing.ts';
import type { CatalogEntry } from '../evidence/owners/catalog-readers.ts';
import { spot } from './identity.ts';
import { slugged } from './names.ts';
import type { Dependency, Observation, Store } from './propose.ts';

/** How each kind of backing service is reached, in the manifest's words. */
const KINDS: Readonly<Record<Backing['kind'], NonNullable<Dependency['kind']>>> = {
  db: 'db',
  cache: 'cache',
  queue: 'queue',
  storage: 'other',
  search: 'other',
};

/** A backing service, and where it was seen. */
type Needed = Omit<Backing, 'at'> & Pick<Observation<unknown>, 'from' | 'guess'>;

/** What is started is seen. What values point at may be another environment's, or switched off there; it is left out where that product is started. */
export function backingsSeen(started: readonly Backing[], configured: readonly Backing[]): readonly Needed[] {
  const products = new Set(started.map(({ product }) => product));
  return [
    ...started.map(({ at, ...it }) => ({ ...it, from: spot(at) })),
    ...configured.flatMap(({ at, ...it }) => (products.has(it.product) ? [] : { ...it, from: spot(at), guess: true })),
  ];
}

/** Everything the service is seen to need, each once; `self` is its own name. */
export function dependenciesSeen(
  backings: readonly Needed[],
  entries: readonly CatalogEntry[],
  self: string,
): readonly Observation<Dependency>[] {
  const seen = backings.map(({ id, kind, product: _, ...it }) => ({
    ...it,
    value: { id: slugged(id), kind: KINDS[kind] },
  }));
  const said = entries.flatMap(({ dependencies }) =>
    dependencies.map((it) => ({ value: { id: slugged(plain(it)?.split('/').pop() ?? '') }, from: spot(it.at) })),
  );
  return eachOnce<Dependency>([...seen, ...said]).filter(({ value }) => value.id !== self);
}

/** Backing services that keep data. */
export function storesSeen(backings: readonly Needed[]): readonly Observation<Store>[] {
  const keeping = backings.filter(({ kind }) => kind === 'db' || kind === 'storage');
  return eachOnce(
    keeping.map(({ id, product, kind: _, ...it }) => ({ ...it, value: { id: slugged(id), kind: product } })),
  );
}

function eachOnce<T extends { readonly id: string }>(seen: readonly Observation<T>[]): readonly Observation<T>[] {
  const byId = new Map<string, Observation<T>>();
  for (const it of seen)
    if (it.value.id !== '' && !placeholderIn(it.value.id) && !byId.has(it.value.id)) byId.set(it.value.id, it);
  return [...byId.values()];
}
