/** JSON with comments and commas behind the last item, as a text that the quick parser of JSON takes. */

/** Takes out what JSON does not allow, and nothing that stands in a string. */
export function strictJson(text: string): string {
  const cuts: (readonly [from: number, to: number])[] = [];
  let comma = -1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      comma = -1;
      at = endOfString(text, at);
    } else if (char === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const end = endOfComment(text, at);
      cuts.push([at, end]);
      at = end - 1;
    } else if (char === ',') comma = at;
    else if (char === '}' || char === ']') {
      if (comma >= 0) cuts.push([comma, comma + 1]);
      comma = -1;
    } else if (char !== ' ' && char !== '\n' && char !== '\r' && char !== '\t') comma = -1;
  }
  return without(text, cuts);
}

function without(text: string, cuts: readonly (readonly [from: number, to: number])[]): string {
  const parts: string[] = [];
  let kept = 0;
  for (const [from, to] of [...cuts].sort(([a], [b]) => a - b)) {
    parts.push(text.slice(kept, from));
    kept = to;
  }
  return parts.join('') + text.slice(kept);
}

/** Index of the closing quote; of the last character where there is none. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length - 1;
}

/** Index behind a comment. Line ends stay. */
function endOfComment(text: string, from: number): number {
  const isLine = text[from + 1] === '/';
  const end = text.indexOf(isLine ? '\n' : '*/', from + 2);
  return end < 0 ? text.length : isLine ? end : end + 2;
}
