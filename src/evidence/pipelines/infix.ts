/** Conditions written between operators, as GitLab, Buildkite, Travis, Tekton and Groovy write them: true, false, or not to be told. Runs nothing. */

import { patternFits } from './short-pattern.ts';

/** True, false, or not to be told. */
export type Truth = boolean | undefined;

/** The value of a name: a text, null where it is known not to be set, undefined where nobody can tell. */
export type Lookup = (name: string) => string | null | undefined;

/** Longest condition that is read, and deepest nesting. */
const LONGEST = 2000;
const DEEPEST = 40;

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\/(?:[^/\\\n]|\\.)+\/[a-z]*)|(==~|==|!=|=~|!~|&&|\|\||[=!(),])|(\$?\{?[A-Za-z_][\w.-]*\}?)|(\d[\w.]*))/y;

/** What a condition comes to. Anything that is not understood makes it untold. */
export function infixHolds(condition: string, lookup: Lookup): Truth {
  const words = tokens(condition);
  if (words === undefined) return undefined;
  const reader: Reader = { words, at: 0, depth: 0, lookup, lost: false };
  const result = either(reader);
  return reader.lost || reader.at < words.length ? undefined : result;
}

/** Both hold. */
export function and(left: Truth, right: Truth): Truth {
  if (left === false || right === false) return false;
  return left === undefined || right === undefined ? undefined : true;
}

/** At least one holds. */
export function or(left: Truth, right: Truth): Truth {
  if (left === true || right === true) return true;
  return left === undefined || right === undefined ? undefined : false;
}

/** It does not hold. */
export function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

function tokens(condition: string): readonly string[] | undefined {
  if (condition.length > LONGEST) return undefined;
  const text = condition.trim();
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return undefined;
    found.push(token.trim());
  }
  return found;
}

interface Reader {
  readonly words: readonly string[];
  at: number;
  depth: number;
  readonly lookup: Lookup;
  /** Something was not understood. */
  lost: boolean;
}

function taken(reader: Reader, pattern: RegExp): string | undefined {
  const word = reader.words[reader.at];
  if (word === undefined || !pattern.test(word)) return undefined;
  reader.at += 1;
  return word;
}

function either(reader: Reader): Truth {
  let result = every(reader);
  while (taken(reader, /^(?:\|\||or)$/i)) result = or(result, every(reader));
  return result;
}

function every(reader: Reader): Truth {
  let result = single(reader);
  while (taken(reader, /^(?:&&|and)$/i)) result = and(result, single(reader));
  return result;
}

function single(reader: Reader): Truth {
  reader.depth += 1;
  if (reader.depth > DEEPEST) reader.lost = true;
  if (reader.lost) return undefined;
  const result = taken(reader, /^(?:!|not)$/i) ? not(single(reader)) : grouped(reader);
  reader.depth -= 1;
  return result;
}

function grouped(reader: Reader): Truth {
  if (!taken(reader, /^\($/)) return compared(reader);
  const inner = either(reader);
  if (!taken(reader, /^\)$/)) reader.lost = true;
  return inner;
}

type Value = string | null | undefined;

function compared(reader: Reader): Truth {
  const left = value(reader);
  if (taken(reader, /^is$/i)) return present(reader, left);
  if (taken(reader, /^in$/i)) return among(reader, left);
  const operator = taken(reader, /^(?:==~|==|!=|=~|!~|=)$/);
  if (operator === undefined) return left === undefined ? undefined : left !== null && !/^(?:|false|0)$/.test(left);
  const pattern = reader.words[reader.at] ?? '';
  const right = value(reader);
  if (left === undefined) return undefined;
  if (/~/.test(operator)) {
    const matches = matched(left, pattern.startsWith('/') ? pattern : right, operator === '==~');
    return operator === '!~' ? not(matches) : matches;
  }
  if (right === undefined) return undefined;
  const same = (left ?? '') === (right ?? '');
  return operator === '!=' ? !same : same;
}

/** `IS blank`, `IS present` and their opposites. */
function present(reader: Reader, left: Value): Truth {
  const negated = taken(reader, /^not$/i) !== undefined;
  const asked = taken(reader, /^(?:blank|present)$/i);
  if (asked === undefined) reader.lost = true;
  if (left === undefined) return undefined;
  const is = (left ?? '') !== '';
  return (asked?.toLowerCase() === 'present') === is ? !negated : negated;
}

function among(reader: Reader, left: Value): Truth {
  if (!taken(reader, /^\($/)) reader.lost = true;
  let result: Truth = false;
  while (reader.at < reader.words.length && !taken(reader, /^\)$/)) {
    const one = value(reader);
    result = or(result, left === undefined || one === undefined ? undefined : left === one);
    taken(reader, /^,$/);
  }
  return result;
}

function value(reader: Reader): Value {
  const word = reader.words[reader.at] ?? '';
  reader.at += 1;
  if (/^["']/.test(word)) return word.slice(1, -1);
  if (/^\d/.test(word)) return word;
  if (word.startsWith('/')) return undefined;
  if (/^(?:null|nil)$/.test(word)) return null;
  if (/^(?:true|false)$/.test(word)) return word;
  if (!/^\$?\{?[A-Za-z_]/.test(word) || reader.words[reader.at] === '(') {
    reader.lost = true;
    return undefined;
  }
  const found = reader.lookup(word.replace(/[${}]/g, ''));
  // Travis writes the values of branches and types without quotes.
  return found === undefined && /^=$/.test(reader.words[reader.at - 2] ?? '') ? word : found;
}

function matched(text: string | null, pattern: Value, whole: boolean): Truth {
  if (pattern === undefined || pattern === null) return undefined;
  const [, body = pattern, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(pattern) ?? [];
  return patternFits(whole ? `^(?:${body})$` : body, flags, text ?? '');
}
