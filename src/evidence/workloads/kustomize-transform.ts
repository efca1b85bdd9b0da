/** What a kustomization changes in all its objects alike: names, namespaces, labels, images and replicas. */
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import type { Built } from './kustomize-build.ts';
import type { Kustomization } from './kustomize-files.ts';
import { found, items, mapMembers, members, type Placed, placedWord, withAt, wordAt } from './placed-value.ts';

type Change = (tree: Placed) => Placed;

/** The objects after it. */
export function transformed(
  kustomization: Kustomization,
  objects: readonly Built[],
  textOf: (entry: string) => string | undefined,
): readonly Built[] {
  const changes = [...labelChanges(kustomization), ...namespaceChange(kustomization), ...imageChanges(kustomization)];
  const changed = objects.map((object) => ({
    ...object,
    tree: [...changes, ...replicaChanges(kustomization, object)].reduce((tree, change) => change(tree), object.tree),
  }));
  const doubt = doubtOf(kustomization, textOf);
  const told = doubt === undefined ? changed : changed.map((it) => ({ ...it, partial: it.partial ?? doubt }));
  return renamed(kustomization, told);
}

/** Transformers of Kustomize's own that change labels, annotations and names, but nothing that is asked for. */
const HARMLESS = /^kind:[ \t]*["']?(Label|Annotations|Namespace|PrefixSuffix|Prefix|Suffix|Hash)Transformer\b/m;

function doubtOf({ value }: Kustomization, textOf: (entry: string) => string | undefined): string | undefined {
  const others = list(value.transformers).filter((it) => {
    const text = word(it) ?? '';
    return !HARMLESS.test(textOf(text) ?? text);
  });
  if (others.length > 0) return 'transformers that only Kustomize runs may change it';
  const replaced = list(value.replacements).some((it) =>
    /replicas|resources|Probe|image|securityContext|"path"/.test(JSON.stringify(it) ?? ''),
  );
  return replaced ? 'replacements that only Kustomize makes may change it' : undefined;
}

function namespaceChange({ value, at }: Kustomization): readonly Change[] {
  const namespace = word(value.namespace);
  if (namespace === undefined) return [];
  return [(tree) => withAt(tree, ['metadata', 'namespace'], placedWord(namespace, at(['namespace'])))];
}

/** Paths of pod templates and selectors, as far as they are there. */
const TEMPLATES: readonly YamlPath[] = [
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
];

function labelChanges(kustomization: Kustomization): readonly Change[] {
  const { value, at } = kustomization;
  const common = Object.entries(record(value.commonLabels)).map(([key, label]): Change => {
    const child = placedWord(word(label) ?? '', at(['commonLabels', key]));
    return (tree) => labelled(tree, key, child, { selectors: true, templates: true });
  });
  const more = list(value.labels).flatMap((entry, index) => {
    const { pairs, includeSelectors, includeTemplates } = record(entry);
    const where = {
      selectors: includeSelectors === true,
      templates: includeSelectors === true || includeTemplates === true,
    };
    return Object.entries(record(pairs)).map(([key, label]): Change => {
      const child = placedWord(word(label) ?? '', at(['labels', index, 'pairs', key]));
      return (tree) => labelled(tree, key, child, where);
    });
  });
  return [...common, ...more, ...annotationChanges(kustomization)];
}

function annotationChanges({ value, at }: Kustomization): readonly Change[] {
  return Object.entries(record(value.commonAnnotations)).map(([key, text]): Change => {
    const child = placedWord(word(text) ?? '', at(['commonAnnotations', key]));
    return (tree) => withAt(tree, ['metadata', 'annotations', key], child);
  });
}

function labelled(
  tree: Placed,
  key: string,
  child: Placed,
  where: { readonly selectors: boolean; readonly templates: boolean },
): Placed {
  let result = withAt(tree, ['metadata', 'labels', key], child);
  for (const template of TEMPLATES)
    if (where.templates && found(result, template))
      result = withAt(result, [...template, 'metadata', 'labels', key], child);
  if (!where.selectors) return result;
  if (wordAt(tree, ['kind']) === 'Service')
    return found(result, ['spec', 'selector']) ? withAt(result, ['spec', 'selector', key], child) : result;
  const podSelector = found(result, ['spec', 'podSelector', 'matchLabels'])
    ? ['spec', 'podSelector']
    : ['spec', 'selector'];
  return found(result, podSelector) ? withAt(result, [...podSelector, 'matchLabels', key], child) : result;
}

function imageChanges({ value, at }: Kustomization): readonly Change[] {
  return list(value.images).flatMap((entry, index) => {
    const { name, newName, newTag, digest } = record(entry);
    const wanted = word(name);
    if (wanted === undefined) return [];
    const suffix =
      word(digest) !== undefined ? `@${word(digest)}` : word(newTag) !== undefined ? `:${word(newTag)}` : undefined;
    return (tree: Placed) =>
      mapMembers(tree, (key, child) =>
        key === 'containers' || key === 'initContainers'
          ? {
              ...child,
              value: items(child).map((it) => withImage(it, wanted, word(newName), suffix, at(['images', index]))),
            }
          : child,
      );
  });
}

function withImage(
  container: Placed,
  wanted: string,
  newName: string | undefined,
  suffix: string | undefined,
  at: Placed['at'],
): Placed {
  const image = wordAt(container, ['image']);
  const [, name = '', rest = ''] = /^((?:[^@:/]+(?::\d+)?\/)*[^@:/]+)([:@].*)?$/.exec(image ?? '') ?? [];
  if (name !== wanted) return container;
  return withAt(container, ['image'], placedWord(`${newName ?? name}${suffix ?? rest}`, at));
}

function replicaChanges({ value, at }: Kustomization, { tree, formerly }: Built): readonly Change[] {
  if (!/^(Deployment|StatefulSet|ReplicaSet|ReplicationController)$/.test(wordAt(tree, ['kind']) ?? '')) return [];
  const names = [wordAt(tree, ['metadata', 'name']), ...formerly];
  return list(value.replicas).flatMap((entry, index) => {
    const { name, count } = record(entry);
    if (typeof count !== 'number' || !names.includes(word(name))) return [];
    return (it: Placed) => withAt(it, ['spec', 'replicas'], placedWord(count, at(['replicas', index])));
  });
}

/** Prefixes and suffixes, also where one object names another. */
function renamed({ value, at }: Kustomization, objects: readonly Built[]): readonly Built[] {
  const [prefix, suffix] = [word(value.namePrefix) ?? '', word(value.nameSuffix) ?? ''];
  if (prefix === '' && suffix === '') return objects;
  const place = at([prefix === '' ? 'nameSuffix' : 'namePrefix']);
  const names = new Set(objects.map(({ tree }) => wordAt(tree, ['metadata', 'name'])));
  const young = (name: string): Placed => placedWord(`${prefix}${name}${suffix}`, place);
  return objects.map((object) => {
    const name = wordAt(object.tree, ['metadata', 'name']);
    if (name === undefined) return object;
    const tree = mapMembers(withAt(object.tree, ['metadata', 'name'], young(name)), (key, child) => {
      const target = wordAt(child, ['name']);
      const names_ = /^(scaleTargetRef|targetRef|service)$/.test(key) && members(child).size > 0;
      return names_ && target !== undefined && names.has(target) ? withAt(child, ['name'], young(target)) : child;
    });
    return { ...object, tree, formerly: [...object.formerly, name] };
  });
}
