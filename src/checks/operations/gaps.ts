/** Stretches without a record between recorded days. Pure. */
import { daysBetween } from '../../dates.ts';

/** Two days that follow each other in a record, and how far apart they are. */
export interface Gap {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

/** Each pair of neighbouring days that is more than `most` days apart; `dates` are ISO days from old to new. */
export function gapsAbove(dates: readonly string[], most: number): readonly Gap[] {
  return neighbours(dates).filter(({ days }) => days > most);
}

/** Days between the two neighbours furthest apart; 0 for fewer than two. */
export function widest(dates: readonly string[]): number {
  return Math.max(0, ...neighbours(dates).map(({ days }) => days));
}

function neighbours(dates: readonly string[]): readonly Gap[] {
  return dates.slice(1).map((to, index) => {
    const from = dates[index] ?? to;
    return { from, to, days: daysBetween(from, to) };
  });
}
