/** AsciiDoc as Markdown, line for line: headings, blocks of code, lists, links. Tables and other blocks become prose; what is included is not fetched. */
import { around, FENCE, frontMatterLines, LONGEST_LINE, markdownLink, plainLine } from './page-lines.ts';
import type { PageText } from './page-text.ts';
import { isRunnable } from './runnable.ts';

/** Where the reader is. */
interface State {
  /** A block whose lines are not looked into: its last line, and whether it shows code. */
  verbatim: { readonly end: string; readonly shown: boolean } | undefined;
  /** Language that the line above gave for the next block. */
  language: string;
  /** Whether the first heading below the title was met, and whether the lines right below the title go on. */
  body: boolean;
  header: boolean;
  /** The next line only underlines a heading. */
  underline: boolean;
  trouble: string | undefined;
}

/** The page as Markdown with the same number of lines. */
export function asciidocAsMarkdown(text: string): PageText {
  const lines = text.split(/\r?\n/);
  const front = frontMatterLines(lines);
  const state: State = {
    verbatim: undefined,
    language: '',
    body: false,
    header: false,
    underline: false,
    trouble: undefined,
  };
  const written = lines.map((line, index) => (index < front ? line : lineOf(line, index, lines, state)));
  return { markdown: written.join('\n'), ...(state.trouble !== undefined && { trouble: state.trouble }) };
}

const VERBATIM = /^(?:-{4,}|\.{4,}|\+{4,}|\/{4,})$/;
/** Blocks whose lines are read, thematic breaks, tables' borders and the sign that continues a list. */
const CONTAINER = /^(?:={4,}|\*{4,}|_{4,}|--|'{3,}|-{3}|\*{3}|<{3}|\+|[|,:!]={3,})$/;

function lineOf(line: string, index: number, lines: readonly string[], state: State): string {
  const bare = line.trimEnd();
  if (state.verbatim) return withinVerbatim(line, bare, state);
  if (state.underline) {
    state.underline = false;
    return '';
  }
  if (bare === '') {
    state.header = false;
    return '';
  }
  if (line.length > LONGEST_LINE) return plainLine(line);
  const heading = headingOf(bare, index, lines, state);
  if (heading !== undefined) return heading;
  const opened = opening(bare, state);
  if (opened !== undefined) return opened;
  if (state.header || CONTAINER.test(bare)) return '';
  return directive(bare, state) ?? blockLine(line, bare, state);
}

function withinVerbatim(line: string, bare: string, state: State): string {
  const shown = state.verbatim?.shown ?? false;
  if (bare !== state.verbatim?.end) return shown ? line : '';
  state.verbatim = undefined;
  return shown ? FENCE : '';
}

/** Output is shown between dots, code between dashes or backticks. */
function opening(bare: string, state: State): string | undefined {
  const ticks = /^(`{3,})([\w+-]*)$/.exec(bare);
  if (!ticks && !VERBATIM.test(bare)) return undefined;
  const shown = !/^[+/]/.test(bare);
  state.verbatim = { end: ticks?.[1] ?? bare, shown };
  const language = state.language || (ticks?.[2] ?? '') || (bare.startsWith('.') ? 'output' : '');
  state.language = '';
  return shown ? FENCE + language : '';
}

const LEVELS = '=-~^+';

/** `== Words`, or words above a line of dashes that is as long. */
function headingOf(bare: string, index: number, lines: readonly string[], state: State): string | undefined {
  const [, marks, words] = /^(={1,6}|#{1,6})[ \t]+(\S.*)$/.exec(bare) ?? [];
  if (marks !== undefined && words !== undefined) return heading(marks.length, words.replace(/[ \t]=+$/, ''), state);
  const under = (lines[index + 1] ?? '').trimEnd();
  const above = (lines[index - 1] ?? '').trim();
  const level = LEVELS.indexOf(under[0] ?? ' ') + 1;
  const isUnderline = level > 0 && under.length > 1 && under === (under[0] ?? '').repeat(under.length);
  if (!isUnderline || Math.abs(under.length - bare.length) > 1) return undefined;
  if (!/^[\p{L}\p{N}]/u.test(bare) || !(above === '' || above.startsWith('['))) return undefined;
  state.underline = true;
  return heading(level, bare, state);
}

function heading(level: number, words: string, state: State): string {
  state.header = level === 1 && !state.body;
  if (level > 1) state.body = true;
  const id = words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ .-]/gu, '')
    .replace(/[ .-]+/g, '_')
    .replace(/_{2,}|_$/g, (found) => (found.length > 1 ? '_' : ''));
  return `${'#'.repeat(level)} ${inline(words)}${/^\w+$/.test(id) ? ` {#_${id}}` : ''}`;
}

/** Lines that are for the processor and not for the reader. */
function directive(bare: string, state: State): string | undefined {
  if (/^\/\/(?!\/)/.test(bare) || /^:!?[\w-]+!?:(?:\s|$)/.test(bare)) return '';
  const [, name, target = ''] = /^(include|ifn?def|ifeval|endif)::(\S*?)\[.*\]$/.exec(bare) ?? [];
  if (name !== undefined) {
    // At the top stand settings of the page, below it its words.
    const what =
      name === 'include' ? `it includes ${target}, which is not read` : 'parts of it appear only under a condition';
    if (state.body && name !== 'endif') state.trouble ??= what;
    return '';
  }
  const [, id] =
    /^\[(?:\[([\w:.-]+)(?:,[^\]]*)?\]|#([\w:.-]+)[^\]]*)\]$/.exec(bare)?.filter((it) => it !== undefined) ?? [];
  if (id !== undefined) return `<a id="${id}"></a>`;
  const [, attributes] = /^\[([^\]]*)\]$/.exec(bare) ?? [];
  if (attributes === undefined) return undefined;
  const [style = '', language = ''] = attributes.split(',').map((it) => it.trim().replace(/[%.#].*$/, ''));
  state.language = (/^(?:source|listing|)$/.test(style) ? language : style).replace(/[^\w+-]/g, '');
  return '';
}

/** Lists, a block's title, a term and its text, a row of a table, and prose. */
function blockLine(line: string, bare: string, state: State): string {
  state.language = '';
  const [, stars, item] = /^[ \t]*(\*{1,5}|-)[ \t]+(\S.*)$/.exec(bare) ?? [];
  if (stars !== undefined && item !== undefined) return `${'  '.repeat(stars.length - 1)}- ${inline(item)}`;
  const [, dots, step] = /^[ \t]*(\.{1,5})[ \t]+(\S.*)$/.exec(bare) ?? [];
  if (dots !== undefined && step !== undefined) return `${'   '.repeat(dots.length - 1)}1. ${inline(step)}`;
  const [, title] = /^\.([^\s.].*)$/.exec(bare) ?? [];
  if (title !== undefined) return plainLine(inline(title));
  const [, bold] = /^\*([^*\s][^*]*)\*$/.exec(bare) ?? [];
  if (bold !== undefined) return `**${bold}**`;
  const [, term, , text = ''] = /^[ \t]*(\S.{0,200}?)(:{2,4}|;;)(?:[ \t]+(.*))?$/.exec(bare) ?? [];
  if (term !== undefined) return plainLine(`${inline(term)}: ${inline(text)}`);
  if (/^(?:[\d.+*a-z]{0,8})?\|/.test(bare)) return plainLine(inline(bare.replace(/[\d.+*<^>a-z]{0,8}\|/g, ' ')));
  // An indented line is shown as it stands.
  const shown = /^[ \t]/.test(line) && isRunnable(bare) && !bare.includes('`');
  return shown ? `\`${bare.trim()}\`` : plainLine(inline(bare));
}

function inline(text: string): string {
  return around(text, /`[^`]+`/g, links, (code) => code.replace(/^`\+(.+)\+`$/, '`$1`'));
}

const LINK = /\b(?:link|xref):([^\s[\]]{1,400})\[([^\]]{0,300})\]|\b(https?:\/\/[^\s[\]<>]{1,400})\[([^\]]{0,300})\]/g;
const CROSS = /<<([^<>,]{1,300})(?:,([^<>]{0,300}))?>>/g;
const IMAGE = /\bimage::?([^\s[\]]{1,400})\[([^\]]{0,300})\]/g;

function links(text: string): string {
  return text
    .replace(IMAGE, (_, path: string, alt: string) => `!${markdownLink(alt.split(',')[0] || 'image', path)}`)
    .replace(LINK, (_, path?: string, words?: string, url?: string, label?: string) =>
      markdownLink((words ?? label ?? '').replace(/(?:\^|,\s*(?:window|role|opts)=.*)$/, ''), path ?? url ?? ''),
    )
    .replace(CROSS, (_, target: string, words = '') =>
      markdownLink(words || target, /#|\.adoc$/.test(target) ? target : `#${target.trim()}`),
    );
}
