/** reStructuredText as Markdown, line for line: headings, blocks of code, links. Tables and other directives become prose; what is included is not fetched. */
import { around, FENCE, frontMatterLines, LONGEST_LINE, markdownLink, plainLine } from './page-lines.ts';
import type { PageText } from './page-text.ts';

/** A page on its way. */
interface Page {
  readonly lines: readonly string[];
  readonly out: string[];
  /** Kinds of underlines in the order of their first use: the first is the highest level. */
  readonly levels: string[];
  /** Addresses by name. */
  readonly targets: ReadonlyMap<string, string>;
  trouble: string | undefined;
}

const RUN = /^([!-/:-@[-`{-~])\1+$/;

/** The page as Markdown; where code ends with the file one line is added. */
export function restructuredAsMarkdown(text: string): PageText {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd().replaceAll('\t', '        '));
  const page: Page = { lines, out: lines.map(() => ''), levels: [], targets: targetsIn(lines), trouble: undefined };
  const front = frontMatterLines(lines);
  for (let index = 0; index < front; index++) page.out[index] = lines[index] ?? '';
  for (let index = front; index < lines.length; ) index = Math.max(block(index, page), index + 1);
  return { markdown: page.out.join('\n'), ...(page.trouble !== undefined && { trouble: page.trouble }) };
}

function targetsIn(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap((line) => {
      const [, name, url] = /^ *\.\. _`?([^:`]{1,200})`?: (\S+)$/.exec(line) ?? [];
      return name !== undefined && url !== undefined ? [[name.toLowerCase(), url] as const] : [];
    }),
  );
}

/** Writes the block that begins on a line; gives back the line after it. */
function block(at: number, page: Page): number {
  const line = page.lines[at] ?? '';
  if (line === '') return at + 1;
  if (line.length > LONGEST_LINE) return written(at, plainLine(line), page);
  const title = titleAt(at, page);
  if (title !== undefined) return title;
  if (/^ *\.\.(?: |$)/.test(line)) return explicit(at, page);
  if (RUN.test(line.trim()) || /^ *[=+-]{2,}(?:[ +=-]+[=+-])+$/.test(line)) return at + 1;
  const literal = line.endsWith('::') && literalBelow(at, page);
  if (literal) {
    page.out[at] = prose(line.replace(/\s*::$/, line.trim() === '::' ? '' : ':'), page);
    return literal;
  }
  return written(at, prose(line, page), page);
}

function written(at: number, text: string, page: Page): number {
  page.out[at] = text;
  return at + 1;
}

/** Words above a line of one sign that is long enough, perhaps below another one. */
function titleAt(at: number, { lines, out, levels, targets }: Page): number | undefined {
  const [first = '', second = '', third = ''] = lines.slice(at, at + 3);
  const over = RUN.test(first) && second !== '' && !RUN.test(second) && third === first;
  const [words, under] = over ? [second.trim(), third] : [first, second];
  if (!over && (/^ |^\.\. /.test(first) || RUN.test(first))) return undefined;
  if (!RUN.test(under) || (under.length < words.length && under.length < 4)) return undefined;
  const kind = `${over ? 'over' : ''}${under[0]}`;
  if (!levels.includes(kind)) levels.push(kind);
  out[over ? at + 1 : at] = `${'#'.repeat(Math.min(levels.indexOf(kind) + 1, 6))} ${inline(words, targets)}`;
  return at + (over ? 3 : 2);
}

const CODE = /^(?:code|code-block|sourcecode|prompt|parsed-literal|console)$/;
const HIDDEN = /^(?:toctree|contents|raw|highlight|meta|index|sectnum|replace|tags|default-role|currentmodule)$/;

/** Directives, targets, footnotes and comments: all begin with two dots. */
function explicit(at: number, page: Page): number {
  const line = page.lines[at] ?? '';
  const [, name, argument = ''] = /^ *\.\. (?:\|[^|]{1,100}\| )?([\w:-]{1,50}?)::(?: (.*))?$/.exec(line) ?? [];
  const [, label, address = ''] = /^ *\.\. _`?([^:`]{1,200})`?:(?: (\S+))?$/.exec(line) ?? [];
  if (label !== undefined) return written(at, address === '' ? `<a id="${anchor(label)}"></a>` : '', page);
  const [, note] = /^ *\.\. \[[^\]]{1,100}\] (.*)$/.exec(line) ?? [];
  if (note !== undefined) return written(at, prose(note, page), page);
  if (name === undefined) return bodyEnd(at, page);
  return directive(name, argument, at, page);
}

function directive(name: string, argument: string, at: number, page: Page): number {
  const body = afterOptions(at, page);
  if (CODE.test(name))
    return fenced(at, body, bodyEnd(at, page), name === 'prompt' ? 'console' : argument.trim(), page) ?? body;
  if (HIDDEN.test(name)) return bodyEnd(at, page);
  if (name === 'include') page.trouble ??= `it includes ${argument}, which is not read`;
  if (name === 'only' || name === 'ifconfig') page.trouble ??= 'parts of it appear only under a condition';
  if (name === 'image' || name === 'figure') page.out[at] = `!${markdownLink('image', argument)}`;
  else page.out[at] = name === 'literalinclude' ? markdownLink(argument, argument) : prose(argument, page);
  return body;
}

/** The line after a directive's options, which stand right below it. */
function afterOptions(at: number, { lines }: Page): number {
  let next = at + 1;
  while (/^ +:[\w-]+:(?: |$)/.test(lines[next] ?? '')) next += 1;
  return next;
}

/** The line after all that is indented below a line. */
function bodyEnd(at: number, { lines }: Page): number {
  const indent = indentOf(lines[at] ?? '');
  let end = at + 1;
  for (let next = at + 1; next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (line === '') continue;
    if (indentOf(line) <= indent) break;
    end = next + 1;
  }
  return end;
}

/** A paragraph that ends in two colons shows what is indented below the blank line after it. */
function literalBelow(at: number, page: Page): number | undefined {
  return page.lines[at + 1] === '' ? fenced(at + 1, at + 2, bodyEnd(at, page), '', page) : undefined;
}

/** Puts lines between fences, the first of them on a line of its own above; undefined where there is nothing to show, or no blank line for the last. */
function fenced(open: number, from: number, end: number, language: string, { lines, out }: Page): number | undefined {
  const shown = lines.slice(from, end);
  if (shown.every((line) => line === '') || (lines[end] ?? '') !== '') return undefined;
  const indent = Math.min(...shown.filter((line) => line !== '').map(indentOf));
  out[open] = FENCE + language.replace(/[^\w+-]/g, '');
  shown.forEach((line, index) => {
    out[from + index] = line.slice(indent);
  });
  out[end] = FENCE;
  return end + 1;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function anchor(label: string): string {
  return label.replace(/[^\p{L}\p{N}_.:-]+/gu, '-');
}

/** Lists, fields, rows of tables and paragraphs, all without their indentation. */
function prose(line: string, { targets }: Page): string {
  const bare = line.trim();
  const [, item] = /^(?:#|\d{1,4}|[a-zA-Z])[.)] +(\S.*)$/.exec(bare) ?? [];
  if (item !== undefined) return `1. ${inline(item, targets)}`;
  const [, field, value = ''] = /^:([^:\s][^:]{0,100}):(?: (.*))?$/.exec(bare) ?? [];
  if (field !== undefined) return value === '' ? '' : plainLine(`${field}: ${inline(value, targets)}`);
  return plainLine(inline(/^\|(?: |$)/.test(bare) ? bare.replaceAll('|', ' ') : bare, targets));
}

function inline(text: string, targets: Page['targets']): string {
  return around(
    text,
    /``[^`]+``/g,
    (plain) => links(plain, targets),
    (code) => code.slice(1, -1),
  );
}

function links(text: string, targets: Page['targets']): string {
  return text
    .replace(
      /:doc:`(?:([^`<]{0,300}?) *<([^`<>]{1,300})>|([^`<>]{1,300}))`/g,
      (_, words?: string, path?: string, only?: string) => markdownLink(words ?? '', path ?? only ?? ''),
    )
    .replace(/:[\w:+.-]{1,50}:`([^`<]{1,300}?)(?: *<[^`<>]{0,300}>)?`/g, '$1')
    .replace(/`([^`<]{0,300}?) *<([^`<>]{1,400})>`__?/g, (_, words: string, url: string) =>
      markdownLink(words, targets.get(url.replace(/_$/, '').toLowerCase()) ?? url),
    )
    .replace(/`([^`]{1,300})`__?/g, (_, name: string) => named(name, name, targets))
    .replace(/`([^`]{1,300})`/g, '$1')
    .replace(/\b([\p{L}\p{N}-]{1,100})_(?![\p{L}\p{N}_])/gu, (found, name: string) => named(name, found, targets));
}

function named(name: string, otherwise: string, targets: Page['targets']): string {
  const url = targets.get(name.toLowerCase());
  return url === undefined ? otherwise : markdownLink(name, url);
}
