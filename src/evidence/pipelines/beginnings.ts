/** Tells cheaply which patterns of a table cannot match: an engine compiles a pattern when it is first tried, and most never match. */

/** Letters of the first word that are looked for. */
const BEGINNING = /^[a-z]{0,4}/;

const names = new WeakMap<RegExp, string>();

/**
 * Whether a line may match a pattern that spells out each name it begins with. False is certain: the line's first letters stand
 * nowhere in the pattern.
 */
export function mayBegin(pattern: RegExp, line: string): boolean {
  return namesIn(pattern).includes(BEGINNING.exec(line.slice(0, 4).toLowerCase())?.[0] ?? '');
}

function namesIn(pattern: RegExp): string {
  const known = names.get(pattern);
  if (known !== undefined) return known;
  const made = pattern.source.toLowerCase();
  names.set(pattern, made);
  return made;
}
