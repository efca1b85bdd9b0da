/** Adds up what the blocks of one section hold: words, commands, links, and marks that stand for text yet to be written. */
import type { Code, Html, Image, Link, Nodes, PhrasingContent, Root, RootContent, Table } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { MarkdownLink } from './markdown.ts';
import { isAscii } from './plain-ascii.ts';
import { isRunnable } from './runnable.ts';
import { isBlank, isStub, isStubCode, stubCommentLine } from './stub.ts';

/** Running totals of a section. */
export interface Content {
  words: number;
  /** Whether anything stands there that is not a mark such as TODO. */
  filled: boolean;
  stubLine: number | undefined;
  commands: number;
  readonly links: MarkdownLink[];
  readonly lines: string[];
}

/** Targets of reference links by identifier. */
export type Definitions = ReadonlyMap<string, string>;

/** Languages of code blocks that show data or a picture rather than something to run. */
const NOT_RUN =
  /^(mermaid|plantuml|puml|dot|graphviz|ditaa|output|log|logs|json|jsonc|json5|ya?ml|toml|ini|properties|xml|html|csv|diff|markdown|md)$/i;

const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/** Totals of nothing. */
export function emptyContent(): Content {
  return { words: 0, filled: false, stubLine: undefined, commands: 0, links: [], lines: [] };
}

/** Definitions wherever they stand; the first of a name counts. */
export function definitionsOf(root: Root): Definitions {
  const found = new Map<string, string>();
  visit(root, (node) => {
    if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node.url);
  });
  return found;
}

/** Adds a block to the totals. */
export function survey(node: RootContent, into: Content, definitions: Definitions): void {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
    case 'tableCell':
      addProse(node.children, lineOf(node), into, definitions);
      return;
    case 'code':
      addCode(node, into);
      return;
    case 'html':
      addHtml(node, into);
      return;
    case 'table':
      addTable(node, into, definitions);
      return;
    case 'blockquote':
    case 'list':
    case 'listItem':
    case 'footnoteDefinition':
      for (const child of node.children) survey(child, into, definitions);
      return;
    default:
  }
}

function addProse(children: readonly PhrasingContent[], line: number, into: Content, definitions: Definitions): void {
  const prose = children.map((child) => proseOf(child)).join('');
  for (const child of children) visit(child, (node) => addInline(node, into, definitions));
  const image = children.some((child) =>
    contains(child, (node) => node.type === 'image' || node.type === 'imageReference'),
  );
  if (prose.trim() === '' && !image) return;
  into.lines.push(prose.trim());
  if (isStub(prose)) {
    markStub(line, into);
    return;
  }
  into.filled = true;
  into.words += countWords(prose);
}

/** What a reader reads: comments, tags and template actions are dropped. */
function proseOf(node: PhrasingContent): string {
  if (node.type === 'html') return isBlank(node.value) ? node.value : '';
  if (node.type === 'break') return '\n';
  if ('children' in node) return node.children.map((child) => proseOf(child)).join('');
  return plainText(node, { includeImageAlt: true }).replace(/<%[\s\S]*?(?:%>|$)/g, '');
}

function addInline(node: Nodes, into: Content, definitions: Definitions): void {
  if (node.type === 'link') into.links.push(linkOf(node, node.url));
  else if (node.type === 'linkReference') {
    const target = definitions.get(node.identifier);
    if (target !== undefined) into.links.push(linkOf(node, target));
  } else if (node.type === 'html') into.links.push(...htmlLinks(node));
  else if (node.type === 'inlineCode' && isRunnable(node.value)) into.commands += 1;
}

function linkOf(node: Link | Image | Nodes, target: string): MarkdownLink {
  return { target, text: plainText(node), line: lineOf(node), column: node.position?.start.column ?? 1 };
}

function htmlLinks(node: Html): readonly MarkdownLink[] {
  const column = node.position?.start.column ?? 1;
  return node.value.split('\n').flatMap((text, index) =>
    [...withoutComments(text).matchAll(/<a\s[^<>]*?\bhref\s*=\s*["']([^"']+)["'][^<>]*>([^<]*)/gi)].map((match) => ({
      target: match[1] ?? '',
      text: (match[2] ?? '').trim(),
      line: lineOf(node) + index,
      column: index === 0 ? column : 1,
    })),
  );
}

function addCode(node: Code, into: Content): void {
  if (node.value.trim() === '') return;
  const fence = node.lang ?? '';
  const todo = stubCommentLine(node.value);
  into.lines.push(node.value);
  const stub = isStubCode(node.value);
  if (todo !== undefined || stub) markStub(lineOf(node) + 1 + (todo ?? 0), into);
  if (stub) return;
  into.filled = true;
  if (!NOT_RUN.test(fence)) into.commands += 1;
}

function addHtml(node: Html, into: Content): void {
  const visible = withoutComments(node.value);
  into.links.push(...htmlLinks({ ...node, value: visible }));
  const text = visible.replace(/<[^<>]*>/g, ' ').trim();
  if (isBlank(visible) || isStub(text)) {
    markStub(lineOf(node), into);
    return;
  }
  if (text === '' && !/<(?:img|video|iframe|svg|[A-Z]\w*)\b/.test(visible)) return;
  into.filled = true;
  into.words += countWords(text);
  if (text !== '') into.lines.push(text.replace(/[ \t]+/g, ' '));
}

/** A comment may span lines, which are kept so that places stay right. */
function withoutComments(html: string): string {
  return html.replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => comment.replace(/[^\n]/g, ''));
}

/** Headings of columns are no content where there are rows: a table whose cells are blank is not filled in. */
function addTable(node: Table, into: Content, definitions: Definitions): void {
  const [head, ...rows] = node.children;
  const filled = into.filled;
  if (head) for (const cell of head.children) survey(cell, into, definitions);
  if (rows.length > 0) into.filled = filled;
  for (const row of rows) for (const cell of row.children) survey(cell, into, definitions);
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

function lineOf(node: Nodes): number {
  return node.position?.start.line ?? 1;
}

function contains(node: Nodes, wanted: (node: Nodes) => boolean): boolean {
  return wanted(node) || ('children' in node && node.children.some((child) => contains(child, wanted)));
}

function visit(node: Nodes, meet: (node: Nodes) => void): void {
  meet(node);
  if ('children' in node) for (const child of node.children) visit(child, meet);
}
