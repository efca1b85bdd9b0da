/** The entries of a YAML map: each key once, and what merge keys (`<<`) bring in. */
import type { YamlMap, YamlNode, YamlPair } from '../evidence/yaml/tree.ts';
import { isBeyond, positionOf, quoted, report, type Spot, targetOf, type Work } from './compose-work.ts';
import { below } from './pointer.ts';

/** A map's own keys, and then those that it merges in and does not have itself. */
export function entriesOf(node: YamlMap, spot: Spot, work: Work): ReadonlyMap<string, YamlPair> {
  const entries = new Map<string, YamlPair>();
  const merges: (YamlNode | null)[] = [];
  for (const pair of node.pairs) {
    if (pair.key.kind !== 'scalar') continue;
    const key = pair.key.text;
    const first = entries.get(key);
    if (isMerge(pair)) merges.push(pair.value);
    else if (first) duplicate(key, first, pair, spot, work);
    else if (key === '__proto__') forbidden(key, pair, spot, work);
    else entries.set(key, pair);
  }
  for (const source of merges) mergeInto(entries, source, deeper(spot), work);
  return entries;
}

function mergeInto(entries: Map<string, YamlPair>, source: YamlNode | null, spot: Spot, work: Work): void {
  if (source === null || isBeyond(source, spot, work)) return;
  const target = targetOf(source, spot, work);
  if (target?.kind === 'list') {
    for (const item of target.items) mergeInto(entries, item, deeper(spot), work);
  } else if (target?.kind === 'map') {
    if (isBeyond(target, spot, work, target.pairs.length)) return;
    for (const [key, pair] of entriesOf(target, spot, work)) if (!entries.has(key)) entries.set(key, pair);
  } else if (target) {
    const fix = 'Name the anchor of a map above, e.g. `<<: *defaults`.';
    report(work, source, spot, 'the merge key << takes the alias of a map', fix);
  }
}

function isMerge(pair: YamlPair): boolean {
  return pair.key.kind === 'scalar' && pair.key.text === '<<' && pair.key.style === 'plain';
}

function duplicate(key: string, first: YamlPair, second: YamlPair, spot: Spot, work: Work): void {
  const pointer = below(spot.pointer, key);
  const [one, other] = [positionOf(first.key, work)[0], positionOf(second.key, work)[0]];
  const where = one === other ? 'on this line' : `on lines ${one} and ${other}`;
  const message = `${quoted(pointer)} is given twice, ${where}`;
  report(work, second.key, { ...spot, pointer }, message, 'Keep one of the two.');
}

/** Copying this key from one object to another would change what the other one is. */
function forbidden(key: string, pair: YamlPair, spot: Spot, work: Work): void {
  const inner = { ...spot, pointer: below(spot.pointer, key) };
  report(work, pair.key, inner, `the key ${key} is not allowed`, 'Remove it.');
}

function deeper(spot: Spot): Spot {
  return { ...spot, depth: spot.depth + 1 };
}
