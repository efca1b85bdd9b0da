/** Adds up what the blocks of one section hold: words, commands, links, and marks that stand for text yet to be written. */
import type { MarkdownLink } from './markdown.ts';
import type { Block, CodeBlock, HtmlBlock, TextBlock } from './markdown-blocks.ts';
import type { Piece } from './markdown-pieces.ts';
import type { At } from './markdown-places.ts';
import { isAscii } from './plain-ascii.ts';
import { isRunnable } from './runnable.ts';
import { isBlank, isStub, isStubCode, stubCommentLine } from './stub.ts';

/** Running totals of a section. */
export interface Content {
  words: number;
  /** Whether anything stands there that is not a mark such as TODO. */
  filled: boolean;
  /** The same before the last table: headings of columns are no content where there are rows, and blank cells fill nothing in. */
  filledBefore: boolean;
  stubLine: number | undefined;
  commands: number;
  readonly links: MarkdownLink[];
  readonly lines: string[];
}

/** Languages of code blocks that show data or a picture rather than something to run. */
const NOT_RUN =
  /^(mermaid|plantuml|puml|dot|graphviz|ditaa|output|log|logs|json|jsonc|json5|ya?ml|toml|ini|properties|xml|html|csv|diff|markdown|md)$/i;

const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/** Totals of nothing. */
export function emptyContent(): Content {
  return { words: 0, filled: false, filledBefore: false, stubLine: undefined, commands: 0, links: [], lines: [] };
}

/** Adds a block to the totals. */
export function survey(block: Block, into: Content): void {
  switch (block.kind) {
    case 'code':
      addCode(block, into);
      return;
    case 'html':
      addHtml(block, into);
      return;
    case 'table':
      into.filledBefore = into.filled;
      return;
    case 'rows':
      into.filled = into.filledBefore;
      return;
    case 'rule':
      return;
    default:
      addProse(block, into);
  }
}

function addProse({ pieces, line }: TextBlock, into: Content): void {
  const prose = pieces.map(proseOf).join('');
  for (const piece of pieces) addPiece(piece, into);
  if (prose.trim() === '' && !pieces.some(({ kind }) => kind === 'image')) return;
  into.lines.push(prose.trim());
  if (isStub(prose)) {
    markStub(line, into);
    return;
  }
  into.filled = true;
  into.words += countWords(prose);
}

/** What a reader reads: comments, tags and template actions are dropped. */
function proseOf({ kind, text }: Piece): string {
  if (kind === 'html') return isBlank(text) ? text : '';
  if (kind === 'break') return '\n';
  if (kind === 'link') return '';
  return text.includes('<%') ? text.replace(/<%[\s\S]*?(?:%>|$)/g, '') : text;
}

function addPiece({ kind, text, target, at }: Piece, into: Content): void {
  if (kind === 'code' && isRunnable(text)) into.commands += 1;
  if (kind === 'link' && target !== undefined && at) into.links.push({ target, text, ...at(0) });
  if (kind === 'html' && at) into.links.push(...htmlLinks(text, at));
}

const ANCHOR_TAG = /<a\s[^<>]*>([^<]*)/gi;
const TARGET = /\bhref\s*=\s*["']([^"']+)["']/i;

function htmlLinks(html: string, at: At): readonly MarkdownLink[] {
  return [...html.matchAll(ANCHOR_TAG)].flatMap((match) => {
    const target = TARGET.exec(match[0].slice(0, match[0].indexOf('>')))?.[1];
    const text = (match[1] ?? '').trim().replace(/\s+/g, ' ');
    return target === undefined ? [] : [{ target, text, ...at(match.index) }];
  });
}

function addCode({ text, language, firstLine }: CodeBlock, into: Content): void {
  if (text.trim() === '') return;
  const todo = stubCommentLine(text);
  into.lines.push(text);
  const stub = isStubCode(text);
  if (todo !== undefined || stub) markStub(firstLine + (todo ?? 0), into);
  if (stub) return;
  into.filled = true;
  if (!NOT_RUN.test(language)) into.commands += 1;
}

function addHtml({ text: html, at, line }: HtmlBlock, into: Content): void {
  const visible = html.replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => comment.replace(/[^\n]/g, ' '));
  into.links.push(...htmlLinks(visible, at));
  const text = visible.replace(/<[^<>]*>/g, ' ').trim();
  if (isBlank(visible) || isStub(text)) {
    markStub(line, into);
    return;
  }
  if (text === '' && !/<(?:img|video|iframe|svg|[A-Z]\w*)\b/.test(visible)) return;
  into.filled = true;
  into.words += countWords(text);
  if (text !== '') into.lines.push(text.replace(/[ \t]+/g, ' '));
}

function markStub(line: number, into: Content): void {
  into.stubLine ??= line;
}

/** Words that carry a letter or digit; each ideograph counts as one, an address as none. */
function countWords(text: string): number {
  const prose = text.replace(/\b(?:https?|ftp):\/\/\S+|\bwww\.\S+/g, ' ');
  if (isAscii(prose)) return prose.split(/\s+/).filter((word) => /[a-z\d]/i.test(word)).length;
  const words = prose.replace(IDEOGRAPH, ' $& ').split(/\s+/);
  return words.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
