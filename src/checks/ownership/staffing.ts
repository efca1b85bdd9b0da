/** Who is on call in the days to come, in words, and where nobody is. Pure. */
import type { Coverage, Schedule } from '../../live/schedules.ts';
import type { Problem } from '../../model.ts';
import { plain } from '../arithmetic.ts';
import { instant } from '../live-scope.ts';
import { counted } from '../words.ts';

const HOUR = 3_600_000;

/** `2 people are on call for 168 of the next 168 hours`. */
export function staffed({ covered, people }: Coverage, days: number): string {
  return `${counted(people, 'person is', 'people are')} on call for ${plain(covered / HOUR)} of the next ${days * 24} hours`;
}

/** What is wanted of a schedule. */
export interface Wanted {
  readonly now: number;
  /** Longest stretch without anybody, in milliseconds. */
  readonly allowed: number;
  readonly days: number;
}

/** Nobody at all, a schedule that is switched off, or the first stretch without anybody that is too long. */
export function problemsOf(
  who: string,
  { enabled }: Schedule,
  { gaps, people }: Coverage,
  { now, allowed, days }: Wanted,
): readonly Problem[] {
  const subject = 'schedule';
  if (!enabled) return [{ message: `${who} is switched off`, fix: 'Switch it on.', subject }];
  if (people === 0)
    return [
      { message: `${who} has nobody on it for the next ${counted(days, 'day')}`, fix: 'Put people on it.', subject },
    ];
  const long = gaps.filter(({ from, to }) => to - from > allowed);
  const [first] = long;
  if (!first) return [];
  const from = first.from === now ? 'now' : `from ${at(first.from)}`;
  const more = long.length > 1 ? `, and in ${counted(long.length - 1, 'further stretch', 'further stretches')}` : '';
  const message = `${who} has nobody on call ${from} until ${at(first.to)}${more}`;
  return [
    { message, fix: 'Close the gap in the rotation, or say in `oncall.hours` which hours are covered.', subject },
  ];
}

function at(ms: number): string {
  return instant(new Date(ms).toISOString());
}
