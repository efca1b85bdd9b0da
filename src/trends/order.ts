/** In which order a trend is told: the most improved first, then regressions with the worst first. Pure. */
import type { Movement, TrendRow, VerdictChange } from '../model-trend.ts';
import { VERDICT_RANK } from './pairs.ts';
import { ratio } from './shares.ts';

const ORDER: readonly Movement[] = ['improved', 'regressed', 'mixed', 'new', 'gone', 'unjudged', 'same'];

/** Orders rows: by movement, then by how far, then by name. */
export function byMovement(a: TrendRow, b: TrendRow): number {
  const [first, second] = [a, b].map(({ movement }) => ORDER.indexOf(movement)) as [number, number];
  const way = a.movement === 'regressed' ? -1 : 1;
  return first - second || way * (stepOf(b) - stepOf(a)) || way * (netOf(b) - netOf(a)) || inOrder(a.name, b.name);
}

/** How far the share of met rules moved over those that judge alike, from -1 to 1. */
function stepOf({ alike }: Pick<TrendRow, 'alike'>): number {
  return ratio(alike.after) - ratio(alike.before);
}

function netOf({ gained, lost }: TrendRow): number {
  return gained.length - lost.length;
}

/** Whether a verdict became a worse one. */
export function isWorse({ from, to }: Pick<VerdictChange, 'from' | 'to'>): boolean {
  return VERDICT_RANK[to] > VERDICT_RANK[from];
}

/** Worse ones first, then by how far, then by name. */
export function byVerdict(a: VerdictChange, b: VerdictChange): number {
  const [first, second] = [a, b].map(({ from, to }) => VERDICT_RANK[to] - VERDICT_RANK[from]) as [number, number];
  return second - first || inOrder(a.service, b.service);
}

/** By code units. */
export function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
