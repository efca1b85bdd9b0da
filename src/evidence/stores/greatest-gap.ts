/** How far apart the runs of a schedule lie at most: arithmetic over its calendar, of cron expressions in their dialects and of plain intervals. Knows no clock. */
import { Cron } from 'croner';
import { humanDuration, milliseconds } from '../../dates.ts';
import { table } from '../../table.ts';

/** How a cron expression's fields are to be read. `seconds-first`: six fields, as CloudNativePG has them. `aws`: six fields with a year, Sunday is 1. */
export type Dialect = 'unix' | 'seconds-first' | 'aws';

/** The greatest gap of a schedule. */
export interface Gap {
  readonly milliseconds: number;
  /** The arithmetic in words, e.g. `0 3 * * * runs at most 24h apart`. */
  readonly said: string;
}

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
/** Longest expression that is read. */
const LONGEST = 120;
/** Days that are looked at: with two leap years in them, the greatest gap of any day of the year shows. */
const FIRST_DAY = Date.UTC(2024, 0, 1);
const DAYS = 9 * 366;

const NAMED: Readonly<Record<string, string>> = table({
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
});

/** The greatest gap between two runs; undefined for what is no schedule, never runs, or means different things to different programs. */
export function greatestGap(written: string, dialect: Dialect = 'unix', zone?: string): Gap | undefined {
  const text = written.trim();
  if (text.length > LONGEST) return undefined;
  const plain = plainInterval(text);
  if (plain !== undefined) return { milliseconds: plain, said: `every ${humanDuration(plain)}` };
  const [, ownZone, rest = text] = /^(?:CRON_)?TZ=(\S+)\s+(.+)$/.exec(text) ?? [];
  const wrapped = /^cron\((.+)\)$/.exec(rest)?.[1];
  const fields = fieldsOf(wrapped ?? NAMED[rest.toLowerCase()] ?? rest, wrapped === undefined ? dialect : 'aws');
  const minutes = fields && minutesApart(fields);
  if (minutes === undefined) return undefined;
  const place = ownZone ?? zone;
  const shifts = place !== undefined && !/^(?:etc\/)?(?:utc|gmt|z|universal)$/i.test(place);
  const gap = (minutes + (shifts ? 60 : 0)) * MINUTE;
  const clocks = shifts ? `, with the hour by which ${place} may set its clocks back` : '';
  return { milliseconds: gap, said: `\`${text}\` runs at most ${humanDuration(gap)} apart${clocks}` };
}

/** `6h`, `@every 6h`, `every 6h`, `rate(6 hours)`. */
function plainInterval(text: string): number | undefined {
  const rate = /^rate\((\d{1,6}) (minute|hour|day)s?\)$/.exec(text);
  const value = rate
    ? milliseconds(`${rate[1]}${(rate[2] ?? '').charAt(0)}`)
    : (milliseconds(text.replace(/^@?every\s+/i, '')) ?? compound(text));
  return value !== undefined && value > 0 ? value : undefined;
}

/** `1h30m0s`, as Go writes it. */
function compound(text: string): number | undefined {
  const written = text.replace(/^@?every\s+/i, '');
  if (!/^(?:\d{1,6}[hms]){1,3}$/.test(written)) return undefined;
  return [...written.matchAll(/\d+[hms]/g)].reduce((sum, [part]) => sum + (milliseconds(part) ?? 0), 0);
}

interface Fields {
  readonly times: string;
  readonly days: string;
}

/** An expression as one for the times of a day and one for the days. */
function fieldsOf(expression: string, dialect: Dialect): Fields | undefined {
  const parts = expression.split(/\s+/);
  if (parts.length !== (dialect === 'unix' ? 5 : 6)) return undefined;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] =
    dialect === 'seconds-first' ? parts.slice(1) : parts;
  if (dialect === 'aws' && (parts[5] !== '*' || /[LW]/i.test(day) || /[L#]/i.test(weekday))) return undefined;
  const date = day === '?' ? '*' : day;
  const ofWeek = weekday === '?' ? '*' : dialect === 'aws' ? fromSundayOne(weekday) : weekday;
  // Whether both have to hold when one of them begins with a star is answered differently from cron to cron.
  if (date !== '*' && ofWeek !== '*' && (date.startsWith('*') || ofWeek.startsWith('*'))) return undefined;
  return { times: `${minute} ${hour} * * *`, days: `0 0 ${date} ${month} ${ofWeek}` };
}

function fromSundayOne(weekday: string): string {
  return weekday.replace(/\d+/g, (digit, at: number) =>
    weekday.charAt(at - 1) === '/' ? digit : String(Number(digit) - 1),
  );
}

function minutesApart({ times, days }: Fields): number | undefined {
  const [clock, calendar] = [cronOf(times), cronOf(days)];
  if (!clock || !calendar) return undefined;
  const minutes = matching(clock, DAY_MINUTES, MINUTE);
  const dates = matching(calendar, DAYS, DAY_MINUTES * MINUTE);
  const [first, last] = [minutes[0], minutes.at(-1)];
  if (first === undefined || last === undefined || dates.length < 2) return undefined;
  return Math.max(widest(minutes), widest(dates) * DAY_MINUTES - last + first);
}

function cronOf(expression: string): Cron | undefined {
  try {
    return new Cron(expression, { timezone: 'UTC', mode: '5-part' });
  } catch {
    return undefined;
  }
}

/** Numbers of the steps from the first day on at which it runs. */
function matching(cron: Cron, count: number, step: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index).filter((index) =>
    cron.match(new Date(FIRST_DAY + index * step)),
  );
}

function widest(ascending: readonly number[]): number {
  return ascending.slice(1).reduce((most, it, index) => Math.max(most, it - (ascending[index] ?? it)), 0);
}
