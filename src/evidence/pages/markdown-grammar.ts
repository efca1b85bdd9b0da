/** Splits Markdown into the parser's tokens: CommonMark with the tables, strikethrough, footnotes and bare links of GFM. */
import type MarkdownIt from 'markdown-it';
import * as helpers from 'markdown-it/lib/helpers/index.mjs';
import ParserBlock from 'markdown-it/lib/parser_block.mjs';
import ParserInline from 'markdown-it/lib/parser_inline.mjs';
import type Token from 'markdown-it/lib/token.mjs';
import { type BareLinks, bareLink, bareLinksIn, textUpToBareLink } from './markdown-bare-links.ts';
import { footnoteCall, footnoteDefinition } from './markdown-footnotes.ts';

/** What our rules keep about a document, beside what the parser's own do. */
export interface Env {
  /** Names of those that are defined. */
  readonly footnotes: Set<string>;
  /** Of the text at hand. */
  bareLinks?: BareLinks | undefined;
  /** How many links the text at hand stands in. */
  links: number;
}

/** The parser leaves out blocks that are nested deeper than this, and its time grows with the depth; a quote is one level, a list two. */
const DEEPEST = 50;

/** The parts of the parser that are needed; its front module would also load what makes HTML and checks addresses. */
const block = new ParserBlock();
const inline = new ParserInline();
const parser = {
  block,
  inline,
  helpers,
  options: { html: true, linkify: false, maxNesting: DEEPEST },
  // Targets stay as they are written, whatever they are.
  normalizeLink: (target: string): string => target,
  normalizeLinkText: (text: string): string => text,
  validateLink: (): boolean => true,
} as unknown as MarkdownIt;

block.ruler.before('reference', 'footnote', footnoteDefinition, {
  alt: ['paragraph', 'reference', 'blockquote', 'list'],
});
const [table] = block.ruler.getRules('');
const [text] = inline.ruler.getRules('');
// A table's first line is a paragraph before it is known for what it is: whatever else it may be comes first.
block.ruler.disable('table');
if (table) block.ruler.before('lheading', 'late_table', table, { alt: ['paragraph', 'reference'] });
if (text) inline.ruler.at('text', (state, silent) => textUpToBareLink(text, state, silent));
inline.ruler.at('linkify', bareLink);
inline.ruler.before('link', 'footnote', footnoteCall);

/** A document without anything known yet. */
export function newEnv(): Env {
  return { footnotes: new Set(), links: 0 };
}

/** Tokens of the blocks, in which text is not yet taken apart; line breaks are `\n`. */
export function blockTokens(source: string, env: Env): readonly Token[] {
  const tokens: Token[] = [];
  block.parse(source, parser, env, tokens);
  return tokens;
}

/** Whether a block stood so deep that what is in it may have been left out. */
export function isTooDeep(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.level >= DEEPEST - 1);
}

/** Tokens of a block's text; `meta` holds the offset in it at which a link or tag begins, after the bracket for a link in brackets. */
export function inlineTokens(content: string, env: Env): readonly Token[] {
  const tokens: Token[] = [];
  const state = new inline.State(content, parser, env, tokens);
  const push = state.push.bind(state);
  state.push = (type, tag, nesting) => {
    const token = push(type, tag, nesting);
    if (nesting >= 0) token.meta = state.pos;
    if (token.tag === 'a') env.links += nesting;
    return token;
  };
  env.bareLinks = bareLinksIn(content);
  inline.tokenize(state);
  for (const rule of inline.ruler2.getRules('')) rule(state);
  return tokens;
}
