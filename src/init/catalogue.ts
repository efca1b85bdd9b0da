/** Which catalogue entries describe the service: those of a file the user names, else those the repository holds for it. */
import { entriesFor, plain, sameName } from '../checks/catalog-entries.ts';
import type { Sources } from '../evidence/collector.ts';
import { type CatalogEntry, catalogFormat, readCatalog } from '../evidence/owners/catalog-readers.ts';
import type { Facts as Owners } from '../evidence/owners.ts';
import { InputError } from '../input-error.ts';

const KNOWN =
  'catalog-info.yaml (Backstage), opslevel.yml, cortex.yaml, compass.yml, service.datadog.yaml, score.yaml, nais.yaml or openedx.yaml';

/** Formats that a file shows by its content, whatever it is called. */
const MARKS: readonly (readonly [RegExp, CatalogEntry['format']])[] = [
  [/^apiVersion:\s*["']?backstage\.io\//m, 'backstage'],
  [/^\s+x-cortex-tag:/m, 'cortex'],
  [/^schema-version:\s*["']?v[23]/m, 'datadog'],
  [/^apiVersion:\s*["']?nais\.io\//m, 'nais'],
];

/** Entries about this service, all of one name; `hint` is what it is called otherwise. */
export function entriesAbout(facts: Owners, hint: string, dir: string): readonly CatalogEntry[] {
  const entries = entriesFor(facts.catalog, { service: { name: hint }, manifest: { dir }, claims: {} });
  return ofOneName(entries);
}

/** Entries of the file that the user named; trouble when it holds none. */
export function entriesFrom(path: string, sources: Sources, hint: string): readonly CatalogEntry[] {
  const file = sources.shared.find((it) => it.path === path);
  if (!file)
    throw new InputError(
      `"${path}" is not among the files of this repository`,
      '--from',
      'give a catalogue file of the repository that git does not ignore',
    );
  const unread: Parameters<Sources['text']>[1] = [];
  const text = sources.text(file, unread);
  if (text === undefined)
    throw new InputError(
      `"${path}" could not be read: ${unread[0]?.detail ?? 'no reason given'}`,
      '--from',
      'give a readable catalogue file',
    );
  const format = catalogFormat(path) ?? MARKS.find(([mark]) => mark.test(text))?.[1];
  const parsed = sources.yaml(file, unread);
  const [error] = parsed?.errors ?? [];
  const entries = format && parsed ? readCatalog(format, file, parsed.documents).filter(saysSomething) : [];
  if (entries.length === 0 && error)
    throw new InputError(
      `"${path}" is not valid YAML: ${error.message}`,
      `${path}:${error.line}:${error.column}`,
      'correct it, or run init without --from',
    );
  if (entries.length === 0)
    throw new InputError(
      `"${path}" describes no service in a catalogue format that is known here`,
      '--from',
      `give a ${KNOWN}`,
    );
  const namesakes = entries.filter(({ name }) => sameName(plain(name), hint));
  return ofOneName(namesakes.length > 0 ? namesakes : entries);
}

function saysSomething({ name, owner, tier, stage }: CatalogEntry): boolean {
  return [name, owner, tier, stage].some((it) => it !== undefined);
}

/** A file may describe several services: what it says of another one is nothing to us. */
function ofOneName(entries: readonly CatalogEntry[]): readonly CatalogEntry[] {
  const name = plain(entries.find((it) => plain(it.name) !== undefined)?.name);
  return name === undefined
    ? entries
    : entries.filter((it) => plain(it.name) === undefined || sameName(plain(it.name), name));
}
