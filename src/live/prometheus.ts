/** What Prometheus' HTTP API answers: its alerting rules, and the one number of a query. Pure; never throws. */
import { items, record, text } from './json.ts';

/** An alerting rule as Prometheus runs it. */
export interface RunningRule {
  readonly name: string;
  /** `unknown`: not evaluated yet. */
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError?: string;
  /** PromQL as Prometheus writes it. */
  readonly query: string;
  /** Its labels, to tell rules of one name apart. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The answer to `/api/v1/rules?type=alert`; undefined where it is something else. */
export function runningRules(answer: unknown): readonly RunningRule[] | undefined {
  const groups = items(data(answer).groups);
  return groups?.flatMap((group) =>
    (items(record(group).rules) ?? []).flatMap((it) => {
      const rule = record(it);
      const name = text(rule.name);
      return name === undefined || rule.type === 'recording' ? [] : [running(name, rule)];
    }),
  );
}

function running(name: string, { health, lastError, labels, query }: Readonly<Record<string, unknown>>): RunningRule {
  const error = text(lastError);
  return {
    name,
    health: health === 'ok' || health === 'err' ? health : 'unknown',
    ...(error && { lastError: error.slice(0, 300) }),
    query: text(query) ?? '',
    labels: Object.fromEntries(
      Object.entries(record(labels)).filter((it): it is [string, string] => text(it[1]) !== undefined),
    ),
  };
}

/** The answer to `/api/v1/alertmanagers`: to how many it sends. */
export function activeAlertmanagers(answer: unknown): number | undefined {
  return items(data(answer).activeAlertmanagers)?.length;
}

/** The number that an instant query gives: `null` for no series at all, a sentence where it is no single number. */
export function oneNumber(answer: unknown): number | null | string | undefined {
  const { resultType, result } = data(answer);
  if (resultType === 'scalar') return sampleOf(items(result));
  const series = resultType === 'vector' ? items(result) : undefined;
  if (!series) return undefined;
  if (series.length > 1) return `gives ${series.length} series where one number is needed`;
  return series.length === 0 ? null : sampleOf(items(record(series[0]).value));
}

/** `[1700000000.1, "0.99"]`; NaN is what a division of nothing by nothing gives. */
function sampleOf(pair: readonly unknown[] | undefined): number | string | undefined {
  const written = text(pair?.[1]);
  if (written === undefined) return undefined;
  const value = written.trim() === '' ? Number.NaN : Number(written.replace('Inf', 'Infinity'));
  return Number.isNaN(value) ? 'gives no number: there were no events' : value;
}

function data(answer: unknown): Readonly<Record<string, unknown>> {
  const { status, data: its } = record(answer);
  return status === 'success' ? record(its) : {};
}
