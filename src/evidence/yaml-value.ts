/** Syntax trees to plain values, bounded: aliases are shared and counted, merges resolved, odd numbers kept as written. */
import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { hasMarks, type InlineAction, type Neutralised, opaque, restore, withoutMarks } from './template-marks.ts';
import type { Fault } from './yaml-parse.ts';

/** Most values that aliases and merges may add to a document. */
const MAX_EXPANSION = 200_000;

/** A document's value and what is needed to find places in it. */
export interface Converted {
  readonly value: unknown;
  /** Levels of the value with aliases followed. */
  readonly height: number;
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly duplicates: readonly { readonly key: string; readonly offset: number }[];
}

interface Plain {
  readonly value: unknown;
  readonly weight: number;
  readonly height: number;
}

interface Work {
  readonly source: Neutralised;
  readonly anchors: Map<string, { readonly node: Node; readonly plain?: Plain }>;
  readonly targets: Map<Alias, Node>;
  readonly duplicates: { key: string; offset: number }[];
  expanded: number;
}

class TreeError extends Error {
  readonly offset: number;
  constructor(message: string, node: Node) {
    super(message);
    this.offset = node.range?.[0] ?? 0;
  }
}

/** Converts a tree whose depth was checked before. `end` is where the document ends. */
export function convert(root: Node | null, end: number, source: Neutralised): Converted | { readonly fault: Fault } {
  const work: Work = { source, anchors: new Map(), targets: new Map(), duplicates: [], expanded: 0 };
  try {
    const { value, height } = plainOf(root, root?.range?.[0] ?? 0, end, work);
    return { value, height, targets: work.targets, duplicates: work.duplicates };
  } catch (error) {
    if (error instanceof TreeError) return { fault: { offset: error.offset, message: error.message } };
    throw error;
  }
}

/** `from` and `to` bound what belongs to the node, including lines that only a template's actions stand on. */
function plainOf(node: Node | null, from: number, to: number, work: Work): Plain {
  if (node === null) return leaf(injectedOr(null, from, to, work));
  if (isAlias(node)) return aliased(node, work);
  const anchor = 'anchor' in node ? node.anchor : undefined;
  if (anchor) work.anchors.set(anchor, { node });
  const plain = plainOfContent(node, from, to, work);
  if (anchor) work.anchors.set(anchor, { node, plain });
  return plain;
}

function plainOfContent(node: Node, from: number, to: number, work: Work): Plain {
  if (isMap(node)) return mapOf(node, to, work);
  if (isSeq(node)) return listOf(node.items as Node[], to, work);
  if (isScalar(node)) return leaf(scalarOf(node, from, to, work));
  return leaf(null);
}

function leaf(value: unknown): Plain {
  return { value, weight: 1, height: 0 };
}

function aliased(node: Alias, work: Work): Plain {
  const target = work.anchors.get(node.source);
  if (!target?.plain) throw new TreeError(`alias *${node.source} has no value here`, node);
  work.targets.set(node, target.node);
  expand(target.plain.weight, node, work);
  return target.plain;
}

function expand(weight: number, node: Node, work: Work): void {
  work.expanded += weight;
  if (work.expanded > MAX_EXPANSION) throw new TreeError(`aliases expand to more than ${MAX_EXPANSION} values`, node);
}

function listOf(items: readonly Node[], to: number, work: Work): Plain {
  const value: unknown[] = [];
  let weight = 1;
  let height = 0;
  for (const [index, item] of items.entries()) {
    const node = isPair(item) ? null : item;
    const plain = plainOf(node, item.range?.[0] ?? 0, items[index + 1]?.range?.[0] ?? to, work);
    value.push(plain.value);
    weight += plain.weight;
    height = Math.max(height, plain.height);
  }
  return { value, weight, height: height + 1 };
}

function mapOf(map: YAMLMap, to: number, work: Work): Plain {
  const own = new Map<string, unknown>();
  const merged = new Map<string, unknown>();
  let weight = 1;
  let height = 0;
  for (const [index, pair] of map.items.entries()) {
    const { key, offset, isMerge } = keyOf(pair, work);
    const next = map.items[index + 1]?.key as Node | undefined;
    const plain = plainOf(pair.value as Node | null, offset, next?.range?.[0] ?? to, work);
    weight += plain.weight;
    height = Math.max(height, plain.height);
    if (isMerge) merge(plain.value, merged, map, work);
    else if (key !== '__proto__') set(own, key, plain.value, offset, work);
  }
  for (const [key, value] of merged) if (!own.has(key)) own.set(key, value);
  return { value: Object.fromEntries(own), weight: weight + merged.size, height: height + 1 };
}

/** Text of a key; the composer has made sure that it is a string. */
function keyOf(pair: Pair, work: Work): { readonly key: string; readonly offset: number; readonly isMerge: boolean } {
  const node = pair.key as Node;
  const offset = node.range?.[0] ?? 0;
  if (isAlias(node)) return { key: String(aliased(node, work).value), offset, isMerge: false };
  if (!isScalar(node)) return { key: '', offset, isMerge: false };
  const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
  const key = withoutMarks(restore(text, actionsOf(node, work)));
  if (node.anchor) work.anchors.set(node.anchor, { node, plain: leaf(key) });
  return { key, offset, isMerge: key === '<<' && node.type === 'PLAIN' };
}

/** Of several sources the first wins; entries copied count as expansion, so that chains of merges stay cheap. */
function merge(source: unknown, merged: Map<string, unknown>, at: Node, work: Work): void {
  for (const map of Array.isArray(source) ? source : [source]) {
    if (typeof map !== 'object' || map === null || Array.isArray(map)) continue;
    const entries = Object.entries(map);
    expand(entries.length, at, work);
    for (const [key, value] of entries) if (!merged.has(key)) merged.set(key, value);
  }
}

/** The last of equal keys counts; of a template's branches nobody knows which, so different words become opaque. */
function set(own: Map<string, unknown>, key: string, value: unknown, offset: number, work: Work): void {
  if (!own.has(key)) {
    own.set(key, value);
    return;
  }
  work.duplicates.push({ key, offset });
  const before = own.get(key);
  const undecided = work.source.branches.length > 0 && isWord(before) && isWord(value) && before !== value;
  own.set(key, undecided ? opaque(withoutMarks(`${before} or ${value}`)) : value);
}

function isWord(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function scalarOf(node: Scalar, from: number, to: number, work: Work): unknown {
  const { value } = node;
  if (typeof value === 'string') {
    const text = hasMarks(value) ? restore(value, actionsOf(node, work)) : value;
    return text === '' ? injectedOr('', from, to, work) : text;
  }
  if (typeof value === 'number') return Number.isFinite(value) && !isImprecise(value) ? value : (node.source ?? '');
  if (value === null || value === undefined) return injectedOr(null, from, to, work);
  return typeof value === 'boolean' ? value : (node.source ?? '');
}

function isImprecise(value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}

function actionsOf(node: Scalar, work: Work): readonly InlineAction[] {
  const [from, to] = node.range ?? [0, 0];
  return between(work.source.inline, from, to);
}

/** Nothing written, but an action below prints something: not empty, unseen. */
function injectedOr(empty: null | '', from: number, to: number, work: Work): unknown {
  const injections = between(work.source.injections, from, to);
  if (injections.length === 0) return empty;
  const start = work.source.text.lastIndexOf('\n', from - 1) + 1;
  const own = injections.filter(({ indent }) => indent >= from - start);
  return own.length === 0 ? empty : opaque(own.map(({ source }) => source).join(' '));
}

/** The items of a list sorted by offset that lie in a stretch. */
export function between<T extends { readonly offset: number }>(
  sorted: readonly T[],
  from: number,
  to: number,
): readonly T[] {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.offset ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const found: T[] = [];
  for (let item = sorted[low]; item && item.offset < to; item = sorted[++low]) found.push(item);
  return found;
}
