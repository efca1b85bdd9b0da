/** Lines of a text on which words or patterns stand. Says where, never what that means. */
import { compilePattern, type Pattern } from '../../expressions/linear-pattern.ts';
import type { Unread } from '../../model.ts';
import type { SourceFile } from '../collector.ts';
import { placeIn } from '../sources.ts';
import type { Mention, Wanted } from './question.ts';

/** Mentions that are kept of one file; one is enough to say that there is one. */
const MOST_OF_FILE = 20;

/** Longest part of a line that patterns see, in UTF-16 units. */
const LONGEST_LINE = 65_536;

/** The mentions in a text, in its order. */
export function mentionsIn(text: string, wanted: Wanted, file: SourceFile, unread: Unread[]): readonly Mention[] {
  const seekers = [
    ...wanted.texts.map((it) => ({ wanted: it, find: textSeeker(it, wanted) })),
    ...wanted.patterns.map((it) => ({ wanted: it, find: patternSeeker(it, wanted) })),
  ];
  const found: Mention[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.length > LONGEST_LINE && wanted.patterns.length > 0)
      unread.push({ at: placeIn(file, index + 1), reason: 'limit', detail: 'the line is too long for patterns' });
    for (const { wanted: it, find } of seekers) {
      const column = find(line);
      if (column < 0) continue;
      found.push({ wanted: it, at: placeIn(file, index + 1, column + 1) });
      if (found.length >= MOST_OF_FILE) return found;
    }
  }
  return found;
}

/** Index of what is sought in a line, or -1. */
type Seeker = (line: string) => number;

function textSeeker(text: string, { ignoreCase, wholeWords }: Wanted): Seeker {
  const sought = ignoreCase ? text.toLowerCase() : text;
  return (line) => {
    const within = ignoreCase ? line.toLowerCase() : line;
    if (sought === '') return -1;
    for (let at = within.indexOf(sought); at >= 0; at = within.indexOf(sought, at + 1))
      if (!wholeWords || standsAlone(within, at, at + sought.length)) return at;
    return -1;
  };
}

function standsAlone(line: string, from: number, to: number): boolean {
  return !isWordPart(line[from - 1]) && !isWordPart(line[to]);
}

function isWordPart(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_]/u.test(character);
}

function patternSeeker(source: string, { ignoreCase }: Wanted): Seeker {
  const compiled = compilePattern(source, ignoreCase);
  // A checklist with a faulty pattern is refused when it is loaded.
  if ('fault' in compiled) return () => -1;
  const { pattern }: { readonly pattern: Pattern } = compiled;
  return (line) => pattern.indexIn(line.slice(0, LONGEST_LINE));
}
