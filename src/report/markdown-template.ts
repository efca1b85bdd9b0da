/** Markdown by a typed template: every value is escaped, unless a template made it. */
import { blockMarkdown, plainMarkdown } from './escape-markdown.ts';

/** Markdown that a template made. */
export interface Markdown {
  readonly source: string;
}

/** What may stand in a template; nothing is written for what is absent. */
type Value = string | number | Markdown | readonly Markdown[] | undefined | false;

/** Markdown with escaped values, each on the line where it stands. */
export function md(texts: TemplateStringsArray, ...values: readonly Value[]): Markdown {
  return { source: texts.map((text, index) => `${text}${sourceOf(values[index])}`).join('') };
}

/** A block of text as it is, whatever fences are in it; `indent` puts it below an item of a list. */
export function fenced(lines: readonly string[], indent: string): Markdown {
  return { source: `${blockMarkdown(lines.join('\n'), 'text').replace(/^/gm, indent)}\n` };
}

/** A link; the address is one that `placeAddress` made, which holds nothing that ends it. */
export function link(text: string, address: string): Markdown {
  return md`[${text}](${{ source: address }})`;
}

function sourceOf(value: Value): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return plainMarkdown(String(value));
  return isMany(value) ? value.map(({ source }) => source).join('') : value.source;
}

function isMany(value: Markdown | readonly Markdown[]): value is readonly Markdown[] {
  return Array.isArray(value);
}
