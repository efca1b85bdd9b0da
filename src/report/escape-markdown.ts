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

/** What a forge may make a link, a mention or a sign of: accounts, issues, requests, commits, addresses, hosts, emoji. */
const REFERENCE =
  /@|#[\p{L}\p{N}_]|[!$%&~]\d|\bGH-\d|\/\/|\bwww\.|mailto:|\.[\p{L}]{2}|:[\w+-]+(?::|$)|(?<![\da-z])[\da-f]{7,40}(?![\da-z])/iu;

/** Signs around a word that do not belong to it. */
const AROUND = /^([([{"'“‘]*)(.*?)([)\]}"'”’.,;:!?]*)$/su;

/** Code as people write it in a sentence, or what is between words. */
const BETWEEN = /(`[^`|\s](?:[^`|\r\n]*[^`|\s])?`|[ \t\r\n|]+)/;

/** The same where a forge reads along, as in a comment: a word that it would link or notify somebody by becomes code, in which forges link nothing; what stands between backticks is code as it is. Holds no `|` within code, so that it may stand in a table. */
export function unlinkedMarkdown(text: string): string {
  let done = '';
  let plain = '';
  for (const word of text.split(BETWEEN)) {
    const [before, code, after] = codeIn(word);
    plain += before;
    if (code === '') continue;
    done += `${following(done, plain)}${codeMarkdown(code)}`;
    plain = after;
  }
  return `${done}${plain === '' ? '' : following(done, plain)}`;
}

function codeIn(word: string): readonly [before: string, code: string, after: string] {
  if (/^`.+`$/s.test(word)) return ['', word.slice(1, -1), ''];
  if (!REFERENCE.test(word)) return [word, '', ''];
  const [, before = '', code = '', after = ''] = AROUND.exec(word) ?? [];
  return [before, code, after];
}

/** Text behind code keeps the blank between; two pieces of code side by side would be read as one. */
function following(done: string, plain: string): string {
  const blank = done !== '' && (plain === '' || /^\s/.test(plain));
  return `${blank ? ' ' : ''}${plainMarkdown(plain)}`;
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
