/** One advisory as a row of JSON in an `.adv` file, and back. Reading trusts nothing and never throws. */
import type { Advisory, AdvisoryFlag, AdvisorySeverity } from '../advisory.ts';
import { members, text, word } from '../fields.ts';
import { isInterval } from '../interval.ts';

/** What few advisories have: listed versions, uncertain ranges, ranges in a numbering of the project's own, flags, a title. */
interface Rest {
  v?: readonly string[];
  u?: readonly string[];
  c?: readonly string[];
  f?: readonly string[];
  t?: string;
}

/** Id, aliases, severity, where that is from, day published, affected ranges, and the rest where there is any. */
export type Row = readonly [string, string, number, string, string, readonly string[], Rest?];

const FLAGS: readonly AdvisoryFlag[] = ['malicious', 'unmaintained', 'unsound', 'notice', 'unreviewed'];
/** The builder took it from an instant; a thousand rows are not worth asking the calendar again. */
const DAY = /^(\d{4}-\d{2}-\d{2})?$/;
const MOST = 200_000;
const LONGEST = 2000;

/** The row of an advisory. Whether it is exploited is not in it: that is known of another list, and changes oftener. */
export function rowOf(advisory: Advisory): Row {
  const { id, aliases, severity, severityFrom, published = '', ranges, title, custom = [] } = advisory;
  const flags = advisory.flags.filter((flag) => FLAGS.includes(flag));
  const rest: Rest = {
    ...(advisory.versions.length > 0 ? { v: advisory.versions } : {}),
    ...(advisory.uncertain.length > 0 ? { u: advisory.uncertain } : {}),
    ...(custom.length > 0 ? { c: custom } : {}),
    ...(flags.length > 0 ? { f: flags } : {}),
    ...(title === undefined ? {} : { t: title }),
  };
  const row: Row = [id, aliases.join(' '), severity, severityFrom, published, ranges];
  return Object.keys(rest).length > 0 ? ([...row.slice(0, 6), rest] as unknown as Row) : row;
}

/** The advisory of a row; undefined where it is none. A look-up reads thousands of them in a process that has just begun: hence no detours, and no spreading, which costs Node 20 more than all the rest. */
export function advisoryOfRow(row: unknown): Advisory | undefined {
  if (!Array.isArray(row)) return undefined;
  const id = word(row[0], 200);
  const [, aliases, severity, severityFrom, published] = row;
  const ranges = rangesIn(row[5]);
  if (id === undefined || typeof aliases !== 'string' || !isSeverity(severity)) return undefined;
  if (typeof severityFrom !== 'string' || typeof published !== 'string' || !DAY.test(published)) return undefined;
  if (ranges === undefined) return undefined;
  const advisory: Draft = {
    id,
    aliases: aliases === '' ? NONE : aliases.split(' '),
    severity,
    severityFrom,
    ranges,
    versions: NONE,
    uncertain: NONE,
    flags: NONE,
  };
  if (published !== '') advisory.published = published;
  return row[6] === undefined || takesRest(advisory, members(row[6])) ? advisory : undefined;
}

/** An advisory while it is read. */
type Draft = { -readonly [K in keyof Advisory]: Advisory[K] };

const NONE: readonly never[] = [];

/** Puts in what few rows have; false where that cannot be read. */
function takesRest(advisory: Draft, { v, u, c, f, t }: Readonly<Record<string, unknown>>): boolean {
  const versions = textsIn(v);
  const uncertain = rangesIn(u);
  const custom = textsIn(c);
  const flags = textsIn(f);
  if (versions === undefined || uncertain === undefined || custom === undefined || flags === undefined) return false;
  advisory.versions = versions;
  advisory.uncertain = uncertain;
  if (custom.length > 0) advisory.custom = custom;
  if (flags.length > 0) advisory.flags = FLAGS.filter((flag) => flags.includes(flag));
  const title = text(t, LONGEST);
  if (title !== undefined) advisory.title = title;
  return true;
}

function isSeverity(value: unknown): value is AdvisorySeverity {
  return value === 0 || value === 1 || value === 2 || value === 3 || value === 4;
}

function rangesIn(value: unknown): readonly string[] | undefined {
  const texts = textsIn(value);
  return texts?.every(isInterval) ? texts : undefined;
}

function textsIn(value: unknown): readonly string[] | undefined {
  if (value === undefined) return NONE;
  return Array.isArray(value) && value.length <= MOST && value.every(isText) ? value : undefined;
}

function isText(value: unknown): value is string {
  return text(value, LONGEST) !== undefined;
}
