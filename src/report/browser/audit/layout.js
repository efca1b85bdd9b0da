// Places the nodes of a graph in layers from left to right: who depends stands left of what it depends on. Pure.

/** @typedef {{ from: number, to: number }} Edge indices of nodes */
/** @typedef {{ x: number, y: number }} Place */

/** Pixels between layers and between lines. */
const GAP = { x: 250, y: 36, between: 26 };

/** Pixels up to which parts stand side by side. */
const SHELF = 1250;

/** Rounds in which nodes move towards the middle of their neighbours. */
const ROUNDS = 6;

/**
 * Each connected part by itself, the larger first: as lines of text are set.
 * @param {number} count
 * @param {readonly Edge[]} edges
 * @returns {{ places: readonly Place[], width: number, height: number }}
 */
export function layered(count, edges) {
  const layers = layersOf(count, edges);
  const neighbours = neighboursOf(count, edges);
  /** @type {Place[]} */
  const places = Array.from({ length: count }, () => ({ x: 0, y: 0 }));
  let [width, left, top, tallest] = [0, 0, 0, 0];
  for (const part of partsOf(count, neighbours)) {
    const columns = columnsOf(part, layers);
    const heights = heightsOf(columns, neighbours);
    const [least, most] = [Math.min(...heights.values()), Math.max(...heights.values())];
    const across = columns.length * GAP.x;
    if (left > 0 && left + across > SHELF) [left, top, tallest] = [0, top + tallest, 0];
    for (const [layer, column] of columns.entries())
      for (const node of column) places[node] = { x: left + layer * GAP.x, y: top + (heights.get(node) ?? 0) - least };
    left += across;
    width = Math.max(width, left);
    tallest = Math.max(tallest, most - least + GAP.y + GAP.between);
  }
  return { places, width, height: top + tallest };
}

/**
 * How many steps lead to each node at most; edges that close a circle are left out.
 * @param {number} count
 * @param {readonly Edge[]} edges
 */
function layersOf(count, edges) {
  const outgoing = Array.from({ length: count }, () => /** @type {number[]} */ ([]));
  for (const { from, to } of edges) if (from !== to) outgoing[from]?.push(to);
  const layers = new Array(count).fill(0);
  for (const node of downwards(count, outgoing).reverse())
    for (const next of node.next) layers[next] = Math.max(layers[next], layers[node.node] + 1);
  return layers;
}

/**
 * Nodes after all that they lead to, each with the edges that close no circle. Without recursion: a chain may be long.
 * @param {number} count
 * @param {readonly (readonly number[])[]} outgoing
 */
function downwards(count, outgoing) {
  /** 1 while on the way, 2 when done. */
  const state = new Uint8Array(count);
  /** @type {{ node: number, next: number[] }[]} */
  const done = [];
  for (let start = 0; start < count; start += 1) {
    if (state[start] !== 0) continue;
    state[start] = 1;
    /** @type {{ node: number, next: number[], at: number }[]} */
    const way = [{ node: start, next: [], at: 0 }];
    for (let here = way.at(-1); here; here = way.at(-1)) {
      const to = outgoing[here.node]?.[here.at];
      here.at += 1;
      if (to === undefined) {
        state[here.node] = 2;
        done.push({ node: here.node, next: here.next });
        way.pop();
      } else if (state[to] !== 1) {
        here.next.push(to);
        if (state[to] === 0) {
          state[to] = 1;
          way.push({ node: to, next: [], at: 0 });
        }
      }
    }
  }
  return done;
}

/**
 * @param {number} count
 * @param {readonly Edge[]} edges
 */
function neighboursOf(count, edges) {
  const all = Array.from({ length: count }, () => /** @type {number[]} */ ([]));
  for (const { from, to } of edges) {
    all[from]?.push(to);
    all[to]?.push(from);
  }
  return all;
}

/**
 * Connected parts, the larger first.
 * @param {number} count
 * @param {readonly (readonly number[])[]} neighbours
 */
function partsOf(count, neighbours) {
  const seen = new Set();
  /** @type {number[][]} */
  const parts = [];
  for (let start = 0; start < count; start += 1) {
    if (seen.has(start)) continue;
    seen.add(start);
    const part = [start];
    for (const node of part)
      for (const next of neighbours[node] ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        part.push(next);
      }
    parts.push(part);
  }
  return parts.sort((a, b) => b.length - a.length);
}

/**
 * The nodes of a part by layer.
 * @param {readonly number[]} part
 * @param {readonly number[]} layers
 */
function columnsOf(part, layers) {
  /** @type {Map<number, number[]>} */
  const columns = new Map();
  for (const node of part) {
    const layer = layers[node] ?? 0;
    const column = columns.get(layer);
    if (column) column.push(node);
    else columns.set(layer, [node]);
  }
  return [...columns].sort(([a], [b]) => a - b).map(([, column]) => column);
}

/**
 * How far down each node stands: near the middle of its neighbours, and none on another.
 * @param {readonly number[][]} columns
 * @param {readonly (readonly number[])[]} neighbours
 */
function heightsOf(columns, neighbours) {
  /** @type {Map<number, number>} */
  const heights = new Map();
  for (const column of columns) for (const [at, node] of column.entries()) heights.set(node, at * GAP.y);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const column of round % 2 === 0 ? columns : [...columns].reverse()) {
      const wanted = new Map(column.map((node) => [node, middle(neighbours[node] ?? [], heights)]));
      column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      settle(column, wanted, heights);
    }
  return heights;
}

/**
 * Each as near as possible to where it wants to be, in that order.
 * @param {readonly number[]} column
 * @param {ReadonlyMap<number, number>} wanted
 * @param {Map<number, number>} heights
 */
function settle(column, wanted, heights) {
  let [lowest, drift] = [Number.NEGATIVE_INFINITY, 0];
  for (const node of column) {
    lowest = Math.max(wanted.get(node) ?? 0, lowest + GAP.y);
    heights.set(node, lowest);
    drift += lowest - (wanted.get(node) ?? 0);
  }
  // Pushing goes one way only: the column as a whole is moved back.
  for (const node of column) heights.set(node, (heights.get(node) ?? 0) - drift / column.length);
}

/**
 * @param {readonly number[]} nodes
 * @param {ReadonlyMap<number, number>} heights
 */
function middle(nodes, heights) {
  return nodes.reduce((sum, node) => sum + (heights.get(node) ?? 0), 0) / Math.max(1, nodes.length);
}
