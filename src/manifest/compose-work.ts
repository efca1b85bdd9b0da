/** What composing a document keeps: positions, troubles, the targets of aliases, and how much has been spent. */
import type { Lines } from '../evidence/pages/text-lines.ts';
import type { YamlAlias, YamlNode } from '../evidence/yaml/tree.ts';
import { DEPTH_CAP } from './limits.ts';
import { spoken } from './pointer.ts';

/** Values of a document with its aliases written out; beyond it the rest is left out and said to be. */
const NODE_CAP = 100_000;

/** One thing wrong with a document that is not a matter of syntax. */
export interface Trouble {
  readonly message: string;
  readonly fix: string;
  /** JSON pointer of the value. */
  readonly pointer: string;
  readonly offset: number;
}

/** State of one composition. */
export interface Work {
  readonly lines: Lines;
  readonly positions: Record<string, readonly [number, number]>;
  readonly troubles: Trouble[];
  readonly targets: ReadonlyMap<YamlAlias, YamlNode>;
  /** Values made so far, those of aliases counted each time. */
  spent: number;
  tooMuch: boolean;
}

/** Where in the data we are. */
export interface Spot {
  readonly pointer: string;
  readonly depth: number;
}

/** A fresh state for a document's contents. */
export function workFor(contents: YamlNode | undefined, lines: Lines): Work {
  return { lines, positions: {}, troubles: [], targets: aliasTargets(contents), spent: 0, tooMuch: false };
}

/** An alias means the latest anchor of its name above it. */
function aliasTargets(contents: YamlNode | undefined): ReadonlyMap<YamlAlias, YamlNode> {
  const anchors = new Map<string, YamlNode>();
  const targets = new Map<YamlAlias, YamlNode>();
  function visit(node: YamlNode): void {
    const target = node.kind === 'alias' ? anchors.get(node.name) : undefined;
    if (node.kind === 'alias' && target) targets.set(node, target);
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (node.kind === 'list') node.items.forEach(visit);
    if (node.kind !== 'map') return;
    for (const { key, value } of node.pairs) {
      visit(key);
      if (value) visit(value);
    }
  }
  if (contents) visit(contents);
  return targets;
}

/** Whether a node is too deep or one too many; said once, and from then on everything is. */
export function isBeyond(node: YamlNode, spot: Spot, work: Work, cost = 1): boolean {
  if (work.tooMuch) return true;
  work.spent += cost;
  if (work.spent <= NODE_CAP && spot.depth <= DEPTH_CAP) return false;
  work.tooMuch = true;
  const many = `the file holds more than ${NODE_CAP.toLocaleString('en')} values when its aliases are written out`;
  const deep = `the file is nested more than ${DEPTH_CAP} levels deep`;
  report(work, node, spot, work.spent > NODE_CAP ? many : deep, 'Write it flatter and without repeated aliases.');
  return true;
}

/** What an alias stands for, any other node itself; undefined after saying that the alias means nothing. */
export function targetOf(node: YamlNode, spot: Spot, work: Work): YamlNode | undefined {
  if (node.kind !== 'alias') return node;
  const target = work.targets.get(node);
  if (target) return target;
  const message = `the alias *${node.name} has no anchor &${node.name} above it`;
  report(work, node, spot, message, 'Put the value in quotes if the * is meant as it stands.');
  return undefined;
}

/** Notes a trouble at a node. */
export function report(work: Work, node: YamlNode, { pointer }: Spot, message: string, fix: string): void {
  work.troubles.push({ message, fix, pointer, offset: node.from });
}

/** Line and column of a node, from 1. */
export function positionOf(node: YamlNode, work: Work): readonly [number, number] {
  const { line, column } = work.lines.at(node.from);
  return [line, column];
}

/** A pointer as it is said in a message. */
export function quoted(pointer: string): string {
  return pointer === '' ? 'the value' : `\`${spoken(pointer)}\``;
}
