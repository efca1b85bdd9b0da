/** Markdown by a typed template: every value is escaped, unless a template made it. The one escaper of Markdown. */
import { visible } from './escape-terminal.ts';

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
  const shown = lines.map(visible);
  const longest = Math.max(2, ...shown.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return { source: [`${fence}text`, ...shown, fence].map((line) => `${indent}${line}\n`).join('') };
}

/** A link; the address is one that `placeAddress` made, which holds nothing that ends it. */
export function link(text: string, address: string): Markdown {
  return md`[${text}](${{ source: address }})`;
}

function sourceOf(value: Value): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return isMany(value) ? value.map(({ source }) => source).join('') : value.source;
}

function isMany(value: Markdown | readonly Markdown[]): value is readonly Markdown[] {
  return Array.isArray(value);
}

/** What means something anywhere in a line, and what does at its beginning only. Underscores between letters mean nothing. */
const ANYWHERE = /[\\`*[\]<>|~&$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const AT_THE_START = /^(\s*)(?:([-+#=])(?=[-+#=]*(?:\s|$))|(\d{1,9})([.)])(?=\s|$))/;

function escaped(text: string): string {
  return (
    visible(text)
      .replace(ANYWHERE, (mark) =>
        mark === '&' ? '&amp;' : mark === '<' ? '&lt;' : mark === '>' ? '&gt;' : `\\${mark}`,
      )
      .replace(AT_THE_START, (_, space: string, mark = '', number = '', dot = '') => `${space}${number}\\${mark}${dot}`)
      // An image begins with this.
      .replace(/!(?=\\\[)/g, '\\!')
  );
}
