/** What the fields of one alert say: its explanation, its team, and whether it fires on a single sample. Pure. */
import type { Alert } from '../../evidence/alerts.ts';
import { says } from '../placeholders.ts';

/** The text that explains an alert: one of the annotations listed, and not a placeholder. Prometheus' own `{{ $labels }}` in it is fine. */
export function explanationOf(
  { annotations }: Pick<Alert, 'annotations'>,
  keys: readonly string[],
): string | undefined {
  return keys
    .map((key) => annotations[key])
    .find((text) => text !== undefined && says(text.replace(/\{\{.*?\}\}/gs, 'it')));
}

/** The team an alert names, when it is written there. */
export function teamOf({ labels }: Pick<Alert, 'labels'>, keys: readonly string[]): string | undefined {
  return keys.map((key) => labels[key]).find(says);
}

/** Whether a chart's template may fill in one of the keys, so that its absence here says nothing. */
export function isTemplatedPart(
  { templated }: Pick<Alert, 'templated'>,
  part: 'labels' | 'annotations',
  keys: readonly string[],
): boolean {
  return templated.includes(part) || keys.some((key) => templated.includes(`${part}.${key}`));
}

/** Names of recorded series end in what they were made of: `job:requests:rate5m`, `instance:errors:ratio_rate1h`. */
const RECORDED = /:|_(rate|ratio|avg|mean|sum|increase|p\d+)_?\d*[smhd]?$|(rate|ratio|avg)\d+[smhd]$/i;

/** What only ever counts up or down with the clock crosses its limit once. */
const CLOCK = /(^|_)(ttl|age|expiry|expires?|expiration|not_after|uptime|timestamp)(_|$)/i;

/** Functions that look at a stretch of time, or at whether there is anything at all. */
const OVER_TIME =
  /_over_time$|^(absent|absent_over_time|predict_linear|deriv|changes|resets|rate|irate|increase|delta|idelta|holt_winters|double_exponential_smoothing)$/;

/** Whether one odd sample is enough to make it fire: no `for:`, no range, no recorded rate. Zero written down is a choice, and what is measured in time does not flap. */
export function flaps(alert: Alert): boolean {
  if (alert.for !== undefined || alert.templated.includes('for')) return false;
  if (alert.engine === 'loki' || alert.dialect !== 'promql') return false;
  if (alert.ranges.length > 0 || alert.functions.some((name) => OVER_TIME.test(name))) return false;
  // Held against itself of some minutes ago, a series is looked at over that time.
  if (/\boffset\s+\d/i.test(alert.expr)) return false;
  if (alert.ops.includes('unless') || alert.functions.includes('time')) return false;
  const names = alert.metrics.map(({ name }) => name);
  return names.length > 0 && !names.some((name) => RECORDED.test(name) || CLOCK.test(name));
}
