/** What the service needs: backing services that Compose files and charts start, and what its catalogue entry depends on. Pure. */
import { plain } from '../checks/catalog-entries.ts';
import { placeholderIn } from '../checks/placeholders.ts';
import type { CatalogEntry } from '../evidence/catalog-readers.ts';
import type { Backing, Facts as Surroundings } from '../evidence/surroundings.ts';
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

/** Everything the service is seen to need, each once; `self` is its own name. */
export function dependenciesSeen(
  facts: Surroundings | undefined,
  entries: readonly CatalogEntry[],
  self: string,
): readonly Observation<Dependency>[] {
  const started = (facts?.backings ?? []).map(({ id, kind, at }) => ({
    value: { id: slugged(id), kind: KINDS[kind] },
    from: spot(at),
  }));
  const said = entries.flatMap(({ dependencies }) =>
    dependencies.map((it) => ({ value: { id: slugged(plain(it)?.split('/').pop() ?? '') }, from: spot(it.at) })),
  );
  return eachOnce<Dependency>([...started, ...said]).filter(({ value }) => value.id !== self);
}

/** Backing services that keep data. */
export function storesSeen(facts: Surroundings | undefined): readonly Observation<Store>[] {
  const keeping = (facts?.backings ?? []).filter(({ kind }) => kind === 'db' || kind === 'storage');
  return eachOnce(
    keeping.map(({ id, product, at }) => ({ value: { id: slugged(id), kind: product }, from: spot(at) })),
  );
}

function eachOnce<T extends { readonly id: string }>(seen: readonly Observation<T>[]): readonly Observation<T>[] {
  const byId = new Map<string, Observation<T>>();
  for (const it of seen)
    if (it.value.id !== '' && !placeholderIn(it.value.id) && !byId.has(it.value.id)) byId.set(it.value.id, it);
  return [...byId.values()];
}
