/** Shows what another kind of object says where a pod has it, so that its containers are read like a pod's. */
import type { Place } from '../../model.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { containersOf } from './container-of.ts';
import type { ManifestObject } from './manifest-object.ts';
import type { Container } from './workload.ts';

/** Part of a container as a pod would have it, and the path in the object where it is written. */
export interface Part {
  readonly key: string;
  readonly value: unknown;
  readonly path: YamlPath;
}

/** The object with one container made of parts; those without a value are left out. */
export function viewedContainers(object: ManifestObject, name: string, parts: readonly Part[]): readonly Container[] {
  const there = parts.filter(({ value }) => value !== undefined && value !== null);
  const container = Object.fromEntries([['name', name], ...there.map(({ key, value }) => [key, value])]);
  const translated = (path: YamlPath): YamlPath => {
    const [, , , key, ...rest] = path;
    const part = there.find((it) => it.key === key);
    return part ? [...part.path, ...rest] : [];
  };
  const view: ManifestObject = {
    ...object,
    value: { spec: { containers: [container] } },
    at: (path): Place => object.at(translated(path)),
    via: (path) => object.via(translated(path)),
  };
  return containersOf(view, ['spec']);
}
