/** Finds when a document says it was last reviewed: in its front matter or in its text. Pure; knows no clock. */
import { isDate } from '../../dates.ts';

/** When it was reviewed, as the document says. */
export interface Reviewed {
  /** YYYY-MM-DD. */
  readonly on: string;
  /** How long the review stays good, as written, e.g. `6 months`. */
  readonly reviewIn?: string;
  readonly by: 'front-matter' | 'text';
  /** Line that says it. */
  readonly line: number;
}

/** Keys in order of trust: a review is more than an update. */
const KEYS = [
  'last_reviewed_on',
  'last_reviewed',
  'last_review',
  'reviewed_on',
  'reviewed',
  'review_date',
  'last_updated',
  'last_update',
  'updated',
  'lastmod',
];
const TEXT =
  /\blast\s+(?:review(?:ed)?|verified|updated|tested)(?:\s+(?:date|on))?[\s:|*_–-]*(?:by\s+[\w. -]{1,40}?\s+on\s+)?((?:\d|[A-Za-z]{3,9}\.? \d)[\w/.,: -]{3,30})/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The review that a document states; `text` is the whole file. */
export function reviewOf(frontMatter: Readonly<Record<string, unknown>>, text: string): Reviewed | undefined {
  return fromFrontMatter(frontMatter, text) ?? fromText(text);
}

function fromFrontMatter(frontMatter: Readonly<Record<string, unknown>>, text: string): Reviewed | undefined {
  const given = new Map(
    Object.entries(frontMatter).map(([key, value]) => [key.toLowerCase().replace(/[- ]/g, '_'), { key, value }]),
  );
  for (const name of KEYS) {
    const entry = given.get(name);
    const on = typeof entry?.value === 'string' ? dateIn(entry.value) : undefined;
    if (!entry || on === undefined) continue;
    const reviewIn = given.get('review_in')?.value;
    return { on, by: 'front-matter', line: lineOf(text, entry.key), ...(typeof reviewIn === 'string' && { reviewIn }) };
  }
  return undefined;
}

function lineOf(text: string, key: string): number {
  const index = text.split('\n', 200).findIndex((line) => line.trimStart().startsWith(key));
  return index === -1 ? 1 : index + 1;
}

function fromText(text: string): Reviewed | undefined {
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const on = line.length > 500 ? undefined : dateIn(TEXT.exec(line)?.[1] ?? '');
    if (on !== undefined) return { on, by: 'text', line: index + 1 };
  }
  return undefined;
}

/** The day a text names, as YYYY-MM-DD. Where day and month cannot be told apart the earlier reading counts: a review is not made fresher than it is. */
export function dateIn(text: string): string | undefined {
  const plain = text.replace(/(\d)(?:st|nd|rd|th)\b/gi, '$1').trim();
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(plain);
  if (iso) return real(iso[1], iso[2], iso[3]);
  const numbers = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})/.exec(plain);
  if (numbers)
    return [real(numbers[3], numbers[2], numbers[1]), real(numbers[3], numbers[1], numbers[2])]
      .filter((it) => it !== undefined)
      .sort()[0];
  const named = /^(?:(\d{1,2})[ -])?([A-Za-z]{3,9})\.?[ -](?:(\d{1,2}),? )?(\d{4})/.exec(plain);
  return named ? real(named[4], monthOf(named[2]), named[1] ?? named[3] ?? '1') : undefined;
}

function monthOf(name = ''): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

function real(year = '', month = '', day = ''): string | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? date : undefined;
}
