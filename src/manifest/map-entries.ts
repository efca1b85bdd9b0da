/** The entries of a YAML map: each key once, and what merge keys (`<<`) bring in. */
import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { isBeyond, positionOf, quoted, report, type Spot, targetOf, type Work } from './compose-work.ts';
import { below } from './pointer.ts';

/** A map's own keys, and then those that it merges in and does not have itself. */
export function entriesOf(node: YAMLMap, spot: Spot, work: Work): ReadonlyMap<string, Pair> {
  const entries = new Map<string, Pair>();
  const merges: Node[] = [];
  for (const pair of node.items) {
    const key = isScalar(pair.key) ? String(pair.key.value ?? '') : undefined;
    if (key === undefined) continue;
    const first = entries.get(key);
    if (isMerge(pair)) merges.push(pair.value as Node);
    else if (first) duplicate(key, first, pair, spot, work);
    else if (key === '__proto__') forbidden(key, pair, spot, work);
    else entries.set(key, pair);
  }
  for (const source of merges) mergeInto(entries, source, deeper(spot), work);
  return entries;
}

function mergeInto(entries: Map<string, Pair>, source: Node | null, spot: Spot, work: Work): void {
  if (source === null || isBeyond(source, spot, work)) return;
  const target = targetOf(source, spot, work);
  if (isSeq(target)) {
    for (const item of target.items) mergeInto(entries, item as Node, deeper(spot), work);
  } else if (isMap(target)) {
    if (isBeyond(target, spot, work, target.items.length)) return;
    for (const [key, pair] of entriesOf(target, spot, work)) if (!entries.has(key)) entries.set(key, pair);
  } else if (target) {
    const fix = 'Name the anchor of a map above, e.g. `<<: *defaults`.';
    report(work, source, spot, 'the merge key << takes the alias of a map', fix);
  }
}

function isMerge(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN';
}

function duplicate(key: string, first: Pair, second: Pair, spot: Spot, work: Work): void {
  const pointer = below(spot.pointer, key);
  const [one, other] = [positionOf(first.key as Node, work)[0], positionOf(second.key as Node, work)[0]];
  const where = one === other ? 'on this line' : `on lines ${one} and ${other}`;
  const message = `${quoted(pointer)} is given twice, ${where}`;
  report(work, second.key as Node, { ...spot, pointer }, message, 'Keep one of the two.');
}

/** Copying this key from one object to another would change what the other one is. */
function forbidden(key: string, pair: Pair, spot: Spot, work: Work): void {
  const inner = { ...spot, pointer: below(spot.pointer, key) };
  report(work, pair.key as Node, inner, `the key ${key} is not allowed`, 'Remove it.');
}

function deeper(spot: Spot): Spot {
  return { ...spot, depth: spot.depth + 1 };
}
