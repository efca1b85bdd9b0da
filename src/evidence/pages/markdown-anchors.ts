/** Makes the anchors of a Markdown document: headings under the rules of several renderers, and ids that were written out. */
import GithubSlugger, { slug as githubSlug } from 'github-slugger';
import type { Anchor } from './anchors.ts';
import { type Block, isHeading, type TextBlock } from './markdown-blocks.ts';
import { type Piece, textOf } from './markdown-pieces.ts';
import type { At } from './markdown-places.ts';
import { isAscii } from './plain-ascii.ts';

export type { Anchor } from './anchors.ts';

/** An id at a heading's end: `{#id}`, kramdown's `{: #id}`, or in MDX a comment that holds it. */
export const HEADING_ID = /\{(?::?\s*#([\w:.-]+)(?![\w:.-])[^{}]*|\/\*\s*#([\w:.-]+)\s*\*\/)\}\s*$/;
const TAG_ID = /<[a-z][^<>]*?\s(?:name|id)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))/gi;

/** All anchors, in the document's order. */
export function anchorsOf(blocks: readonly Block[]): readonly Anchor[] {
  const slugger = new GithubSlugger();
  const seen = new Map<string, number>();
  return blocks.flatMap((block, index) => {
    if (block.kind === 'heading') return [...headingAnchors(block, slugger, seen), ...writtenAnchors(block, block)];
    const next = blocks[index + 1];
    return writtenAnchors(block, next && isHeading(next) && onlyMarks(block) ? next : undefined);
  });
}

/** A heading's text without an id written behind it, and without markup. */
export function headingTitle(pieces: readonly Piece[]): string {
  return rawTitle(pieces).replace(HEADING_ID, '').trim();
}

function rawTitle(pieces: readonly Piece[]): string {
  return textOf(pieces, ['text', 'code']);
}

function headingAnchors(
  { pieces, line }: TextBlock,
  slugger: GithubSlugger,
  seen: Map<string, number>,
): readonly Anchor[] {
  const raw = rawTitle(pieces);
  const title = headingTitle(pieces);
  const written = HEADING_ID.exec(raw);
  const id = written?.[1] ?? written?.[2];
  const slug = slugger.slug(raw.trim());
  const aliases = [...new Set(otherSlugs(title).flatMap((it) => numbered(it, seen)))].filter(
    (it) => it !== slug && it !== '',
  );
  const made: Anchor = { slug, line, title, ...(aliases.length > 0 && { aliases }) };
  return id === undefined ? [made] : [{ slug: id, line, title }, made];
}

/** Ids of tags in a block; they belong to the heading that they stand in or right before. */
function writtenAnchors(block: Block, heading: TextBlock | undefined): readonly Anchor[] {
  const title = heading ? headingTitle(heading.pieces) : '';
  return tagsOf(block).flatMap(({ text, at }) => {
    const visible = text.replace(/<!--[\s\S]*?(-->|$)/g, (comment) => ' '.repeat(comment.length));
    return [...visible.matchAll(TAG_ID)].map((match) => ({
      slug: match[1] ?? match[2] ?? match[3] ?? '',
      line: heading?.line ?? at(match.index).line,
      title,
    }));
  });
}

function tagsOf(block: Block): readonly { readonly text: string; readonly at: At }[] {
  if (block.kind === 'html') return [block];
  if (!('pieces' in block)) return [];
  return block.pieces.flatMap(({ kind, text, at }) => (kind === 'html' && at ? [{ text, at }] : []));
}

/** Slugs of renderers that differ from GitHub's: GitLab, MkDocs, kramdown, Hugo's old default. */
function otherSlugs(title: string): readonly string[] {
  const gitlab = githubSlug(title).replace(/-{2,}/g, '-');
  const plain = isAscii(title);
  const ascii = plain ? title : title.normalize('NFKD').replace(/[^\p{ASCII}]/gu, '');
  const mkdocs = ascii
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, '-');
  const kramdown = title
    .replace(plain ? /[^a-z\d -]/gi : /[^\p{L}\p{N} -]/gu, '')
    .replace(plain ? /^[^a-z]+/i : /^[^\p{L}]+/u, '')
    .toLowerCase()
    .replace(/ /g, '-');
  const hugo = title
    .toLowerCase()
    .replace(plain ? /[^a-z\d]+/g : /[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return [...new Set([gitlab, mkdocs, kramdown, hugo])];
}

/** The n-th heading of the same slug carries a number: `-1` or, in MkDocs, `_1`. */
function numbered(slug: string, seen: Map<string, number>): readonly string[] {
  const count = seen.get(slug) ?? 0;
  seen.set(slug, count + 1);
  return count === 0 ? [slug] : [`${slug}-${count}`, `${slug}_${count}`];
}

/** Whether a block shows nothing of its own, such as `<a id="x"></a>` on a line before a heading. */
function onlyMarks(block: Block): boolean {
  if (!block.outer) return false;
  if (block.kind === 'html') return block.text.replace(/<[^<>]*>/g, '').trim() === '';
  return (
    block.kind === 'paragraph' &&
    block.pieces.every(({ kind, text }) => kind === 'html' || (kind === 'text' && text.trim() === ''))
  );
}
