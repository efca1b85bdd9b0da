/** Makes the anchors of a Markdown document: headings under the rules of several renderers, and ids that were written out. */
import GithubSlugger, { slug as githubSlug } from 'github-slugger';
import type { Heading, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { Anchor } from './anchors.ts';
import { isAscii } from './plain-ascii.ts';

export type { Anchor } from './anchors.ts';

/** An id at a heading's end: `{#id}`, kramdown's `{: #id}`, or in MDX a comment that holds it. */
const HEADING_ID = /\{(?::?\s*#([\w:.-]+)[^}]*|\/\*\s*#([\w:.-]+)\s*\*\/)\}\s*$/;
const TAG_ID = /<[a-z][^<>]*?\s(?:name|id)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))/gi;

/** All anchors, in the document's order. */
export function anchorsOf(root: Root): readonly Anchor[] {
  const slugger = new GithubSlugger();
  const seen = new Map<string, number>();
  const anchors: Anchor[] = [];
  const blocks = root.children;
  blocks.forEach((block, index) => {
    const next = blocks[index + 1];
    const owner = block.type !== 'heading' && next?.type === 'heading' && onlyMarks(block) ? next : undefined;
    walk(block, owner, (node, heading) => {
      if (node.type === 'heading') anchors.push(...headingAnchors(node, slugger, seen));
      else if (node.type === 'html') anchors.push(...writtenAnchors(node.value, heading ?? node));
    });
  });
  return anchors;
}

/** A heading's text without an id written behind it, and without markup. */
export function headingTitle(heading: Heading): string {
  return rawTitle(heading).replace(HEADING_ID, '').trim();
}

function rawTitle(heading: Heading): string {
  return plainText(heading, { includeHtml: false, includeImageAlt: false });
}

function headingAnchors(heading: Heading, slugger: GithubSlugger, seen: Map<string, number>): readonly Anchor[] {
  const raw = rawTitle(heading);
  const title = headingTitle(heading);
  const line = heading.position?.start.line ?? 1;
  const written = HEADING_ID.exec(raw);
  const id = written?.[1] ?? written?.[2];
  const slug = slugger.slug(raw.trim());
  const aliases = [...new Set(otherSlugs(title).flatMap((it) => numbered(it, seen)))].filter(
    (it) => it !== slug && it !== '',
  );
  const made: Anchor = { slug, line, title, ...(aliases.length > 0 && { aliases }) };
  return id === undefined ? [made] : [{ slug: id, line, title }, made];
}

function writtenAnchors(html: string, owner: Heading | RootContent): readonly Anchor[] {
  const line = owner.position?.start.line ?? 1;
  const title = owner.type === 'heading' ? headingTitle(owner) : '';
  const visible = html.replace(/<!--[\s\S]*?(-->|$)/g, '');
  return [...visible.matchAll(TAG_ID)].map((match) => ({ slug: match[1] ?? match[2] ?? match[3] ?? '', line, title }));
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
function onlyMarks(block: RootContent): boolean {
  if (block.type === 'html') return block.value.replace(/<[^<>]*>/g, '').trim() === '';
  return (
    block.type === 'paragraph' &&
    block.children.every((child) => child.type === 'html' || (child.type === 'text' && child.value.trim() === ''))
  );
}

function walk(
  node: RootContent,
  heading: Heading | undefined,
  visit: (node: RootContent, heading: Heading | undefined) => void,
): void {
  visit(node, heading);
  if (!('children' in node)) return;
  const inside = node.type === 'heading' ? node : heading;
  for (const child of node.children) walk(child, inside, visit);
}
