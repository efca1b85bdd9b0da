/** Cuts a Markdown document into sections at its headings, real ones and lines that are only bold. */
import type { MarkdownSection } from './markdown.ts';
import { headingTitle } from './markdown-anchors.ts';
import { type Block, isHeading } from './markdown-blocks.ts';
import { type Content, emptyContent, survey } from './markdown-content.ts';
import { type Piece, textOf } from './markdown-pieces.ts';
import { isStub } from './stub.ts';

interface Draft {
  readonly title: string;
  readonly level: number;
  readonly line: number;
  readonly content: Content;
}

/** All sections, in order. What stands before the first heading is one when it has content. */
export function sectionsOf(blocks: readonly Block[]): readonly MarkdownSection[] {
  const drafts = draftsOf(blocks);
  return drafts.flatMap((draft, index) => {
    const leaf = (drafts[index + 1]?.level ?? 0) <= draft.level;
    const section = sectionOf(draft, leaf);
    return draft.level === 0 && section.text === '' && section.links.length === 0 ? [] : [section];
  });
}

function draftsOf(blocks: readonly Block[]): readonly Draft[] {
  let draft: Draft = { title: '', level: 0, line: 1, content: emptyContent() };
  const drafts = [draft];
  let level = 0;
  let bold = false;
  blocks.forEach((block, index) => {
    const boldTitle = boldHeading(block, blocks[index + 1], bold);
    if (isHeading(block)) {
      level = block.level;
      bold = false;
      draft = { title: headingTitle(block.pieces), level, line: block.line, content: emptyContent() };
      drafts.push(draft);
    } else if (boldTitle !== undefined) {
      bold = true;
      draft = { title: boldTitle, level: level + 1, line: block.line, content: emptyContent() };
      drafts.push(draft);
    } else survey(block, draft.content);
  });
  return drafts;
}

/** What a paragraph that is only bold says as a heading, unless it is a sentence, a label with its value, or nothing follows it. */
function boldHeading(block: Block, next: Block | undefined, inUse: boolean): string | undefined {
  if (block.kind !== 'paragraph' || !block.outer || !isOnlyBold(block.pieces)) return undefined;
  const text = textOf(block.pieces, ['text', 'code', 'html', 'image']).trim();
  if (text === '' || text.split(/\s+/).length > 10 || /[.!]$|:\s*\S/.test(text) || isStub(text)) return undefined;
  return inUse || (next !== undefined && !isHeading(next)) ? text.replace(/:$/, '') : undefined;
}

function isOnlyBold(pieces: readonly Piece[]): boolean {
  const seen = pieces.filter(
    ({ kind, depth, text }) => depth === 0 && kind !== 'html' && !(kind === 'text' && /^[\s:]*$/.test(text)),
  );
  return seen.length === 1 && seen[0]?.kind === 'bold';
}

function sectionOf({ title, level, line, content }: Draft, leaf: boolean): MarkdownSection {
  const { words, filled, stubLine, commands, links, lines } = content;
  const lacking = stubLine !== undefined ? 'stub' : leaf ? 'empty' : 'filled';
  return {
    title,
    level,
    line,
    words,
    state: filled ? 'filled' : lacking,
    ...(stubLine !== undefined && { stubLine }),
    commands,
    links,
    text: lines.join('\n'),
  };
}
