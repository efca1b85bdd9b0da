/** Indents the continuation lines of quoted text that stand too far left: other YAML readers accept them, and quoted text folds blanks anyway. Changes no line's number. */
import { type Budget, tokensOf, walkTokens } from './tokens.ts';

/**
 * Looks for such text in `text` and returns `original`, which has the same lines, with the found lines indented; undefined
 * where there is nothing to do. The text is read again for each further quote; half of the budget is left to read the result.
 */
export function indentQuotedText(text: string, original: string, budget: Budget): string | undefined {
  const extra = new Map<number, number>();
  const left = Math.ceil(budget.tokens / 2);
  const search = { tokens: budget.tokens - left };
  let current = text;
  for (let broken = firstBrokenQuote(current, search); broken; broken = firstBrokenQuote(current, search)) {
    for (const line of broken.lines) extra.set(line, (extra.get(line) ?? 0) + broken.spaces);
    current = indentLines(current, new Map(broken.lines.map((line) => [line, broken.spaces])));
  }
  budget.tokens = left + Math.max(0, search.tokens);
  return extra.size === 0 ? undefined : indentLines(original, extra);
}

interface BrokenQuote {
  /** Lines to indent, from 0. */
  readonly lines: readonly number[];
  readonly spaces: number;
}

function firstBrokenQuote(text: string, budget: Budget): BrokenQuote | undefined {
  const start = firstUnclosedScalar(text, budget);
  if (start === undefined) return undefined;
  const end = closingQuote(text, start);
  if (end === undefined) return undefined;
  const first = text.slice(0, start).split('\n').length - 1;
  const count = text.slice(start, end).split('\n').length - 1;
  const lineStart = text.lastIndexOf('\n', start) + 1;
  const spaces = start - lineStart + 1;
  return count === 0 ? undefined : { lines: Array.from({ length: count }, (_, index) => first + 1 + index), spaces };
}

function firstUnclosedScalar(text: string, budget: Budget): number | undefined {
  let found: number | undefined;
  for (const root of tokensOf(text, budget) ?? []) {
    walkTokens(root, (token) => {
      const quote = quoteOf(token.type);
      if (quote && 'source' in token && !isClosed(token.source, quote)) found = token.offset;
      return found === undefined;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

function quoteOf(type: string): string | undefined {
  if (type === 'double-quoted-scalar') return '"';
  return type === 'single-quoted-scalar' ? "'" : undefined;
}

function isClosed(source: string, quote: string): boolean {
  return source.length > 1 && source.endsWith(quote);
}

/** Offset after the quote that closes the one at `start`. */
function closingQuote(text: string, start: number): number | undefined {
  const body = text[start] === '"' ? /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y : /'[^']*(?:''[^']*)*'/y;
  body.lastIndex = start;
  return body.test(text) ? body.lastIndex : undefined;
}

function indentLines(text: string, extra: ReadonlyMap<number, number>): string {
  return text
    .split('\n')
    .map((line, index) => (line.trim() === '' ? line : ' '.repeat(extra.get(index) ?? 0) + line))
    .join('\n');
}
