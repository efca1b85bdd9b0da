/** The log of technical debt: what is owed, whose it is, what it costs, since when. Judges none of it. */
import type { Delegated, Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { type Notes, tablesFor } from './ops-stats/files.ts';
import { plainName, type Table } from './ops-stats/table.ts';
import { PAGE } from './pages/page-text.ts';
import { dayIn, type Entry, entriesIn, fieldOf } from './records/entries.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { documentAt } from './references/source-links.ts';
import { placeIn } from './sources.ts';

/** One debt. */
export interface DebtItem {
  readonly title: string;
  readonly owner?: string;
  /** What it costs to live with it, or to pay it back, as written. */
  readonly cost?: string;
  /** Day it was written down, YYYY-MM-DD. */
  readonly since?: string;
  readonly closed: boolean;
  /** Day it was paid back, where that is said. */
  readonly until?: string;
  readonly at: Place;
}

/** One log. */
export interface DebtLog {
  readonly at: Place;
  /** Who keeps it, where its head says so. */
  readonly owner?: string;
  /** The day it was last gone through, by its own words. */
  readonly reviewed?: string;
}

/** Facts of this kind. */
export interface Facts {
  readonly logs: readonly DebtLog[];
  readonly items: readonly DebtItem[];
}

const NAMED = /(?:^|\/)(?:tech(?:nical)?[-_]?)?debt(?:[-_](?:log|register))?\.(?:md|csv|ya?ml|json)$/i;

export const collector = defineCollector<Facts>({
  summary:
    'the log of technical debt (`operations.tech_debt`, docs/debt.md, TECH_DEBT.md and kin): rows of its tables, items of its lists or its headings, with owner, cost or impact, day and state; also CSV, YAML and JSON',
  parses: ['yaml', 'markdown'],
  async collect(sources) {
    const notes: Notes = { unread: [], delegated: [] };
    const reference = sources.manifest.claims.operations?.tech_debt?.log;
    const pages = pagesFor(reference, sources, notes).flatMap((file) => pageIn(file, sources, notes.unread));
    const tables = await tablesFor({ reference, named: NAMED, keys: ['items', 'debts', 'debt'] }, sources, notes);
    const facts: Facts = {
      logs: [...pages.map(({ log }) => log), ...tables.map(({ file }) => ({ at: placeIn(file) }))],
      items: [
        ...pages.flatMap(({ items }) => items),
        ...tables.flatMap(({ file, table }) => rowsOf(table).flatMap((entry) => itemOf(entry, file))),
      ],
    };
    return { facts, looked: { files: facts.logs.length, note: `${facts.items.length} debts` }, ...notes };
  },
});

function pagesFor(
  reference: string | undefined,
  sources: Sources,
  { unread }: { unread: Unread[]; delegated: Delegated[] },
): readonly SourceFile[] {
  const files =
    reference === undefined
      ? sources.files.filter((file) => file.class === 'source' && NAMED.test(file.path))
      : resolveReference(reference, sources, unread).files;
  return files.filter(({ path }) => PAGE.test(path)).slice(0, 20);
}

const CLOSED =
  /^(?:done|closed|paid(?: back| off)?|resolved|fixed|completed?|repaid|won'?t ?(?:do|fix)|dropped|x|✅)(?:\W|$)/i;
const CLOSED_PART = /\b(?:paid (?:back|off)|repaid|closed|done|resolved|completed|history)\b/i;
/** The log's own head and its instructions list no debt. */
const NO_ITEM =
  /^(?:how (?:to|we|this)\b.*|rules?|legend|purpose|about(?: this (?:log|page|document|file))?|template)$/i;

function pageIn(
  file: SourceFile,
  sources: Sources,
  unread: Unread[],
): readonly { readonly log: DebtLog; readonly items: readonly DebtItem[] }[] {
  const document = documentAt(file, sources, unread);
  const text = sources.text(file, []);
  if (!document || text === undefined) return [];
  const entries = entriesIn(text).filter(({ under }) => !under.some((title) => NO_ITEM.test(title)));
  const head = entries.find(({ shape }) => shape === 'section');
  const front = Object.fromEntries(
    Object.entries(document.frontMatter).filter(([, value]) => typeof value === 'string'),
  ) as Readonly<Record<string, string>>;
  const about = { fields: { ...head?.fields, ...front } };
  const owner = fieldOf(about, OWNER);
  const reviewed = dayIn(fieldOf(about, /^(?:last[ _-])?review(?:ed)?(?:[ _-](?:on|date))?$/));
  return [
    {
      log: { at: placeIn(file), ...(owner && { owner: owner.slice(0, 80) }), ...(reviewed && { reviewed }) },
      items: shaped(entries).flatMap((entry) => itemOf(entry, file)),
    },
  ];
}

/** Tables count where there are any; else headings with labels of their own below them; else items of lists. */
function shaped(entries: readonly Entry[]): readonly Entry[] {
  const rows = entries.filter(({ shape }) => shape === 'row');
  if (rows.length > 0) return rows;
  const sections = entries.filter(
    ({ shape, under, fields }) =>
      shape === 'section' &&
      under.length > 0 &&
      (fieldOf({ fields }, OWNER) ?? fieldOf({ fields }, COST) ?? fieldOf({ fields }, SINCE)) !== undefined,
  );
  return sections.length > 0 ? sections : entries.filter(({ shape }) => shape === 'item');
}

const OWNER = /^(?:owner|owned by|who|team|assignee|responsible|kept by|maintainer)$/;
const COST = /^(?:cost|impact|effort|interest|consequence|pain|risk|price|cost\W{0,3}impact|impact\W{0,3}cost)$/;
const SINCE = /^(?:since|added|raised|date|opened|created|found|logged|on)$/;
const STATE = /^(?:state|status|done)$/;
const UNTIL = /^(?:closed|paid|paid back|resolved|completed|done on)$/;

function itemOf(entry: Entry, file: SourceFile): readonly DebtItem[] {
  const title = (fieldOf(entry, /^(?:title|debt|item|what|description|name|summary)$/) ?? entry.text)
    .replace(/^[~*_`\s]+|[~*_`\s]+$/g, '')
    .slice(0, 120);
  if (title === '' || /^(?:none|nothing|n\/?a|tbd|todo|-)\.?$/i.test(title)) return [];
  const owner = fieldOf(entry, OWNER) ?? /(?:^|[\s(])(@[\w/-]{2,60})/.exec(entry.text)?.[1];
  const [cost, since, until] = [fieldOf(entry, COST), dayIn(fieldOf(entry, SINCE)), dayIn(fieldOf(entry, UNTIL))];
  const state = (fieldOf(entry, STATE) ?? '').replace(/^[*_`\s]+/, '');
  const closed =
    entry.checked === true ||
    until !== undefined ||
    CLOSED.test(state) ||
    /^~~.+~~$/.test(entry.text.trim()) ||
    entry.under.some((it) => CLOSED_PART.test(it));
  return [
    {
      title,
      ...(owner && { owner: owner.slice(0, 80) }),
      ...(cost && { cost: cost.slice(0, 200) }),
      ...(since && { since }),
      closed,
      ...(until && { until }),
      at: placeIn(file, entry.line),
    },
  ];
}

function rowsOf({ columns, rows }: Table): readonly Entry[] {
  return rows.map(({ cells, line }) => ({
    shape: 'row',
    text: cells.slice(0, 2).join(' '),
    fields: Object.fromEntries(columns.map((name, index) => [plainName(name), cells[index] ?? ''])),
    line,
    under: [],
  }));
}
