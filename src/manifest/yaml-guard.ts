/** Refuses documents that a YAML parser would choke on, by a linear look at their tokens before any parsing. */
import { Lexer } from 'yaml';
import { tooDeepAt } from '../evidence/yaml-parse.ts';

/** Bytes, or rather characters: the longest hand-written manifest seen is a fiftieth of it. */
export const TEXT_CAP = 1024 * 1024;
/** Levels of nesting in a document. */
export const DEPTH_CAP = 100;
/** A hundred thousand tokens are about ten thousand lines; parsing them takes a fifth of a second. */
const TOKEN_CAP = 100_000;

const TOO_DEEP = `the file is nested more than ${DEPTH_CAP} levels deep`;

/** What is too much about a document, and the offset where. */
export interface Refusal {
  readonly message: string;
  readonly offset: number;
}

/** Undefined when the text is safe to parse. */
export function refuseText(text: string): Refusal | undefined {
  if (text.length > TEXT_CAP) return { message: 'the file is larger than 1 MiB', offset: 0 };
  if (text.includes('\0'))
    return { message: 'the file is not text: it has a NUL character', offset: text.indexOf('\0') };
  return refuseTokens(text) ?? refuseDepth(text);
}

/** Nesting by indentation shows only in the syntax tree. */
function refuseDepth(text: string): Refusal | undefined {
  const offset = tooDeepAt(text);
  return offset === undefined ? undefined : { message: TOO_DEEP, offset };
}

/** Deep flow nesting, or a ladder of `- - - ?` on one line, costs a parser time and memory that grow faster than the text. */
function refuseTokens(text: string): Refusal | undefined {
  let [tokens, offset, flow, ladder] = [0, 0, 0, 0];
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow--;
    else if (token === '-' || token === '?') ladder++;
    else if (token === '\n' || token === '\r\n') ladder = 0;
    if (flow > DEPTH_CAP || ladder > DEPTH_CAP) return { message: TOO_DEEP, offset };
    if (++tokens > TOKEN_CAP)
      return { message: `the file has more than ${TOKEN_CAP.toLocaleString('en')} YAML tokens`, offset };
    offset += isText(token) ? token.length : 0;
  }
  return undefined;
}

/** The lexer marks the begin of a document, of a scalar and of a broken part with one control character. */
function isText(token: string): boolean {
  return token !== '\x02' && token !== '\x18' && token !== '\x1f';
}
