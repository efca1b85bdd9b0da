/** Where in a checklist's file something stands that is wrong: a key, or a place within the text that is its value. */
import type { Positions } from '../manifest/pointer.ts';

/** A file as it is written. */
export interface Written {
  readonly text: string;
  readonly path: string;
  readonly positions: Positions;
}

/** `file:line`, of the nearest thing there is; with the column too where a place within a value is found. */
export function placeIn({ text, path, positions }: Written, pointer: string, within?: Within): string {
  let at = pointer;
  while (at !== '' && !positions[at]) at = at.slice(0, at.lastIndexOf('/'));
  const [line] = positions[at] ?? [1];
  const exact = within && at === pointer ? exactly(text, positions[at] ?? [1, 1], within) : undefined;
  return exact ? `${path}:${exact.line}:${exact.column}` : `${path}:${line}`;
}

/** A place in a value's own text; both count from 1. */
export interface Within {
  readonly line: number;
  readonly column: number;
}

/** Exact in `|` blocks and in plain and quoted texts on the key's own line; texts that are folded have lines of their own. */
function exactly(text: string, [line, column]: readonly [number, number], within: Within): Within | undefined {
  const lines = text.split(/\r?\n/);
  const opening = /^[^:]*:\s*/.exec(lines[line - 1]?.slice(column - 1) ?? '')?.[0];
  if (opening === undefined) return undefined;
  const value = lines[line - 1]?.slice(column - 1 + opening.length) ?? '';
  const header = /^\|(\d?)[+-]?\s*(#.*)?$/.exec(value);
  if (header) {
    const indent = /^ */.exec(lines.slice(line).find((it) => it.trim() !== '') ?? '')?.[0].length ?? 0;
    return { line: line + within.line, column: indent + within.column };
  }
  if (within.line !== 1 || /^[>&*!]/.test(value)) return undefined;
  return { line, column: column + opening.length + within.column - (/^["']/.test(value) ? 0 : 1) };
}
