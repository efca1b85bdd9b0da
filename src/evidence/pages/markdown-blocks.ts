/** A Markdown document as a plain list of what holds text, with places: all that is read of the parser's tokens. */
import type Token from 'markdown-it/lib/token.mjs';
import { table } from '../../table.ts';
import { blockTokens, type Env, isTooDeep, newEnv } from './markdown-grammar.ts';
import { type Piece, piecesOf } from './markdown-pieces.ts';
import { type At, placesInCell, placesInLines, type Row } from './markdown-places.ts';

/** A block that holds text, or a mark that matters for those around it; quotes, lists and footnotes are told by `outer` alone. */
export type Block = TextBlock | CodeBlock | HtmlBlock | MarkBlock;

interface AnyBlock {
  /** From 1. */
  readonly line: number;
  /** Stands in no quote, list, table or footnote. */
  readonly outer: boolean;
}

/** Text with marks in it. */
export interface TextBlock extends AnyBlock {
  readonly kind: 'heading' | 'paragraph' | 'cell';
  /** 1 to 6 for headings, else 0. */
  readonly level: number;
  readonly pieces: readonly Piece[];
}

/** Code, fenced or indented. */
export interface CodeBlock extends AnyBlock {
  readonly kind: 'code';
  /** First word behind the fence. */
  readonly language: string;
  readonly text: string;
  /** Line of the code's own first line. */
  readonly firstLine: number;
}

/** Tags and comments as they are written. */
export interface HtmlBlock extends AnyBlock {
  readonly kind: 'html';
  readonly text: string;
  readonly at: At;
}

/** `table` and `rows` stand before its head and its first row; `rule` is a line across the page. */
interface MarkBlock extends AnyBlock {
  readonly kind: 'table' | 'rows' | 'rule';
}

const TEXTS: Readonly<Record<string, TextBlock['kind']>> = table({
  heading_open: 'heading',
  paragraph_open: 'paragraph',
  th_open: 'cell',
  td_open: 'cell',
});
const MARKS: Readonly<Record<string, MarkBlock['kind']>> = table({
  table_open: 'table',
  tbody_open: 'rows',
  hr: 'rule',
});

/** Whether a block is a heading of the document, and not of what it quotes. */
export function isHeading(block: Block): block is TextBlock {
  return block.kind === 'heading' && block.outer;
}

/** What a document's tokens are read with. */
interface Reading {
  readonly tokens: readonly Token[];
  readonly lines: readonly string[];
  readonly env: Env;
  /** The row of a table that is being read. */
  row: Row;
}

/** All blocks in order, or undefined for a document that is nested too deeply to be read in full. Line breaks are `\n`. */
export function blocksOf(source: string): readonly Block[] | undefined {
  const env = newEnv();
  const tokens = blockTokens(source, env);
  if (isTooDeep(tokens)) return undefined;
  const reading: Reading = { tokens, lines: source.split('\n'), env, row: { index: 0, cells: [] } };
  return tokens.flatMap((token, index) => blockOf(token, index, reading) ?? []);
}

function blockOf(token: Token, index: number, reading: Reading): Block | undefined {
  const first = token.map?.[0] ?? reading.row.index;
  const place = { line: first + 1, outer: token.level === 0 };
  const mark = MARKS[token.type];
  if (mark) return { ...place, kind: mark };
  switch (token.type) {
    case 'tr_open':
      reading.row = { index: first, cells: [] };
      return undefined;
    case 'inline':
      return textBlock(token, index, first, reading);
    case 'fence':
    case 'code_block':
      return { ...place, kind: 'code', ...codeOf(token, first) };
    case 'html_block': {
      const text = token.content.replace(/\n$/, '');
      return { ...place, kind: 'html', text, at: placesInLines(reading.lines, first, text) };
    }
    default:
      return undefined;
  }
}

function codeOf(token: Token, first: number): Pick<CodeBlock, 'language' | 'text' | 'firstLine'> {
  return {
    language: token.info.trim().split(/\s+/)[0] ?? '',
    text: token.content.replace(/\n$/, ''),
    firstLine: first + (token.type === 'fence' ? 2 : 1),
  };
}

/** The box of a task, which shows no text. */
const BOX = /^\[[ \txX]\]\s+(?=\S)/;

/** The text of a block, from the token behind the one that opens the block. */
function textBlock({ content }: Token, index: number, first: number, reading: Reading): TextBlock | undefined {
  const { tokens, lines, env, row } = reading;
  const opening = tokens[index - 1];
  const kind = TEXTS[opening?.type ?? ''];
  if (!opening || !kind) return undefined;
  const at = kind === 'cell' ? placesInCell(lines, row, content) : placesInLines(lines, first, content);
  const box = tokens[index - 2]?.type === 'list_item_open' ? (BOX.exec(content)?.[0].length ?? 0) : 0;
  return {
    kind,
    line: first + 1,
    outer: opening.level === 0,
    level: kind === 'heading' ? Number(opening.tag.slice(1)) : 0,
    pieces: piecesOf(content.slice(box), env, (offset) => at(box + offset)),
  };
}
