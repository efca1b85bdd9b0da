/** Short forms of a valid manifest written out, so that everything after it sees one shape. Pure. */
import { below, type Positions } from './pointer.ts';
import { memberOf, type SchemaNode, SERVICE_SCHEMA, shapeFor } from './schema-walk.ts';

/** A manifest written out; an inner key that a short form stands for has the position of the short form. */
export interface Expanded {
  readonly data: unknown;
  readonly positions: Positions;
}

/** Writes out every short form of data that fits the schema. */
export function expandShortForms(data: unknown, positions: Positions): Expanded {
  const out: Record<string, readonly [number, number]> = {};
  return { data: expand(SERVICE_SCHEMA, data, { from: '', to: '', positions, out }), positions: out };
}

interface Move {
  /** Pointer in the file. */
  readonly from: string;
  /** Pointer in the expanded manifest. */
  readonly to: string;
  readonly positions: Positions;
  readonly out: Record<string, readonly [number, number]>;
}

function expand(node: SchemaNode | undefined, value: unknown, move: Move): unknown {
  const position = move.positions[move.from];
  if (position) move.out[move.to] = position;
  const shape = node && shapeFor(node, value);
  if (node && shape?.short !== undefined) return writtenOut(node, shape.short, value, move);
  if (Array.isArray(value))
    return value.map((item: unknown, index) => expand(shape && memberOf(shape, index), item, inner(move, index)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, expand(shape && memberOf(shape, key), child, inner(move, key))]),
  );
}

/** A long form around the value: a list of it, or a map with the value under the key that the short form stands for. */
function writtenOut(node: SchemaNode, short: string, value: unknown, move: Move): unknown {
  const step = short === '[]' ? 0 : short;
  const long = shapeFor(node, short === '[]' ? [] : {});
  const child = expand(long && memberOf(long, step), value, { ...move, to: below(move.to, step) });
  return short === '[]' ? [child] : { [short]: child };
}

function inner(move: Move, step: string | number): Move {
  return { ...move, from: below(move.from, step), to: below(move.to, step) };
}
