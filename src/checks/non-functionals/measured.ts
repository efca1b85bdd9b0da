/** Picks a requirement's number out of a load test's result, and says whether it is good enough. */
import type { LoadResult } from '../../evidence/load-results.ts';
import { percent, plain, reaches } from '../arithmetic.ts';
import { percentOf, type Quantity, rateOf, timeOf } from '../quantity.ts';

/** A requirement in numbers that can be compared: times in milliseconds, rates per second, shares in percent. */
export interface Measure {
  readonly value: number;
  readonly kind: 'time' | 'rate' | 'share';
  /** Whether more is better. */
  readonly more: boolean;
}

/** A target or a claimed result as a measure; undefined where the unit does not fit the requirement's name. */
export function measureOf(name: string, quantity: Quantity): Measure | undefined {
  const time = timeOf(quantity);
  if (time !== undefined) return { value: time, kind: 'time', more: false };
  const rate = rateOf(quantity);
  if (rate) return rate.requests ? { value: rate.perSecond, kind: 'rate', more: true } : undefined;
  const share = percentOf(quantity);
  return share !== undefined && /availability|rate|share|ratio/.test(name)
    ? { value: share, kind: 'share', more: name === 'availability' }
    : undefined;
}

/** What a run measured for a requirement; undefined where the tool did not write it. */
export function measuredBy(result: LoadResult, name: string): Measure | undefined {
  if (name === 'throughput')
    return result.rps === undefined ? undefined : { value: result.rps, kind: 'rate', more: true };
  if (name === 'error_rate')
    return result.errorRatio === undefined ? undefined : { value: result.errorRatio * 100, kind: 'share', more: false };
  const percentile = /^latency_(p50|p95|p99)$/.exec(name)?.[1] as 'p50' | 'p95' | 'p99' | undefined;
  const time = percentile && result.latencyMs[percentile];
  return time === undefined ? undefined : { value: time, kind: 'time', more: false };
}

/** Whether a measured number is as good as a wanted one. */
export function isEnough(measured: Measure, wanted: Measure): boolean {
  return measured.more ? reaches(measured.value, wanted.value) : reaches(wanted.value, measured.value);
}

/** `371.2ms`, `312.4 rps`, `0.04 %`. */
export function shownMeasure({ value, kind }: Measure): string {
  if (kind === 'time') return `${plain(value)}ms`;
  return kind === 'rate' ? `${plain(value)} rps` : percent(Number(value.toPrecision(6)));
}

/** `371.2ms ≤ 400ms`. */
export function comparison(measured: Measure, wanted: Measure): string {
  const enough = isEnough(measured, wanted);
  const sign = measured.more ? (enough ? '≥' : '<') : enough ? '≤' : '>';
  return `${shownMeasure(measured)} ${sign} ${shownMeasure(wanted)}`;
}
