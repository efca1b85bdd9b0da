/** Regular expressions of repositories, tried on short texts only, and only those that cannot take long on them. */
import type { Truth } from './infix.ts';

/** Longest pattern, longest text, most repetitions and most repeated groups. A repeated group takes at most 2 to the length of the text. */
const LONGEST = 200;
const LONGEST_TEXT = 20;
const MOST_REPEATS = 5;

/** Whether a text fits a pattern; undefined where it is not tried or is none. */
export function patternFits(pattern: string, flags: string, text: string): Truth {
  const repeats = pattern.match(/[*+{]/g) ?? [];
  const groups = pattern.match(/\)[*+{]/g) ?? [];
  if (pattern.length > LONGEST || text.length > LONGEST_TEXT || repeats.length > MOST_REPEATS || groups.length > 1)
    return undefined;
  try {
    return new RegExp(pattern, flags.includes('i') ? 'i' : '').test(text);
  } catch {
    return undefined;
  }
}
