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
const SEVERITIES: readonly AdvisorySeverity[] = [0, 1, 2, 3, 4];
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

/** The advisory of a row; undefined where it is none. A look-up reads thousands of them in a process that has just begun: hence no detours. */
export function advisoryOfRow(row: unknown): Advisory | undefined {
  if (!Array.isArray(row)) return undefined;
  const id = word(row[0], 200);
  const aliases = row[1];
  const severity = SEVERITIES.find((it) => it === row[2]);
  const severityFrom = row[3];
  const published = row[4];
  const ranges = rangesIn(row[5]);
  const rest = row[6] === undefined ? NO_REST : restIn(members(row[6]));
  if (id === undefined || typeof aliases !== 'string' || severity === undefined) return undefined;
  if (typeof severityFrom !== 'string' || typeof published !== 'string' || !DAY.test(published)) return undefined;
  if (ranges === undefined || rest === undefined) return undefined;
  return {
    id,
    aliases: aliases === '' ? NONE : aliases.split(' '),
    severity,
    severityFrom,
    ...(published === '' ? {} : { published }),
    ranges,
    ...rest,
  };
}

type OfRest = Pick<Advisory, 'versions' | 'uncertain' | 'custom' | 'flags' | 'title'>;

const NONE: readonly never[] = [];
const NO_REST: OfRest = { versions: NONE, uncertain: NONE, flags: NONE };

function restIn({ v, u, c, f, t }: Readonly<Record<string, unknown>>): OfRest | undefined {
  const versions = textsIn(v);
  const uncertain = rangesIn(u);
  const custom = textsIn(c);
  const flags = textsIn(f);
  if (versions === undefined || uncertain === undefined || custom === undefined || flags === undefined)
    return undefined;
  const title = text(t, LONGEST);
  return {
    versions,
    uncertain,
    ...(custom.length > 0 ? { custom } : {}),
    flags: flags.length === 0 ? NONE : FLAGS.filter((flag) => flags.includes(flag)),
    ...(title === undefined ? {} : { title }),
  };
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
