/** One parsed YAML document as plain values that remember their places. Reads syntax trees; knows nothing of any file format. */

import type { Lines } from '../pages/text-lines.ts';
import { branchesAround } from './template-branches.ts';
import type { Neutralised } from './template-marks.ts';
import { type Fault, MAX_DEPTH, type YamlMap, type YamlNode, type YamlTree } from './tree.ts';
import { between, type Converted, convert } from './value.ts';

/** Keys and indexes from a document's root. */
export type YamlPath = readonly (string | number)[];

/** Both count from 1; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A key that is given again in the same map. */
export interface DuplicateKey {
  readonly key: string;
  /** Line of the later one. */
  readonly line: number;
}

/** One document: its value, and where its parts are. */
export interface YamlDocument {
  /** Plain JavaScript: objects, arrays, strings, finite numbers, booleans, null. Never a `__proto__` key. */
  readonly value: unknown;
  /** Place of a key or an item, or of its nearest ancestor that exists. */
  at(path: YamlPath): Position;
  /** First line of a scalar's text: the line below `|` of a block, else the line of the value itself. */
  inner(path: YamlPath): number;
  /** Place in the file of a place in a scalar's text, e.g. of YAML within YAML. Exact in `|` blocks, else the scalar's start. */
  inside(path: YamlPath, within: Position): Position;
  /** Actions of a template that print unseen YAML among the children of a key. */
  injected(path: YamlPath): readonly string[];
  /** Conditions of a template under which a key or item is there at all, outermost first. */
  conditions(path: YamlPath): readonly string[];
}

/** A readable document, or why it is none. */
export type ReadDocument =
  | { readonly document: YamlDocument; readonly duplicateKeys: readonly DuplicateKey[] }
  | { readonly fault: Fault };

/** Converts one tree. */
export function readDocument(tree: YamlTree, source: Neutralised, lines: Lines): ReadDocument {
  const converted = convert(tree.root, tree.end, source);
  if ('fault' in converted) return converted;
  if (converted.height > MAX_DEPTH) return { fault: { offset: tree.root.from, message: 'aliases nest too deeply' } };
  const duplicateKeys = converted.duplicates.map(({ key, offset }) => ({ key, line: lines.at(offset).line }));
  return { document: placed(tree, converted, source, lines), duplicateKeys };
}

/** Where a path leads: the node, where its key or item begins, and where what belongs to it ends. */
interface Found {
  readonly node: YamlNode | null;
  readonly from: number;
  readonly to: number;
  /** Whether the whole path was found, or only an ancestor. */
  readonly whole: boolean;
}

/** What finding a place in a tree needs. */
interface Maps {
  readonly targets: Converted['targets'];
  readonly indexes: Map<YamlMap, ReadonlyMap<string, number>>;
}

function placed(
  { root, end }: YamlTree,
  { value, targets }: Converted,
  source: Neutralised,
  lines: Lines,
): YamlDocument {
  function find(path: YamlPath): Found {
    let found: Found = { node: root, from: root.from, to: end, whole: true };
    for (const step of path) {
      const child = childOf(found, step, maps);
      if (!child) return { ...found, whole: false };
      found = child;
    }
    return found;
  }
  function inside(path: YamlPath, within: Position): Position {
    const { node, from } = find(path);
    const scalar = node?.kind === 'alias' ? targets.get(node)?.node : node;
    const start = lines.at(scalar?.from ?? from);
    if (scalar?.kind !== 'scalar') return start;
    const first = start.line + 1;
    if (scalar.style === 'folded') return { line: first, column: 1 };
    if (scalar.style !== 'literal') return start;
    return {
      line: first + within.line - 1,
      column: blockIndent(source.text, lines, scalar.text, first) + within.column,
    };
  }
  const maps: Maps = { targets, indexes: new Map() };
  const around = branchesAround(source.branches);
  return {
    value,
    at: (path) => lines.at(find(path).from),
    inside,
    inner: (path) => inside(path, { line: 1, column: 1 }).line,
    injected: (path) => {
      const { from, to, whole } = find(path);
      const column = path.length === 0 ? 0 : lines.at(from).column - 1;
      // What an action prints below a key stands further right than the key; below an item, from the item's column on.
      const least = typeof path.at(-1) === 'string' ? column + 1 : column;
      const within = between(source.injections, from, to).filter(({ indent }) => indent >= least);
      return whole ? within.map((injection) => injection.source) : [];
    },
    conditions: (path) => around(find(path).from),
  };
}

function childOf({ node, to }: Found, step: string | number, maps: Maps): Found | undefined {
  const target = node?.kind === 'alias' ? maps.targets.get(node) : undefined;
  const [here, limit] = target ? [target.node, target.to] : [node, to];
  if (here?.kind === 'map') return keyOf(here, String(step), limit, maps) ?? mergedKey(here, String(step), maps);
  if (here?.kind !== 'list' || typeof step !== 'number') return undefined;
  const item = here.items[step];
  return item && { node: item, from: item.from, to: here.items[step + 1]?.from ?? limit, whole: true };
}

function keyOf(map: YamlMap, key: string, limit: number, maps: Maps): Found | undefined {
  const index = indexOf(map, maps).get(key);
  const pair = index === undefined ? undefined : map.pairs[index];
  if (index === undefined || !pair) return undefined;
  return { node: pair.value, from: pair.key.from, to: map.pairs[index + 1]?.key.from ?? limit, whole: true };
}

/** Where each key of a map is; of equal keys the last one. Made when a map is first asked, for a map may have 50,000 keys. */
function indexOf(map: YamlMap, { indexes }: Maps): ReadonlyMap<string, number> {
  const known = indexes.get(map);
  if (known) return known;
  const index = new Map<string, number>();
  for (const [position, { key }] of map.pairs.entries()) if (key.kind === 'scalar') index.set(key.text, position);
  indexes.set(map, index);
  return index;
}

function mergedKey(map: YamlMap, step: string, maps: Maps): Found | undefined {
  if (!indexOf(map, maps).has('<<')) return undefined;
  for (const { key, value } of map.pairs) {
    if (key.kind !== 'scalar' || key.text !== '<<') continue;
    for (const source of value?.kind === 'list' ? value.items : [value]) {
      const target = source?.kind === 'alias' ? maps.targets.get(source) : source && { node: source, to: 0 };
      const found = target?.node.kind === 'map' ? keyOf(target.node, step, target.to, maps) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** Spaces by which a block's text is indented in the file: told by comparing its first line that has text. */
function blockIndent(text: string, lines: Lines, value: string, first: number): number {
  const own = value.split('\n');
  const index = own.findIndex((line) => line.trim() !== '');
  const start = lines.start(first + index);
  const written = /^ */.exec(text.slice(start, start + 1000))?.[0].length ?? 0;
  const kept = /^ */.exec(own[index] ?? '')?.[0].length ?? 0;
  return index < 0 ? 0 : Math.max(0, written - kept);
}
