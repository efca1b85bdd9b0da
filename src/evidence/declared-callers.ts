/** Which other services say that they depend on this one: their manifests and catalogue entries, in this repository and in those that the manifest refers to. */
import { type Claims, placeOf } from '../manifest/manifest.ts';
import type { Delegated, Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { catalogFormat, readCatalog } from './owners/catalog-readers.ts';
import { list, record, word } from './plain-value.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { placeIn } from './sources.ts';

/** Another service as it describes itself. */
export interface OtherService {
  readonly name: string;
  readonly at: Place;
  /** Names of what it depends on, each with its place. */
  readonly dependsOn: readonly { readonly name: string; readonly at: Place }[];
}

/** Facts of this kind. */
export interface Facts {
  /** The service's own description is not among them. */
  readonly services: readonly OtherService[];
  /** By id of a consumer: what its `manifest` led to. */
  readonly claimed: readonly { readonly consumer: string; readonly service?: string; readonly at: Place }[];
}

const MANIFEST = /(?:^|\/)\.?gonogo\.(?:ya?ml|json)$/;
const FILES_CAP = 500;

export const collector = defineCollector<Facts>({
  summary:
    'what the manifests and catalogue entries of other services depend on: in this repository, and in every repository that the manifest refers to and that is at hand',
  parses: ['yaml'],
  collect(sources) {
    const unread: Unread[] = [];
    const delegated: Delegated[] = [];
    const claimed = claimedFiles(sources, unread, delegated);
    const own = { name: folded(sources.manifest.identity.name ?? ''), path: sources.manifest.path };
    const here = sources.shared.filter(
      ({ path, class: its }) => its === 'source' && path !== own.path && describes(path),
    );
    const elsewhere = rootsOf(sources.manifest.claims).flatMap((root) =>
      sources.filesOf(root).filter(({ path, class: its }) => its === 'source' && describes(path)),
    );
    const files = unique([...claimed.map(({ file }) => file), ...here, ...elsewhere]);
    if (files.length > FILES_CAP)
      unread.push({ at: { path: '.' }, reason: 'limit', detail: `only ${FILES_CAP} descriptions are read` });
    const read = files.slice(0, FILES_CAP).flatMap((file) => servicesIn(file, sources, unread));
    const services = read.filter(({ name }) => folded(name) !== own.name);
    return {
      facts: {
        services,
        claimed: claimed.map(({ consumer, file, at }) => {
          const service = read.find((it) => it.at.path === file.path && (it.at.root ?? '') === file.root)?.name;
          return { consumer, ...(service !== undefined && { service }), at };
        }),
      },
      looked: { files: files.length, note: `${services.length} other services` },
      unread,
      delegated,
    };
  },
});

function describes(path: string): boolean {
  return MANIFEST.test(path) || catalogFormat(path) !== undefined;
}

function unique(files: readonly SourceFile[]): readonly SourceFile[] {
  return [...new Map(files.map((file) => [`${file.root}:${file.path}`, file])).values()];
}

interface ClaimedFile {
  readonly consumer: string;
  readonly file: SourceFile;
  readonly at: Place;
}

/** What `consumers[].manifest` leads to in other repositories; those of this one are found by themselves. */
function claimedFiles(sources: Sources, unread: Unread[], delegated: Delegated[]): readonly ClaimedFile[] {
  return (sources.manifest.claims.consumers ?? []).flatMap(({ id, manifest }, index) => {
    if (manifest === undefined) return [];
    const at = placeOf(sources.manifest, `/consumers/${index}/manifest`);
    const { outcome, files } = resolveReference(manifest, sources, unread);
    if (outcome === 'root-not-at-hand') delegated.push({ at, to: manifest });
    return files.slice(0, 1).map((file) => ({ consumer: id, file, at }));
  });
}

/** Repositories that any claim refers to. */
function rootsOf(claims: Claims): readonly string[] {
  const named = [...JSON.stringify(claims).matchAll(/"repo:([\w.-]+\/[\w./-]+?)(?:\/\/|")/g)];
  return [...new Set(named.map(([, name = '']) => name))].sort();
}

function servicesIn(file: SourceFile, sources: Sources, unread: Unread[]): readonly OtherService[] {
  const documents = sources.yaml(file, unread)?.documents ?? [];
  const format = catalogFormat(file.path);
  if (format !== undefined && !MANIFEST.test(file.path))
    return readCatalog(format, file, documents).flatMap(({ name, dependencies, at }) =>
      name === undefined
        ? []
        : [
            {
              name: plainName(name.value),
              at,
              dependsOn: dependencies.map((it) => ({ name: plainName(it.value), at: it.at })),
            },
          ],
    );
  return documents.slice(0, 1).flatMap((document) => {
    const value = record(document.value);
    const name = word(value.name);
    if (name === undefined || !word(value.apiVersion)?.startsWith('gonogo/')) return [];
    // A sample that stands for a repository of its own calls nothing here.
    if (value.root === true && file.root === '' && file.path.includes('/')) return [];
    const dependsOn = list(value.dependencies).flatMap((it, index) => {
      const id = word(it) ?? word(record(it).id);
      return id === undefined ? [] : [{ name: id, at: placeIn(file, document.at(['dependencies', index]).line) }];
    });
    return [{ name, at: placeIn(file), dependsOn }];
  });
}

/** `component:default/payments-api` without its kind and namespace. */
function plainName(written: string): string {
  return (written.split(/[:/]/).at(-1) ?? written).trim();
}

/** Case and separators do not tell two names apart. */
export function folded(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
}
