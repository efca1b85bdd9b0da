/** TOML with the lines of its keys, which its parser forgets. Never throws. */
import { parse, TomlError } from 'smol-toml';

/** A document, or where it is none. */
export type ParsedToml =
  | { readonly value: unknown; lineOf(path: readonly (string | number)[]): number | undefined }
  | { readonly fault: { readonly line: number; readonly message: string } };

/** Parses a text. */
export function parseToml(text: string): ParsedToml {
  try {
    const value = parse(text);
    let lines: ReadonlyMap<string, number> | undefined;
    return {
      value,
      lineOf: (path) => {
        lines ??= linesOfKeys(text);
        return lines.get(keyOf(path));
      },
    };
  } catch (error) {
    const line = error instanceof TomlError ? error.line : 1;
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { fault: { line, message } };
  }
}

/** Characters of a line in which a key is looked for. */
const LONGEST_KEY = 300;

/** Lines by path, of keys that stand at the beginning of a line; of what is written in any other way there is none. */
function linesOfKeys(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const counts = new Map<string, number>();
  let table: readonly (string | number)[] = [];
  let quoted = false;
  for (const [index, whole] of text.split(/\r?\n/).entries()) {
    const line = whole.slice(0, LONGEST_KEY);
    const within = quoted;
    if ((whole.split(/"""|'''/).length - 1) % 2 === 1) quoted = !quoted;
    if (within) continue;
    const header = /^\s*(\[\[?)([^\]]{1,200})\]/.exec(line);
    if (header) {
      const path = keysOf(header[2] ?? '');
      table = header[1] === '[[' ? nextItem(path, counts) : path;
      setOnce(lines, table, index + 1);
      continue;
    }
    const key = /^\s*([^=#[\]{},]{1,200}?)\s*=/.exec(line)?.[1];
    if (key !== undefined) setOnce(lines, [...table, ...keysOf(key)], index + 1);
  }
  return lines;
}

function nextItem(path: readonly string[], counts: Map<string, number>): readonly (string | number)[] {
  const count = counts.get(keyOf(path)) ?? 0;
  counts.set(keyOf(path), count + 1);
  return [...path, count];
}

function setOnce(lines: Map<string, number>, path: readonly (string | number)[], line: number): void {
  const key = keyOf(path);
  if (!lines.has(key)) lines.set(key, line);
}

/** The parts of a dotted key; quoted parts may hold dots. */
function keysOf(key: string): readonly string[] {
  return [...key.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

function keyOf(path: readonly (string | number)[]): string {
  return JSON.stringify(path.map(String));
}
