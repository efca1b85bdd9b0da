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

const SECTIONS: Readonly<Record<string, Weight>> = { dependencies: 'production', optionalDependencies: 'optional' };

function parseText(text: string): YarnLock {
  const entries: YarnEntry[] = [];
  const troubles = noTroubles();
  let isBerry = false;
  let entry: YarnEntry | undefined;
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
      const [key, value] = pairOf(content);
      if (indent <= 2) {
        section = value === '' ? key : '';
        if (value !== '' && !entry.fields.has(key)) entry.fields.set(key, value);
      } else if (indent <= 4) {
        member = key;
        const weight = Object.hasOwn(SECTIONS, section) ? SECTIONS[section] : undefined;
        if (weight) entry.needs.push({ name: key, range: value, weight });
      } else if (section === 'dependenciesMeta' && key === 'optional' && value === 'true') markOptional(entry, member);
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
