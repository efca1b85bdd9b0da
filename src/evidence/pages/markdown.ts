/** Parses one Markdown text into sections, links and anchors, each with its line. Judges nothing, follows nothing, never throws. */
import { type Anchor, anchorsOf } from './markdown-anchors.ts';
import { blocksOf } from './markdown-blocks.ts';
import { splitFrontMatter } from './markdown-front-matter.ts';
import { sectionsOf } from './markdown-sections.ts';

/** A link as it is written; reference links carry their definition's target. */
export interface MarkdownLink {
  readonly target: string;
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A heading and what stands below it up to the next heading, whatever that one's level. */
export interface MarkdownSection {
  /** Text of the heading; empty for what stands before the first one. */
  readonly title: string;
  /** 1 to 6 for headings, one below the enclosing heading for a line that is only bold, 0 before the first heading. */
  readonly level: number;
  readonly line: number;
  /** Words of its own prose: no code blocks, no addresses, no comments. */
  readonly words: number;
  /** `empty`: neither content nor subsections. `stub`: all it has is a mark such as TODO. */
  readonly state: 'filled' | 'empty' | 'stub';
  /** First mark such as TODO that stands alone; also set where other content makes the section `filled`. */
  readonly stubLine?: number;
  /** Code blocks and inline code that someone could run or query with. */
  readonly commands: number;
  readonly links: readonly MarkdownLink[];
  /** Its own text, code included, as plain lines: for looking up names. */
  readonly text: string;
}

/** One document. */
export interface MarkdownDocument {
  /** From the front matter, else the first heading of level 1, else the first heading. */
  readonly title?: string;
  /** Scalars are strings, dates are YYYY-MM-DD. */
  readonly frontMatter: Readonly<Record<string, unknown>>;
  readonly sections: readonly MarkdownSection[];
  readonly anchors: readonly Anchor[];
  readonly links: readonly MarkdownLink[];
  readonly words: number;
  readonly lines: number;
  /** Why nothing could be read from it; absent when it was read. */
  readonly trouble?: string;
}

/** Parses a text; the caller limits its size. */
export function parseMarkdown(text: string): MarkdownDocument {
  const written = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '\uFFFD');
  const lines = written.split('\n').length;
  try {
    return documentOf(written, lines) ?? unreadable(lines, 'quotes or lists are nested too deeply');
  } catch (error) {
    return unreadable(lines, error instanceof Error ? error.message : String(error));
  }
}

function documentOf(text: string, lines: number): MarkdownDocument | undefined {
  const { keys: frontMatter, rest } = splitFrontMatter(text);
  const blocks = blocksOf(rest);
  if (!blocks) return undefined;
  const sections = sectionsOf(blocks);
  const title = titleOf(frontMatter, sections);
  return {
    ...(title !== undefined && { title }),
    frontMatter,
    sections,
    anchors: anchorsOf(blocks),
    links: sections.flatMap((section) => section.links),
    words: sections.reduce((sum, section) => sum + section.words, 0),
    lines,
  };
}

function titleOf(
  frontMatter: Readonly<Record<string, unknown>>,
  sections: readonly MarkdownSection[],
): string | undefined {
  const given = frontMatter.title;
  if (typeof given === 'string' && given.trim() !== '') return given.trim();
  const headings = sections.filter((section) => section.title !== '');
  return (headings.find((section) => section.level === 1) ?? headings[0])?.title;
}

function unreadable(lines: number, trouble: string): MarkdownDocument {
  return { frontMatter: {}, sections: [], anchors: [], links: [], words: 0, lines, trouble };
}
