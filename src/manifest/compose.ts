/** A parsed YAML document into plain data with the position of every key. Writes aliases out itself, so that bombs stay small. */
import { isAlias, isMap, isPair, isScalar, isSeq, type LineCounter, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import {
  isBeyond,
  positionOf,
  quoted,
  report,
  type Spot,
  type Trouble,
  targetOf,
  type Work,
  workFor,
} from './compose-work.ts';
import { entriesOf } from './map-entries.ts';
import { below, type Positions } from './pointer.ts';

const CORE_TAG = /^tag:yaml\.org,2002:(map|seq|str|null|bool|int|float)$/;

/** A document as data. */
export interface Composed {
  /** Undefined for an empty document. */
  readonly value: unknown;
  readonly positions: Positions;
  readonly troubles: readonly Trouble[];
}

/** Composes a document's contents, whatever is wrong with it. */
export function compose(contents: Node | null, lines: LineCounter): Composed {
  const work = workFor(contents, lines);
  const value = contents ? dataOf(contents, { pointer: '', depth: 0 }, work) : undefined;
  return { value, positions: work.positions, troubles: work.troubles };
}

function dataOf(node: Node, spot: Spot, work: Work): unknown {
  if (isBeyond(node, spot, work)) return null;
  if (node.tag !== undefined && !CORE_TAG.test(node.tag)) return tagged(node, spot, work);
  if (isMap(node)) return mapOf(node, spot, work);
  if (isSeq(node)) return listOf(node, spot, work);
  if (isScalar(node)) return scalarOf(node.value, node, spot, work);
  const target = isAlias(node) ? targetOf(node, spot, work) : undefined;
  return target ? dataOf(target, { ...spot, depth: spot.depth + 1 }, work) : null;
}

function tagged(node: Node, spot: Spot, work: Work): null {
  const message = `the tag ${node.tag} is not allowed; values are plain text, numbers, lists and maps`;
  report(work, node, spot, message, 'Remove the tag.');
  return null;
}

function scalarOf(value: unknown, node: Node, spot: Spot, work: Work): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  const message = `${quoted(spot.pointer)} is not a finite number`;
  report(work, node, spot, message, 'Write a number, or put it in quotes if it is text.');
  return null;
}

function listOf(node: YAMLSeq, spot: Spot, work: Work): unknown[] {
  return node.items.map((item, index) => {
    const inner = { pointer: below(spot.pointer, index), depth: spot.depth + 1 };
    const child = isPair(item) || item === null ? undefined : (item as Node);
    if (!child) return null;
    work.positions[inner.pointer] = positionOf(child, work);
    return dataOf(child, inner, work);
  });
}

function mapOf(node: YAMLMap, spot: Spot, work: Work): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [key, pair] of entriesOf(node, spot, work)) {
    const inner = { pointer: below(spot.pointer, key), depth: spot.depth + 1 };
    work.positions[inner.pointer] = positionOf(pair.key as Node, work);
    value[key] = pair.value === null ? null : dataOf(pair.value as Node, inner, work);
  }
  return value;
}
