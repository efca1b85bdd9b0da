/** Syntax trees to plain values, bounded: aliases are shared and counted, merges resolved, odd numbers kept as written. */
import { hasMarks, type InlineAction, type Neutralised, opaque, restore, withoutMarks } from './template-marks.ts';
import type { Fault, YamlAlias, YamlMap, YamlNode, YamlPair, YamlScalar } from './tree.ts';

/** Most values that aliases and merges may add to a document. */
const MAX_EXPANSION = 200_000;

/** A document's value and what is needed to find places in it. */
export interface Converted {
  readonly value: unknown;
  /** Levels of the value with aliases followed. */
  readonly height: number;
  readonly targets: ReadonlyMap<YamlAlias, Target>;
  readonly duplicates: readonly { readonly key: string; readonly offset: number }[];
}

/** What an alias stands for. */
interface Target {
  readonly node: YamlNode;
  /** Where what belongs to it ends. */
  readonly to: number;
}

interface Plain {
  readonly value: unknown;
  readonly weight: number;
  readonly height: number;
}

interface Work {
  readonly source: Neutralised;
  readonly anchors: Map<string, Target & { readonly plain?: Plain }>;
  readonly targets: Map<YamlAlias, Target>;
  readonly duplicates: { key: string; offset: number }[];
  expanded: number;
}

class TreeError extends Error {
  readonly offset: number;
  constructor(message: string, node: YamlNode) {
    super(message);
    this.offset = node.from;
  }
}

/** Converts a tree whose depth was checked before. `end` is where the document ends. */
export function convert(root: YamlNode, end: number, source: Neutralised): Converted | { readonly fault: Fault } {
  const work: Work = { source, anchors: new Map(), targets: new Map(), duplicates: [], expanded: 0 };
  try {
    const { value, height } = plainOf(root, root.from, end, work);
    return { value, height, targets: work.targets, duplicates: work.duplicates };
  } catch (error) {
    if (error instanceof TreeError) return { fault: { offset: error.offset, message: error.message } };
    throw error;
  }
}

/** `from` and `to` bound what belongs to the node, including lines that only a template's actions stand on. */
function plainOf(node: YamlNode | null, from: number, to: number, work: Work): Plain {
  if (node === null) return leaf(injectedOr(null, from, to, work));
  if (node.kind === 'alias') return aliased(node, work);
  const { anchor } = node;
  if (anchor === undefined) return plainOfContent(node, from, to, work);
  work.anchors.set(anchor, { node, to });
  const plain = plainOfContent(node, from, to, work);
  work.anchors.set(anchor, { node, to, plain });
  return plain;
}

function plainOfContent(node: Exclude<YamlNode, YamlAlias>, from: number, to: number, work: Work): Plain {
  if (node.kind === 'map') return mapOf(node, to, work);
  if (node.kind === 'list') return listOf(node.items, to, work);
  return leaf(scalarOf(node, from, to, work));
}

function leaf(value: unknown): Plain {
  return { value, weight: 1, height: 0 };
}

function aliased(node: YamlAlias, work: Work): Plain {
  const target = work.anchors.get(node.name);
  if (!target?.plain) throw new TreeError(`alias *${node.name} has no value here`, node);
  work.targets.set(node, target);
  expand(target.plain.weight, node, work);
  return target.plain;
}

function expand(weight: number, node: YamlNode, work: Work): void {
  work.expanded += weight;
  if (work.expanded > MAX_EXPANSION) throw new TreeError(`aliases expand to more than ${MAX_EXPANSION} values`, node);
}

function listOf(items: readonly YamlNode[], to: number, work: Work): Plain {
  const value: unknown[] = [];
  let weight = 1;
  let height = 0;
  for (const [index, item] of items.entries()) {
    const plain = plainOf(item, item.from, items[index + 1]?.from ?? to, work);
    value.push(plain.value);
    weight += plain.weight;
    height = Math.max(height, plain.height);
  }
  return { value, weight, height: height + 1 };
}

function mapOf(map: YamlMap, to: number, work: Work): Plain {
  const own: Record<string, unknown> = {};
  const merged = new Map<string, unknown>();
  let weight = 1;
  let height = 0;
  for (const [index, pair] of map.pairs.entries()) {
    const { key, isMerge } = keyOf(pair, work);
    const plain = plainOf(pair.value, pair.key.from, map.pairs[index + 1]?.key.from ?? to, work);
    weight += plain.weight;
    height = Math.max(height, plain.height);
    if (isMerge) merge(plain.value, merged, map, work);
    else if (key !== '__proto__') set(own, key, plain.value, pair.key.from, work);
  }
  for (const [key, value] of merged) if (!Object.hasOwn(own, key)) own[key] = value;
  return { value: own, weight: weight + merged.size, height: height + 1 };
}

/** Text of a key; both readers have made sure that it is a string. */
function keyOf({ key: node }: YamlPair, work: Work): { readonly key: string; readonly isMerge: boolean } {
  if (node.kind !== 'scalar') return { key: '', isMerge: false };
  const key = withoutMarks(restore(node.text, actionsOf(node, work)));
  if (node.anchor !== undefined) work.anchors.set(node.anchor, { node, to: node.to, plain: leaf(key) });
  return { key, isMerge: key === '<<' && node.style === 'plain' };
}

/** Of several sources the first wins; entries copied count as expansion, so that chains of merges stay cheap. */
function merge(source: unknown, merged: Map<string, unknown>, at: YamlNode, work: Work): void {
  for (const map of Array.isArray(source) ? source : [source]) {
    if (typeof map !== 'object' || map === null || Array.isArray(map)) continue;
    const entries = Object.entries(map);
    expand(entries.length, at, work);
    for (const [key, value] of entries) if (!merged.has(key)) merged.set(key, value);
  }
}

/** The last of equal keys counts; of a template's branches nobody knows which, so different words become opaque. */
function set(own: Record<string, unknown>, key: string, value: unknown, offset: number, work: Work): void {
  if (!Object.hasOwn(own, key)) {
    own[key] = value;
    return;
  }
  work.duplicates.push({ key, offset });
  const before = own[key];
  const undecided = work.source.branches.length > 0 && isWord(before) && isWord(value) && before !== value;
  own[key] = undecided ? opaque(withoutMarks(`${before} or ${value}`)) : value;
}

function isWord(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function scalarOf(node: YamlScalar, from: number, to: number, work: Work): unknown {
  const { value } = node;
  if (typeof value === 'string') {
    const text = hasMarks(value) ? restore(value, actionsOf(node, work)) : value;
    return text === '' ? injectedOr('', from, to, work) : text;
  }
  if (typeof value === 'number') return Number.isFinite(value) && !isImprecise(value) ? value : node.text;
  if (value === null || value === undefined) return injectedOr(null, from, to, work);
  return typeof value === 'boolean' ? value : node.text;
}

function isImprecise(value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}

function actionsOf(node: YamlScalar, work: Work): readonly InlineAction[] {
  return between(work.source.inline, node.from, node.to);
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
