/** Parses one TOML value as the tools that write lockfiles put them. Tables become Maps, dates and numbers stay text. */

/** A value: text (also dates and numbers, as written), true or false, a list, a table. */
export type TomlValue = string | boolean | readonly TomlValue[] | TomlMap;
export type TomlMap = ReadonlyMap<string, TomlValue>;

/** Deepest nesting that is followed. */
const DEEPEST = 16;

interface Cursor {
  readonly text: string;
  at: number;
}

/** The value that a text is; undefined where it is none, or more than one. */
export function tomlValue(text: string): TomlValue | undefined {
  const cursor: Cursor = { text, at: 0 };
  const value = valueAt(cursor, 0);
  skipSpace(cursor);
  return cursor.at === text.length ? value : undefined;
}

/** Items of a list; none of anything else. */
export function listOf(value: TomlValue | undefined): readonly TomlValue[] {
  return Array.isArray(value) ? value : [];
}

/** Members of a table; none of anything else. */
export function tableOf(value: TomlValue | undefined): TomlMap {
  return value instanceof Map ? value : new Map();
}

/** A text; undefined for anything else. */
export function textOf(value: TomlValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function valueAt(cursor: Cursor, depth: number): TomlValue | undefined {
  skipSpace(cursor);
  const first = cursor.text[cursor.at];
  if (first === undefined || depth > DEEPEST) return undefined;
  if (first === '"' || first === "'") return stringAt(cursor, first);
  if (first === '[') return arrayAt(cursor, depth);
  if (first === '{') return inlineTableAt(cursor, depth);
  const bare = wordAt(cursor);
  return bare === 'true' || bare === 'false' ? bare === 'true' : bare;
}

function skipSpace(cursor: Cursor): void {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code === 32 || (code >= 9 && code <= 13)) cursor.at += 1;
    else if (code === 35) {
      const end = cursor.text.indexOf('\n', cursor.at);
      cursor.at = end < 0 ? cursor.text.length : end;
    } else return;
  }
}

function stringAt(cursor: Cursor, quote: string): string | undefined {
  const { text } = cursor;
  const start = cursor.at + 1;
  let end = text.indexOf(quote, start);
  if (quote === '"') while (end >= 0 && isEscaped(text, end, start)) end = text.indexOf(quote, end + 1);
  if (end < 0) return undefined;
  cursor.at = end + 1;
  const inside = text.slice(start, end);
  return quote === '"' && inside.includes('\\') ? unescaped(inside) : inside;
}

function isEscaped(text: string, at: number, start: number): boolean {
  let slashes = 0;
  while (at - 1 - slashes >= start && text[at - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

function unescaped(inside: string): string {
  try {
    return String(JSON.parse(`"${inside}"`));
  } catch {
    return inside;
  }
}

function arrayAt(cursor: Cursor, depth: number): readonly TomlValue[] | undefined {
  const items: TomlValue[] = [];
  cursor.at += 1;
  for (;;) {
    skipSpace(cursor);
    if (taken(cursor, ']')) return items;
    const item = valueAt(cursor, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
    skipSpace(cursor);
    if (!taken(cursor, ',') && cursor.text[cursor.at] !== ']') return undefined;
  }
}

function inlineTableAt(cursor: Cursor, depth: number): TomlMap | undefined {
  const members = new Map<string, TomlValue>();
  cursor.at += 1;
  for (;;) {
    skipSpace(cursor);
    if (taken(cursor, '}')) return members;
    const quote = cursor.text[cursor.at];
    const key = quote === '"' || quote === "'" ? stringAt(cursor, quote) : wordAt(cursor);
    skipSpace(cursor);
    if (key === undefined || !taken(cursor, '=')) return undefined;
    const value = valueAt(cursor, depth + 1);
    if (value === undefined) return undefined;
    members.set(key, value);
    skipSpace(cursor);
    if (!taken(cursor, ',') && cursor.text[cursor.at] !== '}') return undefined;
  }
}

function taken(cursor: Cursor, what: string): boolean {
  const is = cursor.text[cursor.at] === what;
  if (is) cursor.at += 1;
  return is;
}

const WORD = /[\w.+:-]+/y;

function wordAt(cursor: Cursor): string | undefined {
  WORD.lastIndex = cursor.at;
  const found = WORD.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}
