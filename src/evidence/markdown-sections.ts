/** Cuts a Markdown tree into sections at its headings, real ones and lines that are only bold. */
import type { Paragraph, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { MarkdownSection } from './markdown.ts';
import { headingTitle } from './markdown-anchors.ts';
import { type Content, definitionsOf, emptyContent, survey } from './markdown-content.ts';
import { isStub } from './stub.ts';

interface Draft {
  readonly title: string;
  readonly level: number;
  readonly line: number;
  readonly content: Content;
}

/** All sections, in order. What stands before the first heading is one when it has content. */
export function sectionsOf(root: Root): readonly MarkdownSection[] {
  const drafts = draftsOf(root);
  return drafts.flatMap((draft, index) => {
    const leaf = (drafts[index + 1]?.level ?? 0) <= draft.level;
    const section = sectionOf(draft, leaf);
    return draft.level === 0 && section.text === '' && section.links.length === 0 ? [] : [section];
  });
}

function draftsOf(root: Root): readonly Draft[] {
  const definitions = definitionsOf(root);
  const drafts: Draft[] = [{ title: '', level: 0, line: 1, content: emptyContent() }];
  let level = 0;
  let bold = false;
  root.children.forEach((node, index) => {
    const line = node.position?.start.line ?? 1;
    if (node.type === 'heading') {
      level = node.depth;
      bold = false;
      drafts.push({ title: headingTitle(node), level, line, content: emptyContent() });
    } else if (isBoldHeading(node, root.children[index + 1], bold)) {
      bold = true;
      drafts.push({ title: plainText(node).trim().replace(/:$/, ''), level: level + 1, line, content: emptyContent() });
    } else {
      const draft = drafts.at(-1);
      if (draft) survey(node, draft.content, definitions);
    }
  });
  return drafts;
}

/** A paragraph that is only bold serves as a heading, unless it is a sentence, a label with its value, or nothing follows it. */
function isBoldHeading(node: RootContent, next: RootContent | undefined, inUse: boolean): boolean {
  if (node.type !== 'paragraph' || !isOnlyBold(node)) return false;
  const text = plainText(node).trim();
  if (text === '' || text.split(/\s+/).length > 10 || /[.!]$|:\s*\S/.test(text) || isStub(text)) return false;
  return inUse || (next !== undefined && next.type !== 'heading');
}

function isOnlyBold({ children }: Paragraph): boolean {
  const seen = children.filter(
    (child) => child.type !== 'html' && !(child.type === 'text' && /^[\s:]*$/.test(child.value)),
  );
  return seen.length === 1 && seen[0]?.type === 'strong';
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
