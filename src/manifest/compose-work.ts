/** What composing a document keeps: positions, troubles, the targets of aliases, and how much has been spent. */
import { type Alias, isAlias, type LineCounter, type Node, visit } from 'yaml';
import { spoken } from './pointer.ts';
import { DEPTH_CAP } from './yaml-guard.ts';

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
  readonly lines: LineCounter;
  readonly positions: Record<string, readonly [number, number]>;
  readonly troubles: Trouble[];
  readonly targets: ReadonlyMap<Alias, Node>;
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
export function workFor(contents: Node | null, lines: LineCounter): Work {
  return { lines, positions: {}, troubles: [], targets: aliasTargets(contents), spent: 0, tooMuch: false };
}

/** An alias means the latest anchor of its name above it. */
function aliasTargets(contents: Node | null): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  if (contents === null) return targets;
  visit(contents, {
    Alias(_, alias) {
      const target = anchors.get(alias.source);
      if (target) targets.set(alias, target);
    },
    Value(_, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** Whether a node is too deep or one too many; said once, and from then on everything is. */
export function isBeyond(node: Node, spot: Spot, work: Work, cost = 1): boolean {
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
export function targetOf(node: Node, spot: Spot, work: Work): Node | undefined {
  if (!isAlias(node)) return node;
  const target = work.targets.get(node);
  if (target) return target;
  const message = `the alias *${node.source} has no anchor &${node.source} above it`;
  report(work, node, spot, message, 'Put the value in quotes if the * is meant as it stands.');
  return undefined;
}

/** Notes a trouble at a node. */
export function report(work: Work, node: Node, { pointer }: Spot, message: string, fix: string): void {
  work.troubles.push({ message, fix, pointer, offset: node.range?.[0] ?? 0 });
}

/** Line and column of a node, from 1. */
export function positionOf(node: Node, work: Work): readonly [number, number] {
  const { line, col } = work.lines.linePos(node.range?.[0] ?? 0);
  return [Math.max(line, 1), Math.max(col, 1)];
}

/** A pointer as it is said in a message. */
export function quoted(pointer: string): string {
  return pointer === '' ? 'the value' : `\`${spoken(pointer)}\``;
}
