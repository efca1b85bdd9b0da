/** Kubernetes objects out of kustomizations: each overlay that nobody else includes is one build. */
import type { Delegated } from '../../model.ts';
import type { Sources } from '../collector.ts';
import { isProduction, type Setting, settingOf } from './environment.ts';
import { type Building, type Built, build } from './kustomize-build.ts';
import { findKustomizations, includedBy, type Kustomization, type KustomizeFiles } from './kustomize-files.ts';
import type { ManifestObject } from './manifest-object.ts';
import { nearest, plain, wordAt } from './placed-value.ts';
import type { ObjectReading } from './plain-objects.ts';

/** The objects, and the files that went into them. */
export interface Kustomized {
  readonly objects: readonly ManifestObject[];
  readonly consumed: ReadonlySet<string>;
}

/** Most objects of all builds. */
const MAX_OBJECTS = 20_000;

/** Builds all kustomizations. What cannot be followed is told in the reading and in `delegated`. */
export function kustomizeObjects(sources: Sources, reading: ObjectReading, delegated: Delegated[]): Kustomized {
  const files = findKustomizations(sources, reading.unread);
  const consumed = new Set<string>();
  const objects: ManifestObject[] = [];
  const done: Building['done'] = new Map();
  for (const { root, aside } of rootsOf(files)) {
    const setting = { ...settingOf(root.file, sources.manifest), ...(aside && { aside }) };
    const building = { files, reading, unread: [], delegated: [], consumed: new Set<string>(), done };
    const built = build(root, setting.aside ? { ...building, done: new Map() } : building);
    objects.push(...built.map((it) => objectOf(it, root, setting)));
    if (objects.length > MAX_OBJECTS) break;
    // What only a test or an example takes in may well be a manifest of its own.
    if (setting.aside && !root.isComponent) continue;
    for (const path of building.consumed) consumed.add(path);
    if (setting.aside) continue;
    reading.unread.push(...building.unread);
    delegated.push(...building.delegated);
  }
  for (const { file } of files.byFolder.values()) consumed.add(file.path);
  return { objects, consumed };
}

interface Root {
  readonly root: Kustomization;
  readonly aside?: Setting['aside'];
}

/**
 * Kustomizations that are applied as such: those that no other includes, and a base that is included only for environments
 * which are not production, for then the base itself may be production's. A component that nobody includes is optional.
 */
function rootsOf(files: KustomizeFiles): readonly Root[] {
  const { sources, byFolder } = files;
  const users = new Map<string, Kustomization[]>();
  for (const user of byFolder.values()) {
    if (settingOf(user.file, sources.manifest).aside) continue;
    for (const { included } of includedBy(user, ['resources', 'bases', 'components'], files)) {
      if (included.kind !== 'folder' || included.kustomization === user) continue;
      const { dir } = included.kustomization;
      users.set(dir, [...(users.get(dir) ?? []), user]);
    }
  }
  const isLower = ({ file }: Kustomization): boolean => {
    const { environment } = settingOf(file, sources.manifest);
    return environment !== undefined && !isProduction(environment, sources.manifest.claims);
  };
  return [...byFolder.values()].flatMap((root): readonly Root[] => {
    const used = users.get(root.dir) ?? [];
    if (root.isComponent) return used.length > 0 ? [] : [{ root, aside: { because: 'an optional component' } }];
    return used.length === 0 || (used.every(isLower) && !isLower(root)) ? [{ root }] : [];
  });
}

function objectOf({ tree, when, partial }: Built, { dir }: Kustomization, setting: Setting): ManifestObject {
  const namespace = wordAt(tree, ['metadata', 'namespace']);
  const value = plain(tree);
  return {
    apiVersion: wordAt(tree, ['apiVersion']) ?? '',
    kind: wordAt(tree, ['kind']) ?? '',
    name: wordAt(tree, ['metadata', 'name']) ?? '',
    ...(namespace !== undefined && { namespace }),
    value: typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {},
    at: (path) => nearest(tree, path).at,
    via: (path) => nearest(tree, path).via,
    origin: `${dir}/kustomization`,
    ...setting,
    ...(when !== undefined && { when }),
    ...(partial !== undefined && { partial }),
  };
}
