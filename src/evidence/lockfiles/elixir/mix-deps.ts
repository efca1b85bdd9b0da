/** The literal list of dependencies in a mix.exs. It is Elixir: what is not plain is said to be opaque, and nothing of it is run. */
import type { Place } from '../../../model.ts';
import type { TextAt } from '../locked.ts';
import { linesOf, rangeOf, UNREADABLE } from '../words.ts';

/** One `{:name, "~> 1.0", only: :dev}`. */
export interface MixDep {
  /** What Hex calls it, which is seldom another name. */
  readonly name: string;
  /** Undefined where none is given. */
  readonly range?: string;
  /** Environments that it is for; empty for all; undefined where that is not literal. */
  readonly only?: readonly string[];
  /** Of the repository itself, and so in no lockfile. */
  readonly isOwn: boolean;
  readonly at: Place;
}

export interface MixDeps {
  readonly deps: readonly MixDep[];
  /** Why the list may not be all: a clause each. */
  readonly opaque: readonly string[];
}

const LONGEST = 2_000;
const MOST_LINES = 5_000;

export function readMixDeps({ path, text }: TextAt): MixDeps {
  const body = bodyOf(linesOf(text).slice(0, MOST_LINES));
  if (!body) return { deps: [], opaque: [`what ${path} asks for: its dependencies are no plain list`] };
  const { tuples, rest } = tuplesIn(body);
  const found = tuples.map(({ words, line }) => depOf(words, { path, line }));
  const isPlain = /^[\s,]*\[[\s,]*\][\s,]*$/.test(rest) && !found.includes(undefined);
  const opaque = isPlain ? [] : [`some of what ${path} asks for: its dependencies are code that is not run`];
  return { deps: found.flatMap((it) => it ?? []), opaque };
}

interface Line {
  readonly text: string;
  readonly line: number;
}

/** Lines of the function `deps`, up to the `end` that is indented as it is. */
function bodyOf(lines: readonly string[]): readonly Line[] | undefined {
  const from = lines.findIndex((it) => /^\s*defp?\s+deps(?:\(\s*\))?\s+do\s*$/.test(it.slice(0, LONGEST)));
  if (from === -1) return undefined;
  const indent = /^\s*/.exec(lines[from] ?? '')?.[0] ?? '';
  const length = lines.slice(from + 1).findIndex((it) => it.trimEnd() === `${indent}end`);
  if (length === -1) return undefined;
  return lines.slice(from + 1, from + 1 + length).map((text, index) => ({ text, line: from + 2 + index }));
}

/** What stands between outermost braces, and what is left without them. Comments are passed over. */
function tuplesIn(body: readonly Line[]): {
  readonly tuples: readonly { words: string; line: number }[];
  rest: string;
} {
  const tuples: { words: string; line: number }[] = [];
  let open: { words: string; line: number } | undefined;
  let depth = 0;
  let rest = '';
  for (const { text, line } of body) {
    for (const [token] of text.slice(0, LONGEST).matchAll(/"(?:[^"\\]|\\.)*(?:"|$)|#.*|./gs)) {
      if (token.startsWith('#')) break;
      if (token === '}') depth -= 1;
      if (token === '}' && depth === 0 && open) {
        tuples.push(open);
        open = undefined;
      } else if (open) open.words += token;
      else if (token === '{' && depth === 0) open = { words: '', line };
      else rest += token;
      if (token === '{') depth += 1;
    }
    if (open) open.words += ' ';
    rest += ' ';
  }
  return { tuples, rest: open ? '?' : rest };
}

function depOf(words: string, at: Place): MixDep | undefined {
  const [whole, name, , quoted] = /^\s*:(\w+)\s*(,\s*"([^"#]*)"\s*)?(?=,|$)/.exec(words) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  const options = words.slice(whole.length);
  const isGiven = quoted !== undefined || !/^(?:$|,\s*\w+:)/.test(options);
  const range = isGiven ? (rangeOf(quoted) ?? UNREADABLE) : undefined;
  const only = onlyIn(options);
  return {
    name: /\bhex:\s*:(\w+)/.exec(options)?.[1] ?? name,
    ...(range !== undefined && { range }),
    ...(only && { only }),
    isOwn: /\b(?:path|in_umbrella):/.test(options),
    at,
  };
}

function onlyIn(options: string): readonly string[] | undefined {
  if (!/\bonly:/.test(options)) return [];
  const [, list, one] = /\bonly:\s*(?:\[([\s:\w,]*)\]|:(\w+))/.exec(options) ?? [];
  return list === undefined && one === undefined ? undefined : ((list ?? one ?? '').match(/\w+/g) ?? []);
}
