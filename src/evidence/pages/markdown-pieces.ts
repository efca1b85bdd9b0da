/** The text of a heading, paragraph or cell as a plain list of pieces: words, code, tags, images, and the links and bold around them. */
import type Token from 'markdown-it/lib/token.mjs';
import { table } from '../../table.ts';
import { type Env, inlineTokens } from './markdown-grammar.ts';
import type { At } from './markdown-places.ts';

/** A piece of text, or what stands around the pieces that follow it and are deeper. */
export interface Piece {
  /** `mark` is emphasis other than bold, or the call of a footnote. */
  readonly kind: 'text' | 'code' | 'html' | 'image' | 'break' | 'link' | 'bold' | 'mark';
  /** How many links and emphases it stands in. */
  readonly depth: number;
  /** Words, code, a tag as it is written, or the words that stand for an image or link; empty for other kinds. */
  readonly text: string;
  /** Where a link leads, as it is written. */
  readonly target?: string;
  /** Where an offset in a tag stands in the document, or where a link does. */
  readonly at?: At;
}

type Draft = { -readonly [K in keyof Piece]: Piece[K] };

/** Kinds by the parser's names; other names are marks. */
const KINDS: Readonly<Record<string, Piece['kind']>> = table({
  text: 'text',
  text_special: 'text',
  softbreak: 'text',
  code_inline: 'code',
  html_inline: 'html',
  hardbreak: 'break',
  image: 'image',
  strong_open: 'bold',
  link_open: 'link',
});

/** Text without any of these is one piece. */
const MARKED = /[\\`*_~[\]<&\n@!]|:\/\/|www\./i;

/** Pieces of a block's text; `at` tells where an offset in it stands. */
export function piecesOf(content: string, env: Env, at: At): readonly Piece[] {
  if (!MARKED.test(content)) return content === '' ? [] : [{ kind: 'text', depth: 0, text: content }];
  return piecesIn(inlineTokens(content, env), at);
}

/** Text of pieces of some kinds, one after the other. */
export function textOf(pieces: readonly Piece[], kinds: readonly Piece['kind'][]): string {
  return pieces.map(({ kind, text }) => (kinds.includes(kind) ? text : '')).join('');
}

/** The parser's tokens for an image's words have no places. */
function piecesIn(tokens: readonly Token[], at?: At): readonly Piece[] {
  const pieces: Draft[] = [];
  let depth = 0;
  let link = 0;
  for (const token of tokens) {
    if (token.nesting < 0) depth--;
    else add(pieces, token, depth, at);
    if (token.nesting > 0) depth++;
    const around = pieces[link];
    if (token.type === 'link_open') link = pieces.length - 1;
    if (token.type === 'link_close' && around)
      around.text = textOf(pieces.slice(link + 1), ['text', 'code', 'html', 'image']);
  }
  return pieces;
}

/** Text that is cut only by how it is written is one piece. */
function add(pieces: Draft[], token: Token, depth: number, at: At | undefined): void {
  const kind = KINDS[token.type] ?? 'mark';
  const last = pieces.at(-1);
  const text = wordsOf(token);
  if (kind === 'text' && last?.kind === 'text' && last.depth === depth) last.text += text;
  else if (kind !== 'text' || text !== '') pieces.push({ kind, depth, text, ...placed(token, kind, at) });
}

function wordsOf(token: Token): string {
  if (token.type === 'softbreak') return '\n';
  return token.type === 'image' ? textOf(piecesIn(token.children ?? []), ['text', 'code', 'image']) : token.content;
}

function placed(token: Token, kind: Piece['kind'], at: At | undefined): Pick<Piece, 'target' | 'at'> {
  if (kind === 'html' && at) return { at: (offset) => at(token.meta + offset) };
  if (kind !== 'link' || !at) return {};
  const bracket = token.markup === '' ? 1 : 0;
  return { target: token.attrGet('href') ?? '', at: () => at(token.meta - bracket) };
}
