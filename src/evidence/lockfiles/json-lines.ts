/** JSON as a tree that knows its lines and the order of its keys, whatever they are called. Broken text gives nothing. */

/** A value and the line it begins on, from 1. Numbers and words are kept as written. */
export type JsonAt = JsonMap | JsonList | JsonLeaf;

/** An object. A key that repeats keeps its first place and its last value. */
interface JsonMap {
  readonly kind: 'map';
  readonly members: ReadonlyMap<string, JsonAt>;
  readonly line: number;
}

/** An array. */
interface JsonList {
  readonly kind: 'list';
  readonly items: readonly JsonAt[];
  readonly line: number;
}

/** `word` is true, false or null. */
interface JsonLeaf {
  readonly kind: 'text' | 'number' | 'word';
  readonly text: string;
  readonly line: number;
}

interface Reader {
  readonly text: string;
  at: number;
  line: number;
}

/** Deeper than this is no lockfile and no manifest. */
const DEEPEST = 200;

/** The tree, or undefined where the text is no JSON. A byte-order mark is passed over. */
export function readJson(text: string): JsonAt | undefined {
  const reader: Reader = { text, at: text.startsWith('\uFEFF') ? 1 : 0, line: 1 };
  const root = valueAt(reader, 0);
  skipBlanks(reader);
  return reader.at === text.length ? root : undefined;
}

/** Members of an object; none of anything else. */
export function membersOf(node: JsonAt | undefined): ReadonlyMap<string, JsonAt> {
  return node?.kind === 'map' ? node.members : new Map();
}

/** Items of an array; none of anything else. */
export function itemsOf(node: JsonAt | undefined): readonly JsonAt[] {
  return node?.kind === 'list' ? node.items : [];
}

/** What a member that is a text says. */
export function textAt(node: JsonAt | undefined, key: string): string | undefined {
  const found = membersOf(node).get(key);
  return found?.kind === 'text' ? found.text : undefined;
}

function valueAt(reader: Reader, depth: number): JsonAt | undefined {
  skipBlanks(reader);
  const { text, at, line } = reader;
  const first = text[at];
  if (first === '{') return depth < DEEPEST ? mapAt(reader, depth + 1) : undefined;
  if (first === '[') return depth < DEEPEST ? listAt(reader, depth + 1) : undefined;
  if (first === '"') {
    const said = stringAt(reader);
    return said === undefined ? undefined : { kind: 'text', text: said, line };
  }
  return leafAt(reader);
}

function mapAt(reader: Reader, depth: number): JsonMap | undefined {
  const { line } = reader;
  const members = new Map<string, JsonAt>();
  reader.at += 1;
  if (passes(reader, '}')) return { kind: 'map', members, line };
  do {
    skipBlanks(reader);
    const key = stringAt(reader);
    if (key === undefined || !passes(reader, ':')) return undefined;
    const value = valueAt(reader, depth);
    if (value === undefined) return undefined;
    members.set(key, value);
  } while (passes(reader, ','));
  return passes(reader, '}') ? { kind: 'map', members, line } : undefined;
}

function listAt(reader: Reader, depth: number): JsonList | undefined {
  const { line } = reader;
  const items: JsonAt[] = [];
  reader.at += 1;
  if (passes(reader, ']')) return { kind: 'list', items, line };
  do {
    const value = valueAt(reader, depth);
    if (value === undefined) return undefined;
    items.push(value);
  } while (passes(reader, ','));
  return passes(reader, ']') ? { kind: 'list', items, line } : undefined;
}

const LEAF = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function leafAt(reader: Reader): JsonLeaf | undefined {
  LEAF.lastIndex = reader.at;
  const text = LEAF.exec(reader.text)?.[0];
  if (text === undefined) return undefined;
  reader.at += text.length;
  return { kind: /^[tfn]/.test(text) ? 'word' : 'number', text, line: reader.line };
}

/** The text between two quotes, escapes resolved. */
function stringAt(reader: Reader): string | undefined {
  const { text, at } = reader;
  if (text[at] !== '"') return undefined;
  let end = text.indexOf('"', at + 1);
  while (end !== -1 && isEscaped(text, end, at)) end = text.indexOf('"', end + 1);
  if (end === -1) return undefined;
  reader.at = end + 1;
  return unescaped(text.slice(at, end + 1));
}

function isEscaped(text: string, quote: number, from: number): boolean {
  let before = quote - 1;
  while (before > from && text[before] === '\\') before -= 1;
  return (quote - before) % 2 === 0;
}

function unescaped(quoted: string): string | undefined {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function passes(reader: Reader, mark: string): boolean {
  skipBlanks(reader);
  if (reader.text[reader.at] !== mark) return false;
  reader.at += 1;
  return true;
}

function skipBlanks(reader: Reader): void {
  for (;;) {
    const code = reader.text.charCodeAt(reader.at);
    if (code === 10) reader.line += 1;
    else if (code !== 32 && code !== 9 && code !== 13) return;
    reader.at += 1;
  }
}
