/** How far a number has come from where it stood to where it is to be, in numbers and words. Pure arithmetic; knows no manifest. */
import { reaches, same } from '../arithmetic.ts';

/** Three readings of one metric. */
export interface Readings {
  readonly baseline: number;
  readonly target: number;
  readonly current: number;
}

/** Where the current value lies: beyond the baseline on the wrong side, at it, on the way, or at the target. */
export type Direction = 'away' | 'unmoved' | 'towards' | 'reached';

/** The direction; where target and baseline are the same, the value is to be kept, and which side is worse nobody can tell. */
export function directionOf({ baseline, target, current }: Readings): Direction {
  if (same(baseline, target)) return same(current, target) ? 'reached' : 'away';
  const more = target > baseline;
  if (more ? reaches(current, target) : reaches(target, current)) return 'reached';
  if (same(current, baseline)) return 'unmoved';
  return (more ? current > baseline : current < baseline) ? 'towards' : 'away';
}

/** Share of the way from baseline to target, in percent; negative on the wrong side, undefined where there is no way to go. */
export function shareOfWay({ baseline, target, current }: Readings): number | undefined {
  const way = target - baseline;
  return same(baseline, target) || !Number.isFinite(way) ? undefined : ((current - baseline) / way) * 100;
}

/** `91.2 → 93.1 of 94 percent, 68 % of the way`. */
export function progressWords(readings: Readings, unit: string | undefined): string {
  const { baseline, target, current } = readings;
  const numbers = `${baseline} → ${current} of ${target}${unit ? ` ${unit}` : ''}`;
  const share = shareOfWay(readings);
  switch (directionOf(readings)) {
    case 'reached':
      return `${numbers}, reached`;
    case 'unmoved':
      return `${numbers}, unmoved`;
    case 'towards':
      return `${numbers}, ${Math.floor(share ?? 0)} % of the way`;
    default:
      return `${numbers}, moving away`;
  }
}
