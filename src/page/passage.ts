/** Part of a page as blocks to show, read by the reader that all evidence of pages is read by. Drops tags and comments; follows nothing. Pure. */
import { HEADING_ID } from '../evidence/pages/markdown-anchors.ts';
import { type Block, blocksOf } from '../evidence/pages/markdown-blocks.ts';
import { splitFrontMatter } from '../evidence/pages/markdown-front-matter.ts';
import type { Piece } from '../evidence/pages/markdown-pieces.ts';
import { pageText } from '../evidence/pages/page-text.ts';
import type { PassageBlock, Span } from '../report/card.ts';

/** Lines of a page, from 1; without `to` up to its end. */
export interface Stretch {
  readonly from: number;
  readonly to?: number;
}

/** Blocks that begin within a stretch; undefined for a page that is nested too deeply to be read. */
export function passageOf(
  path: string,
  text: string,
  { from, to = Number.POSITIVE_INFINITY }: Stretch,
): readonly PassageBlock[] | undefined {
  const { markdown } = pageText(path, text.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD'));
  const { rest } = splitFrontMatter(markdown);
  const lines = rest.split('\n');
  const blocks = blocksOf(rest)?.filter(({ line }) => line >= from && line <= to);
  return blocks && rowsJoined(blocks, lines);
}

/** Cells of one line are one row. */
function rowsJoined(blocks: readonly Block[], lines: readonly string[]): readonly PassageBlock[] {
  const shown: PassageBlock[] = [];
  let row: { readonly line: number; readonly cells: (readonly Span[])[] } | undefined;
  for (const block of blocks) {
    if (block.kind !== 'cell') shown.push(...blockOf(block, lines));
    else if (row?.line === block.line) row.cells.push(spansOf(block.pieces));
    else {
      row = { line: block.line, cells: [spansOf(block.pieces)] };
      shown.push({ kind: 'row', cells: row.cells });
    }
  }
  return shown;
}

/** What begins a list's item, a quote, or an item in a quote, on its first line. */
const MARKER = /^([\s>]*)(?:([-*+]|\d{1,9}[.)])\s+)?/;

function blockOf(block: Exclude<Block, { kind: 'cell' }> | Block, lines: readonly string[]): readonly PassageBlock[] {
  const [, before = '', sign] = MARKER.exec((lines[block.line - 1] ?? '').slice(0, 200)) ?? [];
  const indent = block.outer ? 0 : Math.min(before.replace(/>/g, ' ').length, 20);
  switch (block.kind) {
    case 'heading':
      return [{ kind: 'heading', level: block.level, spans: spansOf(block.pieces).map(withoutId) }];
    case 'paragraph': {
      const marker = sign === undefined || block.outer ? {} : { marker: /\d/.test(sign) ? sign : '-' };
      const spans = spansOf(block.pieces);
      return spans.length === 0 ? [] : [{ kind: 'text', indent, ...marker, spans }];
    }
    case 'code':
      return [{ kind: 'code', indent, language: block.language, text: block.text }];
    case 'html': {
      const text = withoutTags(block.text);
      return text === '' ? [] : [{ kind: 'text', indent, spans: [{ kind: 'text', text }] }];
    }
    case 'rule':
      return [{ kind: 'rule' }];
    default:
      return [];
  }
}

/** An id written behind a heading is for links to it. */
function withoutId(span: Span): Span {
  return { ...span, text: span.text.replace(HEADING_ID, '').trimEnd() };
}

function withoutTags(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Text with its marks; what stands in a link is said by the link. */
function spansOf(pieces: readonly Piece[]): readonly Span[] {
  const spans: Span[] = [];
  const inside: { link?: number; strong?: number } = {};
  for (const { kind, text, depth, target = '' } of pieces) {
    if (depth <= (inside.link ?? -1)) delete inside.link;
    if (depth <= (inside.strong ?? -1)) delete inside.strong;
    if (inside.link !== undefined) continue;
    if (kind === 'link') {
      inside.link = depth;
      spans.push({ kind: 'link', text, target });
    } else if (kind === 'bold') inside.strong = depth;
    else if (kind === 'code') spans.push({ kind: 'code', text });
    else if (kind === 'break') spans.push({ kind: 'text', text: ' ' });
    else if (kind === 'image') spans.push({ kind: 'text', text: `[image: ${text}]` });
    else if (kind === 'text') spans.push({ kind: inside.strong === undefined ? 'text' : 'strong', text });
  }
  return spans.filter(({ text, kind }) => text !== '' || kind === 'link');
}
