/**
 * Walks a lockfile that a tool wrote as TOML, line by line: its list of packages, each with its keys and inner tables as text. A
 * TOML parser needs many times as long. Counts the lines that it does not follow; invents nothing for them.
 */

import { listed } from './compared.ts';
import { gap, gapOver, strangeLines } from './gaps.ts';
import type { Gap, TextAt } from './locked.ts';
import { plainText } from './plain-text.ts';
import { type TomlMap, type TomlValue, tomlValue } from './toml-value.ts';
import { isWord } from './words.ts';

/** A key's value as written, and its line from 1. */
interface LockEntry {
  readonly text: string;
  readonly line: number;
}

/** A table. `path` is its dotted header, in pieces. */
export interface LockTable {
  readonly path: readonly string[];
  readonly line: number;
  readonly entries: ReadonlyMap<string, LockEntry>;
}

/** One item of the list of packages. `inner` are its own tables, with paths that begin below the item. */
export interface LockItem extends LockTable {
  readonly inner: readonly LockTable[];
}

/** A lockfile, walked. */
export interface LockDocument {
  /** Keys above the first table. */
  readonly top: LockTable;
  readonly items: readonly LockItem[];
  /** Tables outside the items. */
  readonly tables: readonly LockTable[];
  /** Lines that were not followed. */
  readonly strange: readonly number[];
}

interface Draft {
  readonly path: readonly string[];
  readonly line: number;
  readonly entries: Map<string, LockEntry>;
  readonly inner: Draft[];
}

const KEY = /^("[^"]*"|'[^']*'|[\w.-]+)[ \t]*=[ \t]*/;
const PIECE = /"[^"]*"|'[^']*'|[\w-]+/g;

const documents = new WeakMap<TextAt, LockDocument>();

/** Walks a lockfile whose list of packages is called `list`; once, however many ask. */
export function readLockDocument(lock: TextAt, list: string): LockDocument {
  const known = documents.get(lock) ?? walk(plainText(lock.text).split('\n'), list);
  documents.set(lock, known);
  return known;
}

function walk(lines: readonly string[], list: string): LockDocument {
  const top = draft([], 1);
  const [items, tables, strange]: [Draft[], Draft[], number[]] = [[], [], []];
  let open = top;
  for (let at = 0; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('[')) {
      const path = headerPath(line);
      open = draft(path ?? [], at + 1);
      const [first, ...below] = open.path;
      if (path === undefined) strange.push(at + 1);
      else if (first !== list) tables.push(open);
      else if (below.length === 0) items.push(open);
      else items.at(-1)?.inner.push({ ...open, path: below });
      continue;
    }
    const key = KEY.exec(line);
    const rest = line.slice(key?.[0].length);
    const { last, isClosed } = key === null ? { last: at, isClosed: true } : endOf(lines, at, rest);
    const name = unquoted(key?.[1] ?? '');
    if (key === null || !isClosed || open.entries.has(name)) strange.push(at + 1);
    else {
      const text = last === at ? rest : `${rest}\n${lines.slice(at + 1, last + 1).join('\n')}`;
      open.entries.set(name, { text, line: at + 1 });
    }
    at = last;
  }
  return { top, items, tables, strange };
}

function draft(path: readonly string[], line: number): Draft {
  return { path, line, entries: new Map(), inner: [] };
}

function headerPath(line: string): readonly string[] | undefined {
  const brackets = line.startsWith('[[') ? 2 : 1;
  const end = line.indexOf(']'.repeat(brackets), brackets);
  const inside = line.slice(brackets, end);
  const isAlone = /^\s*(?:#|$)/.test(line.slice(end + brackets));
  const pieces = inside.match(PIECE);
  if (end < 0 || !isAlone || pieces === null || !/^[.\s]*$/.test(inside.replace(PIECE, ''))) return undefined;
  return pieces.map(unquoted);
}

function unquoted(key: string): string {
  return /^["']/.test(key) ? key.slice(1, -1) : key;
}

/** Where a value that begins on a line ends: tools close in the first column what they opened. What is never closed ends before the next table. */
function endOf(
  lines: readonly string[],
  at: number,
  rest: string,
): { readonly last: number; readonly isClosed: boolean } {
  const closer = closerOf(rest);
  if (closer === undefined) return { last: at, isClosed: true };
  for (let next = at + 1; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    if (closer.length > 1 ? line.includes(closer) : line.startsWith(closer)) return { last: next, isClosed: true };
    if (closer.length === 1 && line.startsWith('[')) return { last: next - 1, isClosed: false };
  }
  return { last: lines.length - 1, isClosed: false };
}

function closerOf(rest: string): string | undefined {
  const triple = rest.slice(0, 3);
  if (triple === '"""' || triple === "'''") return rest.includes(triple, 3) ? undefined : triple;
  if (rest.startsWith('[')) return rest.endsWith(']') ? undefined : ']';
  if (rest.startsWith('{')) return rest.endsWith('}') ? undefined : '}';
  return undefined;
}

/** The parsed value of a key; undefined where it is not there or not understood. */
export function parsedAt(table: LockTable | undefined, key: string): TomlValue | undefined {
  const entry = table?.entries.get(key);
  return entry && tomlValue(entry.text);
}

/** The text of a key; undefined where it is not there or no text. */
export function wordOf(table: LockTable | undefined, key: string): string | undefined {
  const value = parsedAt(table, key);
  return typeof value === 'string' ? value : undefined;
}

/** A table with all its values parsed. */
export function asValue(table: LockTable): TomlMap {
  return new Map(Array.from(table.entries.keys(), (key) => [key, parsedAt(table, key) ?? '']));
}

/** An inner table of an item, or a table of a document. */
export function tableNamed(tables: readonly LockTable[], ...path: readonly string[]): LockTable | undefined {
  return tables.find((it) => it.path.length === path.length && it.path.every((piece, at) => piece === path[at]));
}

/** An item with a name that can be one; its version, where it has one. */
export interface NamedItem {
  readonly item: LockItem;
  readonly name: string;
  readonly version: string | undefined;
}

/** The items that have a name, spelled as the registry compares names. */
export function namedItems(document: LockDocument, normalise: (name: string) => string): readonly NamedItem[] {
  return document.items.flatMap((item) => {
    const [name, version] = [wordOf(item, 'name'), wordOf(item, 'version')];
    if (!isWord(name) || (item.entries.has('version') && !isWord(version))) return [];
    return [{ item, name: normalise(name), version }];
  });
}

/** What was not followed, as gaps: items of which nothing was made, and lines that are not understood. `made` are the lines of the others. */
export function documentGaps(document: LockDocument, made: Iterable<number>): readonly Gap[] {
  const lines = new Set(made);
  const lost = document.items.flatMap(({ line }) => (lines.has(line) ? [] : [line]));
  return [
    ...gapOver('unparsed', lost, (count) => `${count} of its entries have no name or version to read`),
    ...strangeLines(document.strange),
  ];
}

/** A gap for packages that others require and that a whole lockfile of the format would hold. */
export function missingGaps({ items }: LockDocument, required: readonly string[]): readonly Gap[] {
  const there = new Set(items.map((it) => wordOf(it, 'name')));
  const missing = required.filter((name) => !there.has(name));
  const say = `${missing.length} packages that others in it require are not in it: ${listed(missing)}`;
  return missing.length > 0 ? [gap('unparsed', missing.length, say)] : [];
}
