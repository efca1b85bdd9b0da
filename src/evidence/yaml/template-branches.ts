/** Which branches of a template lie around a place in it. */
import type { Branch } from './template-marks.ts';

/** Most levels of branches that are told. */
const DEEPEST = 50;

/** A function that gives the conditions around an offset, outermost first. Branches nest or follow each other, as blocks do. */
export function branchesAround(branches: readonly Branch[]): (offset: number) => readonly string[] {
  let nodes: readonly Node[] | undefined;
  return (offset) => {
    if (branches.length === 0) return [];
    nodes ??= nested(branches);
    const around: string[] = [];
    let node = nodes[lastBefore(nodes, offset)];
    for (let level = 0; node && level < DEEPEST; level++, node = node.parent) {
      if (offset < node.to) around.unshift(node.condition);
    }
    return around;
  };
}

interface Node extends Branch {
  readonly parent?: Node;
}

function nested(branches: readonly Branch[]): readonly Node[] {
  const open: Node[] = [];
  return [...branches]
    .sort((a, b) => a.from - b.from || b.to - a.to)
    .map((branch) => {
      while (open.length > 0 && (open.at(-1)?.to ?? 0) <= branch.from) open.pop();
      const parent = open.at(-1);
      const node: Node = parent ? { ...branch, parent } : branch;
      open.push(node);
      return node;
    });
}

/** Index of the last node that begins at or before an offset; -1 where none does. */
function lastBefore(nodes: readonly Node[], offset: number): number {
  let low = 0;
  for (let high = nodes.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.from ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
