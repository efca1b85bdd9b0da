/** One advisory as a row of JSON in an `.adv` file, and back. Reading trusts nothing and never throws. */
import { isDate } from '../../dates.ts';
import type { Advisory, AdvisoryFlag, AdvisorySeverity } from '../advisory.ts';
import { items, members, text, word } from '../fields.ts';
import { intervalOf } from '../interval.ts';

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

/** The advisory of a row; undefined where it is none. */
export function advisoryOfRow(row: unknown): Advisory | undefined {
  const [id, aliases, level, from, published, ranges, rest] = items(row, 20) ?? [];
  const { v, u, c, f, t } = members(rest);
  const severity = SEVERITIES.find((it) => it === level);
  const texts = {
    ranges: textsIn(ranges),
    versions: textsIn(v),
    uncertain: textsIn(u),
    custom: textsIn(c),
    flags: textsIn(f),
  };
  const known = word(id, 200);
  if (known === undefined || typeof aliases !== 'string' || severity === undefined || typeof from !== 'string')
    return undefined;
  if (typeof published !== 'string' || (published !== '' && !isDate(published))) return undefined;
  if (!texts.ranges || !texts.versions || !texts.uncertain || !texts.custom || !texts.flags) return undefined;
  if (![...texts.ranges, ...texts.uncertain].every((range) => intervalOf(range))) return undefined;
  const title = text(t, LONGEST);
  return {
    id: known,
    aliases: aliases === '' ? [] : aliases.split(' '),
    severity,
    severityFrom: from,
    ...(published === '' ? {} : { published }),
    ranges: texts.ranges,
    versions: texts.versions,
    uncertain: texts.uncertain,
    ...(texts.custom.length > 0 ? { custom: texts.custom } : {}),
    flags: FLAGS.filter((flag) => texts.flags?.includes(flag)),
    ...(title === undefined ? {} : { title }),
  };
}

function textsIn(value: unknown): readonly string[] | undefined {
  const all = items(value, MOST);
  const texts = all?.filter((item) => text(item, LONGEST) !== undefined);
  return texts?.length === all?.length ? (texts as readonly string[] | undefined) : undefined;
}
