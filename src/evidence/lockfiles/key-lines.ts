/** Lines of keys in JSON text, which its parser forgets. */

/** Keys that may be sought in vain, each of which costs a walk to the end of the text. */
const MOST_MISSES = 20;

/** Finds keys in the order in which they stand: the line of the next place where a key is followed by a value that opens so. */
export function keyLines(text: string, opens: '{' | '['): (key: string) => number {
  let at = 0;
  let counted = 0;
  let line = 1;
  let misses = 0;
  return (key) => {
    const quoted = JSON.stringify(key);
    for (
      let found = misses > MOST_MISSES ? -1 : text.indexOf(quoted, at);
      found >= 0;
      found = text.indexOf(quoted, at)
    ) {
      at = found + quoted.length;
      if (!opensAfter(text, at, opens)) continue;
      for (let next = text.indexOf('\n', counted); next >= 0 && next < found; next = text.indexOf('\n', next + 1)) {
        line += 1;
        counted = next + 1;
      }
      return line;
    }
    misses += 1;
    return line;
  };
}

/** Line on which a key stands after another, e.g. a package in `devDependencies`; 1 where it does not. */
export function lineOfKey(text: string, ...keys: readonly string[]): number {
  let at = 0;
  for (const key of keys) {
    const found = text.indexOf(`${JSON.stringify(key)}`, at);
    if (found < 0) break;
    at = found;
  }
  return text.slice(0, at).split('\n').length;
}

function opensAfter(text: string, from: number, opens: string): boolean {
  let at = from;
  let colon = false;
  for (; at < text.length; at += 1) {
    const char = text[at];
    if (char === ':' && !colon) colon = true;
    else if (char !== ' ' && char !== '\n' && char !== '\r' && char !== '\t') break;
  }
  return colon && text[at] === opens;
}
