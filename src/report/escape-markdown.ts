/** Markdown's one escaper: text from a repository that stays text, whatever reads the page. Does not wrap. */
import { table } from '../table.ts';
import { visible } from './escape-terminal.ts';

/** What means something anywhere in a line, in CommonMark and in what forges add to it. Underscores between letters mean nothing. */
const ANYWHERE = /[\\`*[\]<>|~&$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** What does so at the beginning of a line only. */
const AT_THE_START = /^(?:([-+#=])(?=[-+#=]*(?:\s|$))|(\d{1,9})([.)])(?=\s|$))/;

/** Characters whose backslash some readers keep. */
const ENTITIES: Readonly<Record<string, string>> = table({ '&': '&amp;', '<': '&lt;', '>': '&gt;' });

/** One line of plain text. */
export function plainMarkdown(text: string): string {
  // Blanks at the start mean nothing, or code; a sign behind them would still begin the line.
  return (
    visible(text)
      .trimStart()
      .replace(ANYWHERE, (mark) => ENTITIES[mark] ?? `\\${mark}`)
      .replace(AT_THE_START, (_, mark = '', number = '', dot = '') => `${number}\\${mark}${dot}`)
      // An image begins with this.
      .replace(/!(?=\\\[)/g, '\\!')
  );
}

/** Code within a line, between more backticks than it holds. */
export function codeMarkdown(text: string): string {
  const line = visible(text);
  const fence = fenceFor(line, 1);
  const pad = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A block of code, its fence longer than any in it. */
export function blockMarkdown(text: string, language: string): string {
  const lines = text.split('\n').map((line) => visible(line.trimEnd().replaceAll('\t', '  ')));
  const fence = fenceFor(lines.join('\n'), 3);
  return [fence + language.replace(/[^\w+-]/g, ''), ...lines, fence].join('\n');
}

/** A link where the address is one of the web and holds nothing that could end it; else its words and the target as code. */
export function linkMarkdown(text: string, target: string): string {
  const words = text === '' ? target : text;
  if (/^https?:\/\/[^\s<>"'`\\()[\]]+$/.test(target) && visible(target) === target)
    return `[${plainMarkdown(words)}](${target})`;
  return target === '' || target === text ? plainMarkdown(words) : `${plainMarkdown(words)} (${codeMarkdown(target)})`;
}

function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}
