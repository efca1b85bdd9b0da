/** When a known vulnerability has to be gone: days by severity, counted from the day on which it could be known and fixed. */
import { addDays, days, daysBetween } from '../dates.ts';
import type { Match } from '../evidence/advisories/match.ts';

/** Severities that have a deadline. */
export type Timed = 'critical' | 'high' | 'medium';

/** Days by severity; an absent one has no deadline. */
export type Deadlines = Readonly<Partial<Record<Timed, number>>>;

/** Names of severities by their number. */
export const SEVERITIES = ['unknown', 'low', 'medium', 'high', 'critical'] as const;

/** The checklist's deadlines, or the manifest's where those are shorter; text that is no duration sets none. */
export function deadlinesFrom(
  params: Readonly<Record<string, string>>,
  claimed: Readonly<Partial<Record<Timed, string>>> = {},
): Deadlines {
  const entries = (['critical', 'high', 'medium'] as const).flatMap((severity) => {
    const candidates = [params[severity] ?? '', claimed[severity] ?? ''].flatMap((it) => days(it) ?? []);
    return candidates.length === 0 ? [] : [[severity, Math.min(...candidates)] as const];
  });
  return Object.fromEntries(entries);
}

/** Where one match stands against its deadline. */
export interface Standing {
  /** ISO day by which it has to be gone. */
  readonly due: string;
  /** Days past it; zero or less while there is time. */
  readonly over: number;
}

/**
 * The clock starts on the later of the advisory's publication and the fix's release. Where no record carries a day, it starts on the
 * last day of the year in the id, so that nobody is called late too early; where there is none either, there is nothing to count.
 */
export function standingOf({ advisory, remedy }: Match, limit: number, asOf: string): Standing | undefined {
  const published = advisory.published ?? yearOf([advisory.id, ...advisory.aliases]);
  if (published === undefined) return undefined;
  const start = remedy.released !== undefined && remedy.released > published ? remedy.released : published;
  const due = addDays(start, limit);
  return { due, over: daysBetween(due, asOf) };
}

function yearOf(ids: readonly string[]): string | undefined {
  const years = ids.flatMap((id) => /^[A-Z]+-(\d{4})-/.exec(id)?.[1] ?? []);
  return years.length === 0 ? undefined : `${years.sort()[0]}-12-31`;
}
