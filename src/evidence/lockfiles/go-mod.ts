/** The lines of go.mod and go.work: verbs and what they say, whether alone or in a block. */
import { plainText } from './plain-text.ts';

/** One line. */
interface GoLine {
  readonly verb: string;
  /** Words after the verb, without quotes; `=>` is one. */
  readonly words: readonly string[];
  readonly isIndirect: boolean;
  readonly line: number;
}

/** A file, walked. */
export interface GoLines {
  readonly lines: readonly GoLine[];
  /** Lines that were not followed. */
  readonly strange: readonly number[];
}

const VERBS = new Set([
  'module',
  'go',
  'toolchain',
  'require',
  'replace',
  'exclude',
  'retract',
  'godebug',
  'tool',
  'ignore',
  'use',
]);

/** Walks a file's text. */
export function readGoLines(text: string): GoLines {
  const lines: GoLine[] = [];
  const strange: number[] = [];
  let block: string | undefined;
  for (const [index, raw] of plainText(text).split('\n').entries()) {
    const at = raw.indexOf('//');
    const code = (at < 0 ? raw : raw.slice(0, at)).trim();
    if (code === '') continue;
    if (code === ')') {
      if (block === undefined) strange.push(index + 1);
      block = undefined;
      continue;
    }
    const words = code.split(/\s+/).map((it) => it.replace(/^["`]|["`]$/g, ''));
    const opens = block === undefined ? opened(words) : undefined;
    if (opens !== undefined) {
      block = opens;
      continue;
    }
    const [verb = '', ...rest] = block === undefined ? words : [block, ...words];
    if (!VERBS.has(verb)) strange.push(index + 1);
    else lines.push({ verb, words: rest, isIndirect: isIndirect(at < 0 ? '' : raw.slice(at)), line: index + 1 });
  }
  if (block !== undefined) strange.push(lines.at(-1)?.line ?? 1);
  return { lines, strange };
}

function opened(words: readonly string[]): string | undefined {
  const [verb = '', bracket] = words;
  if (words.length === 2 && bracket === '(') return verb;
  return words.length === 1 && verb.endsWith('(') ? verb.slice(0, -1) : undefined;
}

/** Go takes the comment for its own when it is the word alone, or the word and a semicolon before more. */
function isIndirect(comment: string): boolean {
  return /^\/\/\s*indirect\s*(?:;|$)/.test(comment);
}

/** What a `replace` puts in place of a module. */
export interface Replacement {
  /** Absent where every version is replaced. */
  readonly of: string | undefined;
  readonly by: string;
  /** Absent where it is a folder. */
  readonly version: string | undefined;
}

/** Replacements by the name of the module that is replaced. */
export function replacements({ lines }: GoLines): ReadonlyMap<string, readonly Replacement[]> {
  const found = new Map<string, Replacement[]>();
  for (const { verb, words } of lines) {
    const arrow = words.indexOf('=>');
    const [name, of] = words.slice(0, arrow);
    const [by, version] = words.slice(arrow + 1);
    if (verb !== 'replace' || arrow < 1 || name === undefined || by === undefined) continue;
    found.set(name, [...(found.get(name) ?? []), { of, by, version }].slice(-50));
  }
  return found;
}

/** What replaces a version of a module: that of the version before that of all. */
export function replaced(
  found: ReadonlyMap<string, readonly Replacement[]>,
  name: string,
  version: string,
): Replacement | undefined {
  const its = found.get(name);
  return its?.find(({ of }) => of === version) ?? its?.find(({ of }) => of === undefined);
}
