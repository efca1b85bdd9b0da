/** What readers of JSON differ in, found in the text: a key that stands twice in one object, and more depth than some can hold. Pure. */

/** A record is some ten levels deep; millions of them take minutes and gigabytes to parse. */
const MOST_LEVELS = 100;

/** Whether a text opens more objects and arrays within each other than are read. It may be no JSON at all. */
export function isTooDeep(json: string): boolean {
  let level = 0;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '{' || character === '[') level++;
    else if (character === '}' || character === ']') level--;
    else if (character === '"') at = endOfString(json, at) - 1;
    if (level > MOST_LEVELS) return true;
  }
  return false;
}

/** The first key that stands twice in one object: readers differ in which of the two they believe. The text has to be valid JSON. */
export function repeatedKey(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '{' || character === '[') open.push(new Set());
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = endOfString(json, at);
      if (isColonNext(json, end)) {
        const key = String(JSON.parse(json.slice(at, end)));
        const keys = open.at(-1);
        if (keys?.has(key)) return key;
        keys?.add(key);
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** Just behind the closing quote. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** In valid JSON only a key is followed by a colon. */
function isColonNext(json: string, from: number): boolean {
  let at = from;
  while (/[ \t\r\n]/.test(json[at] ?? '')) at++;
  return json[at] === ':';
}
