/** The entries of a yarn.lock, of either kind, line by line. */
import { noTroubles, type Troubles, UNMERGED } from '../gaps.ts';
import type { Weight } from '../graph.ts';
import { perText } from '../per-text.ts';
import { eachLine, endOfQuoted, isConflict, unquoted } from '../scalar.ts';

/** What an entry asks for. */
interface YarnNeed {
  readonly name: string;
  readonly range: string;
  readonly weight: Weight;
}

/** One entry: a package, or in later versions a member of the workspace. */
export interface YarnEntry {
  /** All that it answers, e.g. `a@^1.0.0`. */
  readonly keys: readonly string[];
  readonly line: number;
  /** `version`, `resolved` (yarn 1) and `resolution` (later). */
  readonly fields: Map<string, string>;
  readonly needs: YarnNeed[];
}

/** A parsed lockfile. */
export interface YarnLock {
  readonly isBerry: boolean;
  readonly entries: readonly YarnEntry[];
  readonly troubles: Troubles;
}

/** Parses a lockfile. */
export const parseYarn = perText(({ text }) => parseText(text));

const SECTIONS: readonly (readonly [section: string, weight: Weight])[] = [
  ['dependencies', 'production'],
  ['optionalDependencies', 'optional'],
];

/** Popular packages are needed by thousands in the same words: they share an object. */
function needsOf(weight: Weight): (content: string) => YarnNeed {
  const known = new Map<string, YarnNeed>();
  return (content) => {
    const before = known.get(content);
    if (before) return before;
    const [name, range] = pairOf(content);
    const need = { name, range, weight };
    known.set(content, need);
    return need;
  };
}

/** Sections, and the fields that tell what a package is and where it is from. */
function isKept(content: string): boolean {
  const start = content.startsWith('"') ? 1 : 0;
  return content.endsWith(':') || content.startsWith('version', start) || content.startsWith('resol', start);
}

function parseText(text: string): YarnLock {
  const entries: YarnEntry[] = [];
  const troubles = noTroubles();
  let isBerry = false;
  let entry: YarnEntry | undefined;
  const alike = new Map(SECTIONS.map(([name, weight]) => [name, needsOf(weight)]));
  let section = '';
  let member = '';
  const tooLong = eachLine(text, (line, indent, content) => {
    if (isConflict(indent, content)) troubles.whole.push(UNMERGED);
    else if (indent === 0) {
      if (content === ':') return;
      entry = undefined;
      section = '';
      if (content === '__metadata:') isBerry = true;
      else {
        const keys = keysOf(content);
        if (keys.length === 0) troubles.unparsed += 1;
        else {
          entry = { keys, line, fields: new Map(), needs: [] };
          entries.push(entry);
        }
      }
    } else if (entry) {
      if (indent <= 2) {
        const [key, value] = isKept(content) ? pairOf(content) : ['', '-'];
        section = value === '' ? key : '';
        if (key !== '' && value !== '' && !entry.fields.has(key)) entry.fields.set(key, value);
      } else if (indent <= 4) {
        const needs = alike.get(section);
        if (needs) entry.needs.push(needs(content));
        else [member] = pairOf(content);
      } else if (section === 'dependenciesMeta' && /^"?optional"?:?\s*"?true"?$/.test(content))
        markOptional(entry, member);
    }
  });
  troubles.unparsed += tooLong;
  return { isBerry, entries, troubles };
}

function markOptional({ needs }: YarnEntry, name: string): void {
  const index = needs.findIndex((it) => it.name === name);
  const need = needs[index];
  if (need) needs[index] = { ...need, weight: 'optional' };
}

/** `"a@^1", b@^2:` in yarn 1, `"a@npm:^1, a@npm:^2":` later, `? "…"` where it is long. */
function keysOf(content: string): readonly string[] {
  const isLong = content.startsWith('? ');
  if (!isLong && !content.endsWith(':')) return [];
  let rest = isLong ? content.slice(2) : content.slice(0, -1);
  const keys: string[] = [];
  while (rest !== '') {
    const end = rest[0] === '"' ? endOfQuoted(rest) : rest.indexOf(',');
    const token = end < 0 ? rest : rest.slice(0, end);
    for (const key of unquoted(token.trim()).split(/,\s+/)) keys.push(key);
    rest = end < 0 ? '' : rest.slice(end).replace(/^,?\s*/, '');
  }
  return keys.filter((key) => key.indexOf('@', 1) > 0);
}

/** `name "range"` in yarn 1, `name: range` later, either quoted. */
function pairOf(content: string): readonly [string, string] {
  const end = content[0] === '"' ? endOfQuoted(content) : content.search(/[\s:]/);
  if (end < 0) return [unquoted(content), ''];
  return [unquoted(content.slice(0, end)), unquoted(content.slice(end).replace(/^:?\s*/, ''))];
}
