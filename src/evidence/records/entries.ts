/** Reads what Markdown lists one by one, as rows of tables, as items of lists or below headings of their own, into fields by name. Pure and linear; judges nothing. */
import { isDate } from '../../dates.ts';

/** One thing that is listed. */
export interface Entry {
  readonly shape: 'row' | 'item' | 'section';
  /** The item's words, the row's first cells, or the heading. */
  readonly text: string;
  /** By name in lower case: columns of the table, or `name: value` within an item or below a heading. */
  readonly fields: Readonly<Record<string, string>>;
  /** For items with a box. */
  readonly checked?: boolean;
  readonly line: number;
  /** Headings above it, outermost first. */
  readonly under: readonly string[];
}

const MOST_LINES = 5000;
const MOST_ENTRIES = 1000;
const LONGEST_LINE = 2000;
const RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const ITEM = /^(\s*)(?:[-*+]|\d{1,4}[.)])\s+(?:\[([ xX])\]\s+)?(\S.*)$/;
const LABEL = /^\s*(?:[-*+]\s+)?[*_]{0,3}([A-Za-z][A-Za-z /-]{1,30}?)[*_]{0,3}\s*:[*_]{0,3}\s+(\S.*)$/;
const WITHIN =
  /(?:^|[\s(,;|–—-])(owner|due|by|state|status|since|added|raised|date|impact|cost|effort|interest|closed|done)\s{0,3}[:=]\s{0,3}([^,;|()]{1,120})/gi;

interface Draft {
  shape: Entry['shape'];
  text: string;
  readonly fields: Record<string, string>;
  checked?: boolean;
  readonly line: number;
  readonly under: readonly string[];
}

/** All entries of a text, in order. What stands in code or comments is none. */
export function entriesIn(text: string): readonly Entry[] {
  const lines = content(text);
  const drafts: Draft[] = [];
  const headings: { readonly level: number; readonly title: string }[] = [];
  let section: Draft | undefined;
  let item: Draft | undefined;
  let columns: readonly string[] | undefined;
  for (const [index, line] of lines.entries()) {
    if (drafts.length >= MOST_ENTRIES) break;
    const under = headings.map(({ title }) => title);
    const heading = /^ {0,3}(#{1,6})\s+(\S.*?)(?:\s+#+)?\s*$/.exec(line);
    if (heading) {
      const [, marks = '', title = ''] = heading;
      while ((headings.at(-1)?.level ?? 0) >= marks.length) headings.pop();
      section = { shape: 'section', text: title, fields: {}, line: index + 1, under: headings.map((it) => it.title) };
      headings.push({ level: marks.length, title });
      drafts.push(section);
      item = undefined;
      columns = undefined;
      continue;
    }
    if (line.includes('|') && RULE.test(lines[index + 1] ?? '') && !columns) {
      columns = cellsOf(line).map((it) => it.toLowerCase());
      item = undefined;
      continue;
    }
    if (columns && RULE.test(line)) continue;
    if (columns && line.includes('|')) {
      drafts.push(rowOf(cellsOf(line), columns, index + 1, under));
      continue;
    }
    columns = undefined;
    item = listed(line, index + 1, under, item, drafts);
    const label = /^\s{2}/.test(line) ? null : LABEL.exec(line);
    if (section && label) section.fields[(label[1] ?? '').trim().toLowerCase()] ??= (label[2] ?? '').trim();
  }
  return drafts.map((draft) =>
    draft.shape === 'item' ? { ...draft, fields: { ...fieldsIn(draft.text), ...draft.fields } } : draft,
  );
}

/** A new item, or the words that belong to the one above. */
function listed(
  line: string,
  at: number,
  under: readonly string[],
  open: Draft | undefined,
  drafts: Draft[],
): Draft | undefined {
  const [, indent = '', box, words = ''] = ITEM.exec(line) ?? [];
  if (words !== '' && (indent.length < 2 || !open)) {
    const item: Draft = {
      shape: 'item',
      text: words,
      fields: {},
      line: at,
      under,
      ...(box !== undefined && { checked: box !== ' ' }),
    };
    drafts.push(item);
    return item;
  }
  if (line.trim() === '' || !open) return line.trim() === '' ? open : undefined;
  if (!/^\s/.test(line) && words === '') return undefined;
  if (open.text.length < LONGEST_LINE) open.text += `; ${words === '' ? line.trim() : words}`;
  return open;
}

function rowOf(cells: readonly string[], columns: readonly string[], line: number, under: readonly string[]): Draft {
  const fields: Record<string, string> = {};
  for (const [index, name] of columns.entries())
    if (name !== '' && name !== '__proto__') fields[name] = cells[index] ?? '';
  return { shape: 'row', text: cells.slice(0, 3).join(' '), fields, line, under };
}

function cellsOf(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replace(/\\\|/g, '|'));
}

function fieldsIn(text: string): Readonly<Record<string, string>> {
  const found = [...text.slice(0, LONGEST_LINE).matchAll(WITHIN)].map(
    ([, name = '', value = '']) => [name.toLowerCase(), value.trim()] as const,
  );
  return Object.fromEntries(found.reverse());
}

/** Lines with code and comments blanked. */
function content(text: string): readonly string[] {
  let fence: string | undefined;
  let comment = false;
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n', MOST_LINES)
    .map((whole) => {
      const line = whole.slice(0, LONGEST_LINE);
      const mark = /^\s*(```|~~~)/.exec(line)?.[1];
      if (!comment && mark !== undefined && (fence === undefined || fence === mark)) {
        fence = fence === undefined ? mark : undefined;
        return '';
      }
      if (fence !== undefined) return '';
      if (!comment && line.trimStart().startsWith('<!--')) comment = true;
      const inside = comment;
      if (comment && line.includes('-->')) comment = false;
      return inside ? '' : line;
    });
}

/** The first day in a text, YYYY-MM-DD. */
export function dayIn(text: string | undefined): string | undefined {
  const found = /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/.exec(text ?? '')?.[0];
  return found !== undefined && isDate(found) ? found : undefined;
}

/** The value of the first field whose name matches. */
export function fieldOf({ fields }: Pick<Entry, 'fields'>, names: RegExp): string | undefined {
  const name = Object.keys(fields).find((it) => names.test(it) && fields[it] !== '');
  return name === undefined ? undefined : fields[name];
}
