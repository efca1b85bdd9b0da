/** Markdown's one escaper: text from a repository that stays text, whatever reads the page. Does not wrap. */
import { visible } from './escape-terminal.ts';

/** Whatever begins or ends markup somewhere, in CommonMark and in what forges add to it. */
const MARKS = /[\\`*_{}[\]<>()#+\-.!|~&$:@^=]/g;

/** Signs that mean something only at the start of a line, or next to what stays escaped. */
const HARMLESS_WITHIN = /(?<=[\p{L}\p{N}/ ,])\\([-.:()=+])(?=[\p{L}\p{N}/ ,]|$)/gu;

/** One line of plain text. */
export function plainMarkdown(text: string): string {
  // Blanks at the start mean nothing, or code; a sign behind them would still begin the line.
  const escaped = visible(text).trimStart().replace(MARKS, '\\$&').replace(HARMLESS_WITHIN, '$1');
  return escaped.replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Code within a line, between more backticks than it holds. */
export function codeMarkdown(text: string): string {
  const line = visible(text);
  const fence = fenceFor(line, 1);
  const pad = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A sentence of ours or of a checklist, in which a word between backticks is code. */
export function proseMarkdown(text: string): string {
  return text
    .split(/`([^`\n]+)`/)
    .map((part, index) => (index % 2 === 1 ? codeMarkdown(part) : betweenCode(part, index === 0)))
    .join('');
}

/** Blanks at the start mean something where code is before them. */
function betweenCode(part: string, isFirst: boolean): string {
  return `${!isFirst && /^\s/.test(part) ? ' ' : ''}${plainMarkdown(part)}`;
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
