/** On-call schedules as PagerDuty and Opsgenie answer, and how much of a time they cover. Pure; never throws. */
import { items, record, text } from './json.ts';

/** One person's turn, in milliseconds since 1970. */
export interface Shift {
  readonly from: number;
  readonly to: number;
  readonly who: string;
}

/** A schedule; shifts of nobody are left out. */
export interface Schedule {
  readonly name: string;
  readonly enabled: boolean;
  readonly shifts: readonly Shift[];
}

/** The answer to PagerDuty's `GET /schedules/{id}?since=…&until=…`. */
export function pagerDutySchedule(answer: unknown): Schedule | undefined {
  const schedule = record(record(answer).schedule);
  const entries = items(record(schedule.final_schedule).rendered_schedule_entries);
  return (
    entries && {
      name: text(schedule.name) ?? text(schedule.summary) ?? 'unnamed',
      enabled: true,
      shifts: entries.flatMap((it) => {
        const { start, end, user } = record(it);
        const { id, summary, name } = record(user);
        return shift(start, end, text(id) ?? text(summary) ?? text(name));
      }),
    }
  );
}

/** The answer to Opsgenie's `GET /v2/schedules/{id}/timeline`. */
export function opsgenieSchedule(answer: unknown): Schedule | undefined {
  const data = record(record(answer).data);
  const rotations = items(record(data.finalTimeline).rotations);
  const { name, enabled } = record(data._parent);
  return (
    rotations && {
      name: text(name) ?? 'unnamed',
      enabled: enabled !== false,
      shifts: rotations.flatMap((rotation) =>
        (items(record(rotation).periods) ?? []).flatMap((it) => {
          const { startDate, endDate, recipient } = record(it);
          const { id, name: called, username, type } = record(recipient);
          return shift(startDate, endDate, type === 'none' ? undefined : (text(id) ?? text(called) ?? text(username)));
        }),
      ),
    }
  );
}

function shift(start: unknown, end: unknown, who: string | undefined): readonly Shift[] {
  const [from, to] = [Date.parse(text(start) ?? ''), Date.parse(text(end) ?? '')];
  return who?.trim() && from < to ? [{ from, to, who }] : [];
}

/** How a time is covered. */
export interface Coverage {
  /** Times in which nobody is on call, in order. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  /** Milliseconds in which somebody is. */
  readonly covered: number;
  /** Different people. */
  readonly people: number;
}

/** What the shifts cover of the time from `from` to `to`. */
export function coverageOf(shifts: readonly Shift[], from: number, to: number): Coverage {
  const within = shifts.filter((it) => it.from < to && it.to > from).toSorted((a, b) => a.from - b.from);
  const gaps: { from: number; to: number }[] = [];
  let until = from;
  for (const it of within) {
    if (it.from > until) gaps.push({ from: until, to: it.from });
    until = Math.max(until, Math.min(it.to, to));
  }
  if (until < to) gaps.push({ from: until, to });
  const open = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  return { gaps, covered: to - from - open, people: new Set(within.map(({ who }) => who)).size };
}
