/** One measure over some weeks: its slope, whether that is more than chance, and the words for it. Pure. */
import { daysBetween } from '../../dates.ts';
import type { StatsRow } from '../../evidence/ops-stats.ts';
import { plain } from '../arithmetic.ts';
import { heading, median, sparkline, theilSen } from './slope.ts';
import { badness, isJudged, measureName, shown } from './targets.ts';

/** Where a measure is heading. */
export interface Trend {
  readonly measure: string;
  readonly values: readonly number[];
  /** In the measure's unit a week; `percent` of availability falls when it is below nothing. */
  readonly slope: number;
  readonly heading: 'improves' | 'holds' | 'worsens' | 'neither better nor worse';
}

/** The trend of one measure; undefined with fewer than `least` numbers. `tolerance` in percent of the median. */
export function trendOf(
  measure: string,
  rows: readonly StatsRow[],
  least: number,
  tolerance: number,
): Trend | undefined {
  const first = rows[0]?.date ?? '';
  const points = rows.flatMap(({ date, values }) => {
    const value = values[measure];
    return value === undefined ? [] : [{ at: daysBetween(first, date) / 7, value }];
  });
  if (points.length < least) return undefined;
  const bad = points.map(({ at, value }) => ({ at, value: badness(measure, value) }));
  const change = theilSen(bad) * ((points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0));
  const worth = Math.abs(change) > (tolerance / 100) * median(bad.map(({ value }) => value));
  const direction = worth ? heading(bad) : 0;
  return {
    measure,
    values: points.map(({ value }) => value),
    slope: theilSen(points),
    heading: isJudged(measure)
      ? ((['improves', 'holds', 'worsens'] as const)[direction + 1] ?? 'holds')
      : 'neither better nor worse',
  };
}

/** All of them: those that move with their bars, those that never changed by name. */
export function trendsInWords(trends: readonly Trend[]): string {
  const [still, moving] = [trends.filter(isStill), trends.filter((it) => !isStill(it))];
  const names = still.map(({ measure }) => measureName(measure));
  return [...moving.map(trendWords), ...(names.length > 0 ? [`unchanged: ${names.join(', ')}`] : [])].join('; ');
}

function isStill({ values }: Trend): boolean {
  return values.every((value) => value === values[0]);
}

/** `latency p95 ▂▃▁▅ 180ms to 210ms, +3ms a week, worsens`. */
function trendWords({ measure, values, slope, heading: where }: Trend): string {
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  const span = `${shown(measure, first, last)} to ${shown(measure, last, first)}`;
  const sign = slope < 0 ? '−' : '+';
  const size = Math.abs(slope);
  const step = /^(?:latency|time_to_)/.test(measure) ? shown(measure, size) : plain(size);
  const rate = size === 0 ? 'level' : `${sign}${step} a week`;
  const said = isJudged(measure) ? `, ${where}` : '';
  return `${measureName(measure)} ${sparkline(values)} ${span}, ${rate}${said}`;
}
