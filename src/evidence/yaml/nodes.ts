/** Turns the nodes of the `yaml` package into our tree. Their depth was checked before. */
import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';
import type { YamlNode, YamlPair, YamlScalar } from './tree.ts';

/** One node with all that is in it. */
export function treeOf(node: Node): YamlNode {
  const from = node.range?.[0] ?? 0;
  if (isAlias(node)) return { kind: 'alias', from, name: node.source };
  const written = {
    from,
    ...(hasAnchor(node) && { anchor: node.anchor }),
    ...(node.tag !== undefined && { tag: node.tag }),
  };
  if (isMap(node)) return { kind: 'map', pairs: node.items.map(pairOf), ...written };
  if (isSeq(node)) return { kind: 'list', items: (node.items as (Node | Pair)[]).map(itemOf), ...written };
  return isScalar(node) ? { ...scalarOf(node), ...written } : nothingAt(from);
}

function hasAnchor(node: Node): node is Node & { readonly anchor: string } {
  return 'anchor' in node && node.anchor !== undefined;
}

function pairOf({ key, value }: Pair): YamlPair {
  const named = key === null ? nothingAt(0) : treeOf(key as Node);
  return {
    key: named.kind === 'scalar' ? { ...named, value: named.text } : named,
    value: value === null ? null : treeOf(value as Node),
  };
}

function itemOf(item: Node | Pair): YamlNode {
  return isPair(item) ? nothingAt(0) : treeOf(item);
}

function nothingAt(offset: number): YamlScalar {
  return { kind: 'scalar', from: offset, to: offset, value: null, text: '', style: 'plain' };
}

function scalarOf({ value, source = '', type, range }: Scalar): YamlScalar {
  return {
    kind: 'scalar',
    from: range?.[0] ?? 0,
    to: range?.[1] ?? 0,
    value,
    text: typeof value === 'string' ? value : source,
    style: styleOf(type),
  };
}

function styleOf(type: string | undefined): YamlScalar['style'] {
  if (type === 'BLOCK_LITERAL') return 'literal';
  if (type === 'BLOCK_FOLDED') return 'folded';
  return type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? 'quoted' : 'plain';
}
