/** Regular expressions of RE2's syntax, matched in time linear in the text: the pattern is an organisation's, the text anybody's. */
import { RE2JS } from 're2js';

/** A compiled pattern. */
export interface Pattern {
  /** Instructions it comes to: time is this times the length of a text. */
  readonly size: number;
  /** Whether it is found anywhere in a text. */
  isIn(text: string): boolean;
  /** Index where it is first found, or -1. */
  indexIn(text: string): number;
}

/** Longest pattern, in UTF-16 units. */
const LONGEST = 1000;

/** A pattern, or what is wrong with it; look-around and back-references are no part of the syntax. */
export function compilePattern(
  source: string,
  ignoreCase = false,
): { readonly pattern: Pattern } | { readonly fault: string } {
  if (source.length > LONGEST) return { fault: `it is longer than ${LONGEST} characters` };
  try {
    const compiled = RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    return {
      pattern: {
        size: compiled.programSize(),
        isIn: (text) => compiled.matcher(text).find(),
        indexIn: (text) => {
          const matcher = compiled.matcher(text);
          return matcher.find() ? matcher.start() : -1;
        },
      },
    };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
