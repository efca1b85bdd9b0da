/** Alertmanager's matchers: `severity="page"`, `{team=~"pay.*", env!="dev"}`. Reads and applies them as Alertmanager does. Pure. */

/** A condition on one label. */
export interface MatcherText {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

const MATCHER = /^\s*("(?:[^"\\]|\\.)*"|[\w:.-]+)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^"]*?)\s*$/;
/** Longest pattern that is tried; a longer one is left undecided. */
const LONGEST = 300;

/** The matchers of a text, which may hold several between commas and braces; undefined for each that cannot be read. */
export function parseMatcher(text: string): readonly (MatcherText | undefined)[] {
  if (text.length > 2000) return [undefined];
  const body = text.trim().replace(/^\{([\s\S]*)\}$/, '$1');
  return splitAtCommas(body).map(one);
}

function one(text: string): MatcherText | undefined {
  const [, label, op, value] = MATCHER.exec(text) ?? [];
  if (label === undefined || value === undefined) return undefined;
  if (op !== '=' && op !== '!=' && op !== '=~' && op !== '!~') return undefined;
  return { label: unquoted(label), op, value: unquoted(value) };
}

/** At commas outside quotes; a comma at the end separates nothing. */
function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = [''];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '"' && text[at - 1] !== '\\') quoted = !quoted;
    if (character === ',' && !quoted) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.filter((part) => part.trim() !== '');
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(["\\])/g, '$1') : text;
}

/** Whether labels satisfy a matcher; an absent label is the empty text. Undefined where the pattern cannot be tried safely. */
export function satisfies(
  labels: Readonly<Record<string, string>>,
  { label, op, value }: MatcherText,
): boolean | undefined {
  const actual = Object.hasOwn(labels, label) ? (labels[label] ?? '') : '';
  if (op === '=') return actual === value;
  if (op === '!=') return actual !== value;
  const matched = fullMatch(value, actual);
  return matched === undefined || op === '=~' ? matched : !matched;
}

/**
 * Patterns are anchored. Only those made of words, sets, `.*` and groups that do not repeat are tried: they cannot make
 * JavaScript's matcher backtrack for long, which a pattern from a judged repository otherwise could.
 */
function fullMatch(pattern: string, text: string): boolean | undefined {
  if (pattern.length > LONGEST || text.length > LONGEST || !isHarmless(pattern)) return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`, 's').test(text);
  } catch {
    return undefined;
  }
}

function isHarmless(pattern: string): boolean {
  if ((pattern.match(/\(/g)?.length ?? 0) > 4 || (pattern.match(/\|/g)?.length ?? 0) > 40) return false;
  let flat = pattern;
  for (let level = 0; level < 3; level++) flat = flat.replace(/\((?:\?:)?([^()]*)\)(?![*+?{])/g, '$1');
  const repeats = flat.match(/[*+?]/g)?.length ?? 0;
  return repeats <= 3 && /^(?:(?:[\w \-/:@,]|\\[.\-/\\dwsDWS]|\.|\[[\w\- .]+\])[*+?]?|[|^$])*$/.test(flat);
}
