/** Where a series of numbers is heading: Theil and Sen's slope, Mann and Kendall's test, and the line drawn in text. Pure numbers; knows no measure. */

/** One number and when it was taken. */
export interface Point {
  /** In any unit of time; the slope is per that unit. */
  readonly at: number;
  readonly value: number;
}

/** The one-sided 95 % quantile of the normal distribution. */
const CERTAIN = 1.645;

/** Median of the slopes between all pairs of points, so that one odd week moves it little; 0 where no two differ in time. */
export function theilSen(points: readonly Point[]): number {
  const slopes = pairs(points).flatMap(([a, b]) => (a.at === b.at ? [] : [(b.value - a.value) / (b.at - a.at)]));
  return median(slopes);
}

/**
 * Whether the points rise (1), fall (-1) or neither (0) beyond what chance would do once in twenty times, by Mann and Kendall's test
 * with its correction for ties. Fewer than four points never suffice.
 */
export function heading(points: readonly Point[]): -1 | 0 | 1 {
  const n = points.length;
  const score = pairs(points).reduce((sum, [a, b]) => sum + Math.sign(b.at - a.at) * Math.sign(b.value - a.value), 0);
  const variance = (spread(n) - tied(points).reduce((sum, count) => sum + spread(count), 0)) / 18;
  if (n < 4 || variance <= 0 || score === 0) return 0;
  const z = (score - Math.sign(score)) / Math.sqrt(variance);
  if (z > CERTAIN) return 1;
  return z < -CERTAIN ? -1 : 0;
}

/** The middle value, or the mean of the two in the middle; 0 for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const [low = 0, high = 0] = sorted.length % 2 === 1 ? [sorted[half], sorted[half]] : [sorted[half - 1], sorted[half]];
  return low / 2 + high / 2;
}

const BARS = '▁▂▃▄▅▆▇█';

/** The numbers as bars from their lowest to their highest; all in the middle where they are the same. */
export function sparkline(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values
    .map((value) => BARS[high > low ? Math.round(((value - low) / (high - low)) * (BARS.length - 1)) : 3] ?? '')
    .join('');
}

function spread(count: number): number {
  return count * (count - 1) * (2 * count + 5);
}

/** How often each value that is there more than once is there. */
function tied(points: readonly Point[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const { value } of points) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].filter((count) => count > 1);
}

function pairs(points: readonly Point[]): readonly (readonly [Point, Point])[] {
  return points.flatMap((a, index) => points.slice(index + 1).map((b) => [a, b] as const));
}
