/** Concrete syntax of YAML by the `yaml` package, with bounds that are checked before anything recursive runs. */
import { type CST, Lexer, Parser } from 'yaml';
import { MAX_DEPTH } from './tree.ts';

/** How much of a file may still be looked at by the slow reader, over all its attempts. */
export interface Budget {
  /** Lexical tokens, which take about three microseconds each; a text of few and long ones counts by its length. */
  tokens: number;
}

/** Characters that cost as much as a token. */
const CHARACTERS = 16;

/** Concrete syntax of a text, or undefined where it has more tokens than the budget, which is then spent. */
export function tokensOf(text: string, budget: Budget): readonly CST.Token[] | undefined {
  budget.tokens -= text.length / CHARACTERS;
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    if (--budget.tokens < 0) return undefined;
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/** Visits a token and all within it without recursion. */
export function walkTokens(root: CST.Token, visit: (token: CST.Token, depth: number) => boolean): void {
  const stack: [token: CST.Token, depth: number][] = [[root, 0]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [token, depth] = next;
    if (!visit(token, depth)) return;
    if (token.type === 'document' && token.value) stack.push([token.value, depth]);
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (value) stack.push([value, depth + 1]);
      if (key) stack.push([key, depth + 1]);
    }
  }
}

/**
 * Offset of the first token that is nested deeper than is safe to compose. To be asked before the library composes untrusted
 * text: it recurses, and near the end of the stack the engine may abort the process, which nobody can catch.
 */
export function firstTooDeep(tokens: readonly CST.Token[]): number | undefined {
  for (const root of tokens) {
    let found: number | undefined;
    walkTokens(root, (token, depth) => {
      if (depth > MAX_DEPTH) found = token.offset;
      return found === undefined;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}
