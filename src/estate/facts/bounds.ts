/** How much of one service is kept for the rules across services: a repository decides how long its lists are, and an audit holds thousands of them. */

/** Most entries of each list of claims. */
export const MOST_CLAIMS = 300;
/** Most packages of all lockfiles together. */
export const MOST_PACKAGES = 1000;
/** Longest name or sentence, in UTF-16 units. */
const LONGEST = 200;

/** A text that is kept, cut where it is too long. */
export function kept(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
