/** Kustomizations and what they name: which are there, what they include, and which of that is in this repository. Applies nothing. */
import type { Place, Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { list, record, word } from '../plain-value.ts';
import { placeIn } from '../sources.ts';
import { yamlTrouble } from '../yaml/trouble.ts';
import type { YamlDocument, YamlPath } from '../yaml/yaml.ts';
import { folderOf, pathFrom } from './folders.ts';

/** One kustomization. */
export interface Kustomization {
  readonly dir: string;
  readonly file: SourceFile;
  readonly value: Readonly<Record<string, unknown>>;
  readonly isComponent: boolean;
  at(path: YamlPath): Place;
}

/** All kustomizations by their folder, and all files by their path. */
export interface KustomizeFiles {
  readonly sources: Sources;
  readonly byFolder: ReadonlyMap<string, Kustomization>;
  readonly byPath: ReadonlyMap<string, SourceFile>;
}

/** What an entry of `resources`, `bases` or `components` leads to. */
export type Included =
  | { readonly kind: 'folder'; readonly kustomization: Kustomization }
  | { readonly kind: 'file'; readonly file: SourceFile }
  | { readonly kind: 'remote' | 'missing'; readonly target: string };

const KUSTOMIZATION = /(^|\/)(kustomization\.ya?ml|Kustomization)$/;

/** Finds them. Flux names one of its own kinds alike. */
export function findKustomizations(sources: Sources, unread: Unread[]): KustomizeFiles {
  const byFolder = new Map<string, Kustomization>();
  const files = sources.files.filter(({ path }) => KUSTOMIZATION.test(path));
  for (const file of files) {
    const kustomization = kustomizationOf(file, sources, unread);
    if (kustomization) byFolder.set(kustomization.dir, kustomization);
  }
  const byPath = files.length > 0 ? new Map(sources.files.map((file) => [file.path, file])) : new Map();
  return { sources, byFolder, byPath };
}

function kustomizationOf(file: SourceFile, sources: Sources, unread: Unread[]): Kustomization | undefined {
  const parsed = sources.yaml(file, unread);
  unread.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
  const document: YamlDocument | undefined = parsed?.documents[0];
  const value = record(document?.value);
  if (!document || !/^kustomize\.config\.k8s\.io\/|^$/.test(word(value.apiVersion) ?? '')) return undefined;
  return {
    dir: folderOf(file.path),
    file,
    value,
    isComponent: value.kind === 'Component',
    at: (path) => placeIn(file, document.at(path).line),
  };
}

/** What a kustomization takes in, with the path of each entry. */
export function includedBy(
  kustomization: Kustomization,
  keys: readonly ('resources' | 'bases' | 'components')[],
  files: KustomizeFiles,
): readonly { readonly included: Included; readonly path: YamlPath }[] {
  return keys.flatMap((key) =>
    list(kustomization.value[key]).flatMap((entry, index) =>
      typeof entry === 'string' ? [{ included: lookUp(kustomization.dir, entry, files), path: [key, index] }] : [],
    ),
  );
}

function lookUp(dir: string, entry: string, { byFolder, byPath }: KustomizeFiles): Included {
  const path = pathFrom(dir, entry);
  const kustomization = path === undefined ? undefined : byFolder.get(path);
  if (kustomization) return { kind: 'folder', kustomization };
  const file = path === undefined ? undefined : byPath.get(path);
  if (file) return { kind: 'file', file };
  const isRemote = /^[a-z][\w+.-]*:\/\/|^[\w.-]+@|[?&](ref|version)=|^[\w-]+(\.[\w-]+)+\/[^/]+\/[^/]/i.test(entry);
  return { kind: isRemote ? 'remote' : 'missing', target: entry };
}

/** A file that a kustomization names, or undefined. */
export function fileFrom(dir: string, entry: string, { byPath }: KustomizeFiles): SourceFile | undefined {
  const path = pathFrom(dir, entry);
  return path === undefined ? undefined : byPath.get(path);
}
