/** One parsed YAML document as plain values that remember their places. Reads syntax trees; knows nothing of any file format. */
import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { branchesAround } from './template-branches.ts';
import type { Neutralised } from './template-marks.ts';
import { type Fault, type Lines, MAX_DEPTH, type Parsed } from './yaml-parse.ts';
import { between, type Converted, convert } from './yaml-value.ts';

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
export function readDocument(parsed: Parsed, source: Neutralised, lines: Lines): ReadDocument {
  const { contents, range } = parsed.document;
  const converted = convert(contents, parsed.end, source);
  if ('fault' in converted) return converted;
  if (converted.height > MAX_DEPTH) return { fault: { offset: range[0], message: 'aliases nest too deeply' } };
  const duplicateKeys = converted.duplicates.map(({ key, offset }) => ({ key, line: lines.at(offset).line }));
  return { document: placed(parsed, converted, source, lines), duplicateKeys };
}

/** Where a path leads: the node, where its key or item begins, and where what belongs to it ends. */
interface Found {
  readonly node: Node | null;
  readonly from: number;
  readonly to: number;
  /** Whether the whole path was found, or only an ancestor. */
  readonly whole: boolean;
}

/** What finding a place in a tree needs. */
interface Tree {
  readonly targets: Converted['targets'];
  readonly indexes: Map<YAMLMap, ReadonlyMap<string, number>>;
}

function placed(
  { document, end }: Parsed,
  { value, targets }: Converted,
  source: Neutralised,
  lines: Lines,
): YamlDocument {
  function find(path: YamlPath): Found {
    const root = document.contents;
    let found: Found = { node: root, from: root?.range?.[0] ?? document.range[0], to: end, whole: true };
    for (const step of path) {
      const child = childOf(found, step, tree);
      if (!child) return { ...found, whole: false };
      found = child;
    }
    return found;
  }
  function inside(path: YamlPath, within: Position): Position {
    const { node, from } = find(path);
    const scalar = isAlias(node) ? targets.get(node) : node;
    const start = lines.at(scalar?.range?.[0] ?? from);
    if (!isScalar(scalar) || !isBlock(scalar.type)) return start;
    const first = start.line + 1;
    if (scalar.type === 'BLOCK_FOLDED') return { line: first, column: 1 };
    return { line: first + within.line - 1, column: blockIndent(source.text, lines, scalar, first) + within.column };
  }
  const tree: Tree = { targets, indexes: new Map() };
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

function childOf({ node, to }: Found, step: string | number, tree: Tree): Found | undefined {
  const { targets } = tree;
  const here = isAlias(node) ? targets.get(node) : node;
  const limit = here === node ? to : (here?.range?.[2] ?? to);
  if (isMap(here)) return keyOf(here, String(step), limit, tree) ?? mergedKey(here, step, tree);
  if (!isSeq(here) || typeof step !== 'number') return undefined;
  const item = here.items[step] as Node | undefined;
  if (!item?.range) return undefined;
  const next = here.items[step + 1] as Node | undefined;
  return { node: item, from: item.range[0], to: next?.range?.[0] ?? limit, whole: true };
}

function keyOf(map: YAMLMap, key: string, limit: number, tree: Tree): Found | undefined {
  const index = indexOf(map, tree).get(key);
  const pair = index === undefined ? undefined : map.items[index];
  if (index === undefined || !pair) return undefined;
  const from = (pair.key as Node).range?.[0] ?? 0;
  const next = map.items[index + 1]?.key as Node | undefined;
  return { node: pair.value as Node | null, from, to: next?.range?.[0] ?? limit, whole: true };
}

/** Where each key of a map is; of equal keys the last one. Made when a map is first asked, for a map may have 50,000 keys. */
function indexOf(map: YAMLMap, { targets, indexes }: Tree): ReadonlyMap<string, number> {
  const known = indexes.get(map);
  if (known) return known;
  const index = new Map<string, number>();
  for (const [position, pair] of map.items.entries()) {
    const key = keyText(pair.key, targets);
    if (key !== undefined) index.set(key, position);
  }
  indexes.set(map, index);
  return index;
}

function mergedKey(map: YAMLMap, step: string | number, tree: Tree): Found | undefined {
  if (!indexOf(map, tree).has('<<')) return undefined;
  for (const pair of map.items) {
    if (keyText(pair.key, tree.targets) !== '<<') continue;
    const value = pair.value as Node | null;
    for (const source of isSeq(value) ? (value.items as Node[]) : [value]) {
      const merged = isAlias(source) ? tree.targets.get(source) : source;
      const found = isMap(merged) ? keyOf(merged, String(step), merged.range?.[2] ?? 0, tree) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

function keyText(key: unknown, targets: Converted['targets']): string | undefined {
  const scalar = isAlias(key) ? targets.get(key) : key;
  return isScalar(scalar) ? String(scalar.value) : undefined;
}

function isBlock(type: unknown): boolean {
  return type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
}

/** Spaces by which a block's text is indented in the file: told by comparing its first line that has text. */
function blockIndent(text: string, lines: Lines, scalar: { value: unknown }, first: number): number {
  const own = String(scalar.value).split('\n');
  const index = own.findIndex((line) => line.trim() !== '');
  const start = lines.start(first + index);
  const written = /^ */.exec(text.slice(start, start + 1000))?.[0].length ?? 0;
  const kept = /^ */.exec(own[index] ?? '')?.[0].length ?? 0;
  return index < 0 ? 0 : Math.max(0, written - kept);
}
