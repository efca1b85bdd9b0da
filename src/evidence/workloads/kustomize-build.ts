/** One kustomization built: what it includes, put together and patched, with the place of every value. Runs no plugins and fetches nothing. */
import type { Delegated, Place, Unread } from '../../model.ts';
import { list, record, word } from '../plain-value.ts';
import { placeIn } from '../sources.ts';
import { yamlTrouble } from '../yaml/trouble.ts';
import { parseYaml, type YamlPath } from '../yaml/yaml.ts';
import { fileFrom, includedBy, type Kustomization, type KustomizeFiles } from './kustomize-files.ts';
import { jsonPatch } from './kustomize-json-patch.ts';
import { strategicMerge } from './kustomize-merge.ts';
import { transformed } from './kustomize-transform.ts';
import type { ManifestObject } from './manifest-object.ts';
import { isItems, type Placed, placed, wordAt } from './placed-value.ts';
import { type ObjectReading, objectsIn } from './plain-objects.ts';

/** An object on its way through overlays. */
export interface Built {
  readonly tree: Placed;
  /** Names it had before prefixes and suffixes; patches may still call it so. */
  readonly formerly: readonly string[];
  readonly when?: string;
  readonly partial?: string;
}

/** What building needs and fills. */
export interface Building {
  readonly files: KustomizeFiles;
  readonly reading: ObjectReading;
  readonly unread: Unread[];
  readonly delegated: Delegated[];
  /** Files that were taken in, so that they are no manifests of their own. */
  readonly consumed: Set<string>;
  readonly done: Map<string, readonly Built[]>;
}

/** Deepest overlays on overlays, and most objects of one build. */
const DEEPEST = 20;
const MAX_OBJECTS = 5_000;

/** The objects of a kustomization; each is built once, whichever overlays ask. */
export function build(
  kustomization: Kustomization,
  building: Building,
  above: readonly string[] = [],
): readonly Built[] {
  const known = building.done.get(kustomization.dir);
  if (known) return known;
  const built = applied(kustomization, [], building, above);
  building.done.set(kustomization.dir, built);
  return built;
}

/** A kustomization over what is there already, which is how components work. */
function applied(
  kustomization: Kustomization,
  before: readonly Built[],
  building: Building,
  above: readonly string[],
): readonly Built[] {
  const { dir, at } = kustomization;
  if (above.includes(dir) || above.length > DEEPEST) {
    building.unread.push({ at: at([]), reason: 'limit', detail: 'it includes itself, or too deeply' });
    return before;
  }
  const inside = [...above, dir];
  const state = { remote: false };
  building.consumed.add(kustomization.file.path);
  let objects = [...before, ...resourcesOf(kustomization, building, inside, state)].slice(0, MAX_OBJECTS);
  for (const { included, path } of includedBy(kustomization, ['components'], building.files)) {
    if (included.kind === 'folder') objects = [...applied(included.kustomization, objects, building, inside)];
    else
      notHere(
        included.kind === 'file' ? included.file.path : included.target,
        included.kind,
        at(path),
        building,
        state,
      );
  }
  noteGenerated(kustomization, building, state);
  for (const patch of patchesOf(kustomization, building)) objects = [...patched(objects, patch, state.remote)];
  return transformed(kustomization, objects, (entry) => {
    const file = fileFrom(dir, entry, building.files);
    return file && building.files.sources.text(file, []);
  });
}

function resourcesOf(
  kustomization: Kustomization,
  building: Building,
  inside: readonly string[],
  state: { remote: boolean },
): readonly Built[] {
  return includedBy(kustomization, ['resources', 'bases'], building.files).flatMap(({ included, path }) => {
    if (included.kind === 'folder') return build(included.kustomization, building, inside);
    if (included.kind !== 'file') {
      notHere(included.target, included.kind, kustomization.at(path), building, state);
      return [];
    }
    building.consumed.add(included.file.path);
    return objectsIn(included.file, building.files.sources, building.reading).map(builtFrom);
  });
}

function builtFrom(object: ManifestObject): Built {
  return {
    tree: placed(object.value, object),
    formerly: [],
    ...(object.when !== undefined && { when: object.when }),
    ...(object.partial !== undefined && { partial: object.partial }),
  };
}

function notHere(target: string, kind: string, at: Place, building: Building, state: { remote: boolean }): void {
  if (kind === 'remote') {
    state.remote = true;
    building.delegated.push({ at, to: target });
  } else building.unread.push({ at, reason: 'unreadable', detail: `${target}, which it includes, is not here` });
}

/** Charts, generators and transformers that only Kustomize can run. */
function noteGenerated({ value, at, dir }: Kustomization, building: Building, state: { remote: boolean }): void {
  for (const [index, entry] of list(value.helmCharts ?? value.helmChartInflationGenerator).entries()) {
    const { name, chartName, version } = record(entry);
    state.remote = true;
    const path = [value.helmCharts ? 'helmCharts' : 'helmChartInflationGenerator', index];
    building.delegated.push({
      at: at(path),
      to: `chart ${[word(name ?? chartName), word(version)].filter(Boolean).join(' ')}`,
    });
  }
  const generator = list(value.generators).findIndex((it) => !makesSecrets(it, dir, building));
  if (generator >= 0)
    building.unread.push({
      at: at(['generators', generator]),
      reason: 'template',
      detail: 'its generators run only in Kustomize',
    });
}

/** Encrypted files are decrypted by generators, which adds nothing that runs. */
function makesSecrets(entry: unknown, dir: string, { files }: Building): boolean {
  const file = typeof entry === 'string' ? fileFrom(dir, entry, files) : undefined;
  const text = file ? files.sources.text(file, []) : word(entry);
  return /\b(ksops|sops|secret\w*)\b/i.test(text ?? '');
}

/** A patch and what it is for. */
interface Patch {
  readonly tree: Placed;
  readonly target: Readonly<Record<string, unknown>> | undefined;
}

function patchesOf(kustomization: Kustomization, building: Building): readonly Patch[] {
  const { value } = kustomization;
  const merges = list(value.patchesStrategicMerge).flatMap((entry, index) =>
    typeof entry === 'string' ? patchTrees(entry, ['patchesStrategicMerge', index], kustomization, building) : [],
  );
  const json = list(value.patchesJson6902).flatMap((entry, index) =>
    targeted(entry, ['patchesJson6902', index], kustomization, building),
  );
  const both = list(value.patches).flatMap((entry, index) =>
    typeof entry === 'string'
      ? patchTrees(entry, ['patches', index], kustomization, building).map((tree) => ({ tree, target: undefined }))
      : targeted(entry, ['patches', index], kustomization, building),
  );
  return [...merges.map((tree) => ({ tree, target: undefined })), ...json, ...both];
}

function targeted(entry: unknown, path: YamlPath, kustomization: Kustomization, building: Building): readonly Patch[] {
  const { path: file, patch, target } = record(entry);
  const key = typeof file === 'string' ? 'path' : 'patch';
  const text = word(file ?? patch);
  if (text === undefined) return [];
  const trees = patchTrees(text, [...path, key], kustomization, building);
  return trees.map((tree) => ({ tree, target: target === undefined ? undefined : record(target) }));
}

/** The documents of a patch: in a file of that name, or written on the spot. */
function patchTrees(text: string, path: YamlPath, kustomization: Kustomization, building: Building): readonly Placed[] {
  const { sources } = building.files;
  const inline = text.includes('\n') || /^\s*[-{[]|:\s/.test(text);
  if (inline) {
    const at = kustomization.at(path);
    const parsed = parseYaml(text);
    building.unread.push(...yamlTrouble(parsed, () => at));
    const first = sources.yaml(kustomization.file, [])?.documents[0]?.inner(path) ?? at.line ?? 1;
    return parsed.documents.map((document) =>
      placed(document.value, {
        at: (inner) => placeIn(kustomization.file, first + document.at(inner).line - 1),
        via: () => 'overlay',
      }),
    );
  }
  const file = fileFrom(kustomization.dir, text, building.files);
  if (!file) {
    building.unread.push({ at: kustomization.at(path), reason: 'unreadable', detail: `the patch ${text} is not here` });
    return [];
  }
  building.consumed.add(file.path);
  const parsed = sources.yaml(file, building.unread);
  building.unread.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
  return (parsed?.documents ?? []).map((document) =>
    placed(document.value, { at: (inner) => placeIn(file, document.at(inner).line), via: () => 'overlay' }),
  );
}

function patched(objects: readonly Built[], { tree, target }: Patch, remote: boolean): readonly Built[] {
  let hits = 0;
  const result = objects.flatMap((object): readonly Built[] => {
    const match = target ? isTarget(object, target) : isNamed(object, tree);
    if (match === 'no') return [object];
    hits++;
    if (match === 'unclear')
      return [{ ...object, partial: object.partial ?? 'a patch may change it: what it selects is not followed' }];
    if (isItems(tree.value)) {
      const { value, left } = jsonPatch(object.tree, tree.value);
      return [{ ...object, tree: value, ...(left.length > 0 && { partial: `a patch is not followed: ${left[0]}` }) }];
    }
    const merged = strategicMerge(object.tree, target ? withoutName(tree) : tree);
    return merged ? [{ ...object, tree: merged }] : [];
  });
  // What is patched and nowhere here comes from where nobody can look.
  if (hits > 0 || !remote || isItems(tree.value) || wordAt(tree, ['kind']) === undefined) return result;
  return [...result, { tree, formerly: [], partial: 'it patches an object of a remote base or chart' }];
}

/** With a target, the name that the patch itself carries means nothing. */
function withoutName(tree: Placed): Placed {
  if (!(tree.value instanceof Map)) return tree;
  const metadata = tree.value.get('metadata');
  const inner =
    metadata?.value instanceof Map ? new Map([...metadata.value].filter(([key]) => key !== 'name')) : undefined;
  const kept = [...tree.value].filter(([key]) => key !== 'kind' && key !== 'apiVersion');
  return {
    ...tree,
    value: new Map(kept.map(([key, child]) => [key, key === 'metadata' && inner ? { ...child, value: inner } : child])),
  };
}

type Match = 'yes' | 'no' | 'unclear';

function isNamed({ tree, formerly }: Built, patch: Placed): Match {
  const name = wordAt(patch, ['metadata', 'name']) ?? '';
  const names = [wordAt(tree, ['metadata', 'name']) ?? '', ...formerly];
  return wordAt(tree, ['kind']) === wordAt(patch, ['kind']) && names.includes(name) ? 'yes' : 'no';
}

function isTarget({ tree, formerly }: Built, target: Readonly<Record<string, unknown>>): Match {
  const names = [wordAt(tree, ['metadata', 'name']) ?? '', ...formerly];
  const group = wordAt(tree, ['apiVersion'])?.split('/') ?? [];
  const tests: readonly (readonly [unknown, readonly string[]])[] = [
    [target.kind, [wordAt(tree, ['kind']) ?? '']],
    [target.name, names],
    [target.namespace, [wordAt(tree, ['metadata', 'namespace']) ?? '']],
    [target.group, [group.length > 1 ? (group[0] ?? '') : '']],
    [target.version, [group.at(-1) ?? '']],
  ];
  if (
    tests.some(([pattern, given]) => word(pattern) !== undefined && !given.some((it) => fits(word(pattern) ?? '', it)))
  )
    return 'no';
  if (target.annotationSelector !== undefined) return 'unclear';
  return target.labelSelector === undefined ? 'yes' : hasLabels(tree, word(target.labelSelector) ?? '');
}

function hasLabels(tree: Placed, selector: string): Match {
  const pairs = selector.split(',').map((it) => /^\s*([\w./-]+)\s*==?\s*([\w./-]*)\s*$/.exec(it));
  if (pairs.some((pair) => pair === null)) return 'unclear';
  return pairs.every((pair) => wordAt(tree, ['metadata', 'labels', pair?.[1] ?? '']) === pair?.[2]) ? 'yes' : 'no';
}

/** Kustomize takes these as regular expressions, which people use for `.*` and `a|b`. */
function fits(pattern: string, text: string): boolean {
  return pattern.split('|').some((alternative) => {
    const parts = alternative.replace(/^\^?\(?|\)?\$?$/g, '').split('.*');
    if (parts.length === 1) return text === alternative.replace(/^\^|\$$/g, '') || text === parts[0];
    const [first = '', last = ''] = [parts[0], parts.at(-1)];
    return text.length >= first.length + last.length && text.startsWith(first) && text.endsWith(last);
  });
}
