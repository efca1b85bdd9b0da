/** A parsed YAML document into plain data with the position of every key. Writes aliases out itself, so that bombs stay small. */
import type { Lines } from '../evidence/pages/text-lines.ts';
import type { YamlList, YamlMap, YamlNode } from '../evidence/yaml/tree.ts';
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
export function compose(contents: YamlNode | undefined, lines: Lines): Composed {
  const work = workFor(contents, lines);
  const value = contents ? dataOf(contents, { pointer: '', depth: 0 }, work) : undefined;
  return { value, positions: work.positions, troubles: work.troubles };
}

function dataOf(node: YamlNode, spot: Spot, work: Work): unknown {
  if (isBeyond(node, spot, work)) return null;
  if (node.tag !== undefined && !CORE_TAG.test(node.tag)) return tagged(node, spot, work);
  if (node.kind === 'map') return mapOf(node, spot, work);
  if (node.kind === 'list') return listOf(node, spot, work);
  if (node.kind === 'scalar') return scalarOf(node.value, node, spot, work);
  const target = targetOf(node, spot, work);
  return target ? dataOf(target, { ...spot, depth: spot.depth + 1 }, work) : null;
}

function tagged(node: YamlNode, spot: Spot, work: Work): null {
  const message = `the tag ${node.tag} is not allowed; values are plain text, numbers, lists and maps`;
  report(work, node, spot, message, 'Remove the tag.');
  return null;
}

function scalarOf(value: unknown, node: YamlNode, spot: Spot, work: Work): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  const message = `${quoted(spot.pointer)} is not a finite number`;
  report(work, node, spot, message, 'Write a number, or put it in quotes if it is text.');
  return null;
}

function listOf(node: YamlList, spot: Spot, work: Work): unknown[] {
  return node.items.map((item, index) => {
    const inner = { pointer: below(spot.pointer, index), depth: spot.depth + 1 };
    work.positions[inner.pointer] = positionOf(item, work);
    return dataOf(item, inner, work);
  });
}

function mapOf(node: YamlMap, spot: Spot, work: Work): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [key, pair] of entriesOf(node, spot, work)) {
    const inner = { pointer: below(spot.pointer, key), depth: spot.depth + 1 };
    work.positions[inner.pointer] = positionOf(pair.key, work);
    value[key] = pair.value === null ? null : dataOf(pair.value, inner, work);
  }
  return value;
}
