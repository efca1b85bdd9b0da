/** Plain values as trees whose every part knows its place, so that parts of several files can be put together. Immutable. */
import type { Place } from '../../model.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import type { ManifestObject } from './manifest-object.ts';

type Via = ReturnType<ManifestObject['via']>;

/** One value; maps and lists hold further ones. */
export interface Placed {
  readonly value: ReadonlyMap<string, Placed> | readonly Placed[] | string | number | boolean | null;
  readonly at: Place;
  readonly via: Via;
}

/** A value's tree, from whatever knows where its parts are. */
export function placed(
  value: unknown,
  whence: { at(path: YamlPath): Place; via(path: YamlPath): Via },
  path: YamlPath = [],
): Placed {
  const here = { at: whence.at(path), via: whence.via(path) };
  if (Array.isArray(value)) return { ...here, value: value.map((it, index) => placed(it, whence, [...path, index])) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, it]) => [key, placed(it, whence, [...path, key])] as const);
    return { ...here, value: new Map(entries) };
  }
  const isWord = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return { ...here, value: isWord ? value : null };
}

/** A word that something sets. */
export function placedWord(value: string | number, at: Place): Placed {
  return { value, at, via: 'overlay' };
}

/** The tree as plain data. */
export function plain({ value }: Placed): unknown {
  if (isItems(value)) return value.map(plain);
  if (!isMembers(value)) return value;
  return Object.fromEntries([...value].filter(([key]) => key !== '__proto__').map(([key, it]) => [key, plain(it)]));
}

/** Members of a map; none of anything else. */
export function members(node: Placed | undefined): ReadonlyMap<string, Placed> {
  return node && isMembers(node.value) ? node.value : new Map();
}

/** Items of a list; none of anything else. */
export function items(node: Placed | undefined): readonly Placed[] {
  return node && isItems(node.value) ? node.value : [];
}

/** Whether it is a map. */
export function isMembers(value: Placed['value']): value is ReadonlyMap<string, Placed> {
  return value instanceof Map;
}

/** Whether it is a list. */
export function isItems(value: Placed['value']): value is readonly Placed[] {
  return Array.isArray(value);
}

/** What stands at a path. */
export function found(node: Placed | undefined, path: YamlPath): Placed | undefined {
  let here = node;
  for (const step of path) here = typeof step === 'number' ? items(here)[step] : members(here).get(step);
  return here;
}

/** What stands at a path, or the nearest around it that is there. */
export function nearest(node: Placed, path: YamlPath): Placed {
  let here = node;
  for (const step of path) {
    const next = found(here, [step]);
    if (!next) return here;
    here = next;
  }
  return here;
}

/** A word at a path. */
export function wordAt(node: Placed | undefined, path: YamlPath): string | undefined {
  const value = found(node, path)?.value;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The tree with something else at a path; maps on the way there are made. Lists are changed only where they have the item. */
export function withAt(node: Placed, path: YamlPath, child: Placed): Placed {
  const [step, ...rest] = path;
  if (step === undefined) return child;
  if (typeof step === 'number') {
    const list = items(node);
    const item = list[step];
    return item ? { ...node, value: list.with(step, withAt(item, rest, child)) } : node;
  }
  const map = members(node);
  const inner = withAt(map.get(step) ?? { value: new Map(), at: child.at, via: child.via }, rest, child);
  return { ...node, value: new Map([...map, [step, inner]]) };
}

/** The tree with every value replaced that stands in a map under a certain key, wherever that is. */
export function mapMembers(node: Placed, change: (key: string, child: Placed) => Placed): Placed {
  if (isItems(node.value)) return { ...node, value: node.value.map((it) => mapMembers(it, change)) };
  if (!isMembers(node.value)) return node;
  const entries = [...node.value].map(([key, it]) => [key, mapMembers(change(key, it), change)] as const);
  return { ...node, value: new Map(entries) };
}
