/** Which entries of other catalogue files describe the service that is judged. Pure. */
import type { CatalogEntry, Said } from '../evidence/owners/catalog-readers.ts';
import type { Claims, Manifest } from '../manifest/manifest.ts';
import type { Service } from '../model.ts';

/** A value that can be compared: text without template marks. */
const PLAIN = /^[\p{L}\p{N}@:./_\- ]+$/u;

/** The value of something a catalogue says; undefined where it is absent, empty or a template. */
export function plain(said: Said | undefined): string | undefined {
  const value = said?.value.trim() ?? '';
  return PLAIN.test(value) ? value : undefined;
}

/** What is needed to tell which entries are meant. */
interface Meant {
  readonly service: Pick<Service, 'name'>;
  readonly manifest: Pick<Manifest, 'dir'>;
  readonly claims: Claims;
}

/** The entries that describe the service: in files that `imports` names, else those of its name, else the ones nearest to its folder. */
export function entriesFor(
  entries: readonly CatalogEntry[],
  { service, manifest, claims }: Meant,
): readonly CatalogEntry[] {
  const imported = new Set((claims.imports ?? []).map((path) => join(manifest.dir, path)));
  const candidates = entries.filter(({ at }) => imported.has(at.path));
  const pool = candidates.length > 0 ? candidates : entries;
  const namesakes = pool.filter(({ name }) => sameName(plain(name), service.name));
  if (namesakes.length > 0) return namesakes;
  const depth = Math.min(...pool.map(({ at }) => depthOf(at.path)));
  return pool.filter(({ at }) => depthOf(at.path) === depth);
}

/** Whether two names differ in letters' case and separators only. */
export function sameName(one: string | undefined, other: string): boolean {
  return one !== undefined && folded(one) === folded(other);
}

function folded(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
}

function depthOf(path: string): number {
  return path.split('/').length;
}

function join(dir: string, path: string): string {
  const own = path.replace(/^\.\//, '').split('#')[0] ?? '';
  return dir === '' ? own : `${dir}/${own}`;
}
