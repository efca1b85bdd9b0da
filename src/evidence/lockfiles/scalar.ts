/** Plain and quoted words in the line formats that lockfiles are written in: YAML without its finesse, and yarn's own. Bounded by the line. */

/** A key and what stands behind it on its line. */
export interface Pair {
  readonly key: string;
  /** Empty where nothing does. */
  readonly value: string;
}

/** `key: value`, `'key': value`, `key:`; undefined where the line is nothing of the kind. */
export function yamlPair(text: string): Pair | undefined {
  const quote = text[0];
  if (quote === "'" || quote === '"') {
    const end = endOfQuoted(text);
    if (end < 0 || text[end] !== ':') return undefined;
    return { key: unquoted(text.slice(0, end)), value: text.slice(end + 1).trim() };
  }
  const colon = text.indexOf(': ');
  if (colon > 0) return { key: text.slice(0, colon), value: text.slice(colon + 2).trim() };
  return text.length > 1 && text.endsWith(':') ? { key: text.slice(0, -1), value: '' } : undefined;
}

/** Index behind the closing quote of a text that begins with one; -1 where it is not closed. */
export function endOfQuoted(text: string): number {
  const [quote] = text;
  for (let at = 1; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at += 1;
      else return at + 1;
    }
  }
  return -1;
}

/** The word that a scalar stands for; text that is not quoted stands for itself. */
export function unquoted(text: string): string {
  const quote = text[0];
  if (text.length < 2 || !text.endsWith(quote ?? ' ')) return text;
  if (quote === "'") return text.slice(1, -1).replace(/''/g, "'");
  if (quote !== '"') return text;
  if (!text.includes('\\')) return text.slice(1, -1);
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text.slice(1, -1);
  }
}

/** Longest line that is taken, in UTF-16 units: the longest that tools write is a key of some thousands. */
const LONGEST_LINE = 100_000;

/** Calls back for every line that holds something, with its number from 1, its indentation and its text without either end's blanks. Returns how many lines were too long. */
export function eachLine(text: string, on: (line: number, indent: number, content: string) => void): number {
  let line = 0;
  let tooLong = 0;
  for (let at = 0; at <= text.length; ) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    line += 1;
    if (end - at > LONGEST_LINE) tooLong += 1;
    else {
      let start = at;
      while (start < end && text.charCodeAt(start) === 32) start += 1;
      // Most lines end in what they say.
      const content = text.charCodeAt(end - 1) > 32 ? text.slice(start, end) : text.slice(start, end).trimEnd();
      if (content !== '' && content[0] !== '#') on(line, start - at, content);
    }
    at = end + 1;
  }
  return tooLong;
}

/** Whether a line is what git leaves where two versions were not merged. */
export function isConflict(indent: number, content: string): boolean {
  return indent === 0 && /^(?:<{7}|>{7}|\|{7}|={7})(?: |$)/.test(content);
}
