/** Markdown by a typed template: every value is escaped, unless a template made it. */
import { blockMarkdown, codeMarkdown, plainMarkdown, unlinkedMarkdown } from './escape-markdown.ts';
import { shortened } from './escape-terminal.ts';

/** Markdown that a template made. */
export interface Markdown {
  readonly source: string;
}

/** What may stand in a template; nothing is written for what is absent. */
type Value = string | number | Markdown | readonly Markdown[] | undefined | false;

/** Longest value in a comment, in UTF-16 units: comments are short, and what a repository says must not fill one. */
const LONGEST_REMARK = 400;

/** A page: Markdown with escaped values, each on the line where it stands. */
export function md(texts: TemplateStringsArray, ...values: readonly Value[]): Markdown {
  return filled(texts, values, plainMarkdown);
}

/** A comment on a forge: no value becomes a link or a mention, and none is long. */
export function remark(texts: TemplateStringsArray, ...values: readonly Value[]): Markdown {
  return filled(texts, values, (text) => unlinkedMarkdown(shortened(text, LONGEST_REMARK)));
}

/** Code within the line of a comment. */
export function code(text: string): Markdown {
  return { source: text === '' ? '' : codeMarkdown(shortened(text, LONGEST_REMARK)) };
}

/** Several with something between. */
export function joined(parts: readonly Markdown[], between: string): Markdown {
  return { source: parts.map(({ source }) => source).join(between) };
}

/** A block of text as it is, whatever fences are in it; `indent` puts it below an item of a list. */
export function fenced(lines: readonly string[], indent: string): Markdown {
  return { source: `${blockMarkdown(lines.join('\n'), 'text').replace(/^/gm, indent)}\n` };
}

/** A link; the address is one that `placeAddress` made, which holds nothing that ends it. */
export function link(text: string, address: string): Markdown {
  return md`[${text}](${{ source: address }})`;
}

function filled(texts: TemplateStringsArray, values: readonly Value[], written: (text: string) => string): Markdown {
  return { source: texts.map((text, index) => `${text}${sourceOf(values[index], written)}`).join('') };
}

function sourceOf(value: Value, written: (text: string) => string): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return written(String(value));
  return isMany(value) ? value.map(({ source }) => source).join('') : value.source;
}

function isMany(value: Markdown | readonly Markdown[]): value is readonly Markdown[] {
  return Array.isArray(value);
}
