/** Blocks of Terraform as text: which resource, where, and what stands in it. Evaluates nothing; for kinds of resources that only have to be there. */

/** One resource block. */
export interface ResourceText {
  readonly type: string;
  readonly name: string;
  readonly line: number;
  /** Its text, comments aside. */
  readonly body: string;
}

const HEADER = /^[ \t]*resource[ \t]+"(\w+)"[ \t]+"([\w-]+)"[ \t]*\{/gm;
/** Longest block, in UTF-16 units. */
const LONGEST = 10_000;

/** Resources whose type matches, outside comments. */
export function resourcesIn(text: string, types: RegExp): readonly ResourceText[] {
  const code = text
    .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, (piece) => piece.replace(/[^\n]/g, ' '))
    .replace(/^[ \t]*(?:#|\/\/).*$/gm, '');
  return [...code.matchAll(HEADER)].flatMap((match) => {
    const [header, type = '', name = ''] = match;
    if (!types.test(type)) return [];
    const start = match.index + header.length;
    return [{ type, name, line: code.slice(0, match.index).split('\n').length, body: bodyFrom(code, start) }];
  });
}

/** Up to the brace that closes it; braces in strings come in pairs nearly always, and the end of the file is the limit. */
function bodyFrom(code: string, start: number): string {
  const end = Math.min(code.length, start + LONGEST);
  let depth = 1;
  for (let index = start; index < end; index += 1) {
    if (code[index] === '{') depth += 1;
    if (code[index] === '}') depth -= 1;
    if (depth === 0) return code.slice(start, index);
  }
  return code.slice(start, end);
}
