/** Text to syntax trees with the `yaml` package, within bounds on size and depth that are checked before anything recursive runs. */
import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';

/** Options under which no small document hangs or surprises: one schema, string keys, no quadratic check, no printing. */
export const YAML_OPTIONS = {
  version: '1.2',
  schema: 'core',
  stringKeys: true,
  uniqueKeys: false,
  strict: true,
  merge: true,
  resolveKnownTags: false,
  prettyErrors: false,
  logLevel: 'error',
} as const;

/** Deepest nesting that is composed. The library's own guard is the stack, and a full stack can end the process. */
export const MAX_DEPTH = 100;
/** Most lexical tokens of one file: about three seconds of work. */
const MAX_LEXEMES = 1_000_000;
/** Most faults told of one document. */
const MAX_FAULTS = 20;

/** One reason why a document is not readable. */
export interface Fault {
  readonly offset: number;
  readonly message: string;
}

/** Line and column (from 1) of offsets. */
export interface Lines {
  at(offset: number): { readonly line: number; readonly column: number };
  /** Offset of the first character of a line. */
  start(line: number): number;
}

/** A document without faults. */
export interface Parsed {
  readonly document: Document.Parsed;
  /** Where the next document begins, or the text ends: lines that only hold a template's actions count. */
  readonly end: number;
}

/** The documents without faults, and the faults of the others. */
export interface Composed {
  readonly parsed: readonly Parsed[];
  readonly faults: readonly Fault[];
  readonly lines: Lines;
}

/** Composes a text. */
export function composeText(text: string): Composed {
  const lines = countLines(text);
  const faults: Fault[] = [];
  const tokens = tokensOf(text);
  if (!tokens) return { parsed: [], faults: [{ offset: 0, message: `more than ${MAX_LEXEMES} tokens` }], lines };
  const deep = firstTooDeep(tokens);
  if (deep !== undefined) {
    return { parsed: [], faults: [{ offset: deep, message: `nested deeper than ${MAX_DEPTH} levels` }], lines };
  }
  const documents = [...new Composer(YAML_OPTIONS).compose(tokens, false, text.length)];
  const parsed: Parsed[] = [];
  for (const [index, document] of documents.entries()) {
    const end = documents[index + 1]?.range[0] ?? text.length;
    if (document.errors.length === 0) parsed.push({ document, end });
    else faults.push(...document.errors.slice(0, MAX_FAULTS).map(({ pos, message }) => ({ offset: pos[0], message })));
  }
  return { parsed, faults, lines };
}

/** Concrete syntax of a text, or undefined where it has too many tokens. */
export function tokensOf(text: string): readonly CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++lexemes > MAX_LEXEMES) return undefined;
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
 * Where a text nests deeper than is safe to compose, if anywhere. To be asked before any of the library's parse functions
 * sees untrusted text: they recurse, and near the end of the stack the engine may abort the process, which nobody can catch.
 */
export function tooDeepAt(text: string): number | undefined {
  const tokens = tokensOf(text);
  return tokens ? firstTooDeep(tokens) : 0;
}

/** Offset of the first token that is nested deeper than is safe to compose. */
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

/** Positions within a text. */
function countLines(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    start: (line) => starts[line - 1] ?? text.length,
    at: (offset) => {
      let low = 0;
      for (let high = starts.length; high - low > 1; ) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle;
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    },
  };
}
