/** Code without its comments, and without what its strings say: what is left is what runs. Places stay where they were. */

/** The two readings of a file of code; both are as long as the file and have its lines. */
export interface BareCode {
  /** Comments are blank. */
  readonly code: string;
  /** Comments and the contents of strings are blank. */
  readonly bare: string;
}

interface Syntax {
  readonly line: readonly string[];
  readonly block?: readonly [string, string];
  /** Marks around strings, longer ones first; `true` where it may go over several lines. */
  readonly quotes: readonly (readonly [string, boolean])[];
}

const TEXT_BLOCK = ['"""', true] as const;
const C_LIKE: Syntax = {
  line: ['//'],
  block: ['/*', '*/'],
  quotes: [TEXT_BLOCK, ['"', false], ["'", false], ['`', true]],
};
const RUST: Syntax = { line: ['//'], block: ['/*', '*/'], quotes: [['"', true]] };
const PHP: Syntax = {
  line: ['//', '#'],
  block: ['/*', '*/'],
  quotes: [
    ['"', true],
    ["'", true],
  ],
};
const HASH: Syntax = { line: ['#'], quotes: [TEXT_BLOCK, ["'''", true], ['"', false], ["'", false]] };

/** Blanks comments and strings. A mark that is misread (a quote in a regular expression) costs the rest of its line and no more. */
export function bareCode(text: string, path: string): BareCode {
  const syntax = syntaxOf(path);
  const code: string[] = [];
  const bare: string[] = [];
  let index = 0;
  while (index < text.length) {
    const end = commentEnd(text, index, syntax);
    if (end > index) {
      const blank = blanked(text.slice(index, end));
      code.push(blank);
      bare.push(blank);
      index = end;
      continue;
    }
    const quote = syntax.quotes.find(([mark]) => text.startsWith(mark, index));
    const stop = quote ? stringEnd(text, index, quote) : index + 1;
    const piece = text.slice(index, stop);
    code.push(piece);
    bare.push(quote ? blanked(piece) : piece);
    index = stop;
  }
  return { code: code.join(''), bare: bare.join('') };
}

function syntaxOf(path: string): Syntax {
  if (/\.(py|rb|ru|rake|exs?|sh)$/.test(path)) return HASH;
  if (/\.rs$/.test(path)) return RUST;
  return /\.php$/.test(path) ? PHP : C_LIKE;
}

/** Where a comment that begins here ends; `index` where none does. */
function commentEnd(text: string, index: number, { line, block }: Syntax): number {
  if (line.some((mark) => text.startsWith(mark, index))) return orEnd(text.indexOf('\n', index), text);
  if (!block || !text.startsWith(block[0], index)) return index;
  const end = text.indexOf(block[1], index + block[0].length);
  return end < 0 ? text.length : end + block[1].length;
}

function stringEnd(text: string, start: number, [mark, several]: readonly [string, boolean]): number {
  let index = start + mark.length;
  while (index < text.length) {
    if (text.startsWith(mark, index)) return index + mark.length;
    if (text[index] === '\n' && !several) return index;
    index += text[index] === '\\' ? 2 : 1;
  }
  return text.length;
}

function orEnd(index: number, text: string): number {
  return index < 0 ? text.length : index;
}

function blanked(piece: string): string {
  return piece.replace(/[^\n]/g, ' ');
}
