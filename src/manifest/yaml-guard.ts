/** Refuses documents that a YAML parser would choke on, by a linear look at their tokens before any parsing. */
import { type CST, Lexer, Parser } from 'yaml';
import { firstTooDeep } from '../evidence/yaml/tokens.ts';
import { DEPTH_CAP, TEXT_CAP, TOKEN_CAP } from './limits.ts';

const TOO_DEEP = `the file is nested more than ${DEPTH_CAP} levels deep`;

/** What is too much about a document, and the offset where. */
interface Refusal {
  readonly message: string;
  readonly offset: number;
}

/** The concrete syntax of a text that is safe to compose, or why it is not. */
export type Guarded = { readonly tokens: readonly CST.Token[] } | { readonly refusal: Refusal };

/** Lexes and parses once, counting on the way. */
export function guardedTokens(text: string): Guarded {
  if (text.length > TEXT_CAP) return { refusal: { message: 'the file is larger than 1 MiB', offset: 0 } };
  if (text.includes('\0')) {
    return { refusal: { message: 'the file is not text: it has a NUL character', offset: text.indexOf('\0') } };
  }
  const lexed = lexemesOf(text);
  if ('refusal' in lexed) return lexed;
  const parser = new Parser();
  const tokens = [...lexed.lexemes.flatMap((lexeme) => [...parser.next(lexeme)]), ...parser.end()];
  const deep = firstTooDeep(tokens);
  return deep === undefined ? { tokens } : { refusal: { message: TOO_DEEP, offset: deep } };
}

/** Deep flow nesting, or a ladder of `- - - ?` on one line, costs a parser time and memory that grow faster than the text. */
function lexemesOf(text: string): { readonly lexemes: readonly string[] } | { readonly refusal: Refusal } {
  const lexemes: string[] = [];
  let [offset, flow, ladder] = [0, 0, 0];
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow--;
    else if (token === '-' || token === '?') ladder++;
    else if (token === '\n' || token === '\r\n') ladder = 0;
    if (flow > DEPTH_CAP || ladder > DEPTH_CAP) return { refusal: { message: TOO_DEEP, offset } };
    if (lexemes.push(token) > TOKEN_CAP) {
      const message = `the file has more than ${TOKEN_CAP / 1000},000 YAML tokens`;
      return { refusal: { message, offset } };
    }
    offset += isText(token) ? token.length : 0;
  }
  return { lexemes };
}

/** The lexer marks the begin of a document, of a scalar and of a broken part with one control character. */
function isText(token: string): boolean {
  return token !== '\x02' && token !== '\x18' && token !== '\x1f';
}
