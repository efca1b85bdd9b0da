/** Pages that people read, whatever they are written in, as Markdown with the same lines: one reader then serves all of them. Follows no include. */
import { asciidocAsMarkdown } from './asciidoc.ts';
import type { MarkdownDocument } from './markdown.ts';
import { restructuredAsMarkdown } from './restructured-text.ts';

/** Markdown whatever a static site calls it, AsciiDoc and reStructuredText. */
export const PAGE = /\.(?:md|mdx|markdown)(?:\.erb)?$|\.(?:adoc|asciidoc|rst)$/i;

/** A page's text as Markdown, line by line. */
export interface PageText {
  readonly markdown: string;
  /** What of the page is not in its file, or only under some condition, so that what it says as a whole is not known. */
  readonly trouble?: string;
}

/** The text of a page as Markdown; Markdown itself is left as it is. */
export function pageText(path: string, text: string): PageText {
  if (/\.(?:adoc|asciidoc)$/i.test(path)) return asciidocAsMarkdown(text);
  return /\.rst$/i.test(path) ? restructuredAsMarkdown(text) : { markdown: text };
}

/** A page, parsed. */
export function parsePage(path: string, text: string, parse: (markdown: string) => MarkdownDocument): MarkdownDocument {
  const { markdown, trouble } = pageText(path, text);
  return { ...parse(markdown), ...(trouble !== undefined && { trouble }) };
}
