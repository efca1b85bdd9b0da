/** How an alert on errors measures them: as a share of what was asked for, as a number per time, or as the first of its kind. Pure; tells no more than the query says. */
import { wordsOf } from '../../evidence/queries/signals.ts';
import type { JudgedAlert } from '../alert-scope.ts';
import { says } from '../placeholders.ts';

/**
 * `share`: errors divided by requests, or an error budget's burn rate. `count`: a number per time, whatever the traffic.
 * `first`: any one sets it off, of something that is not counted in requests. `state`: no count over time.
 */
export type Measure = 'share' | 'count' | 'first' | 'state' | 'unclear';

const RATES = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'count_over_time']);
/** A recorded rate says so in its last part: `job:errors:rate5m`. */
const RECORDED_RATE = /(?:^|[:_])(?:rate|increase|delta)_?(?:\d+[smhdw])?$/i;
const SHARE_WORDS = /^(ratios?|percent|percentage|pct|fraction|burn_?rate\w*)$/;
const REQUEST_WORDS = ['request', 'requests', 'http', 'grpc', 'rpc', 'calls', 'queries', 'responses', 'hits'];
const FAILURE_LABEL = /status|code|class|result|outcome|error|success|reason/i;

/** Whether an alert is about errors at all, as far as its query tells. */
export function isAboutErrors({ signals }: Pick<JudgedAlert, 'signals'>): boolean {
  return signals.includes('errors') || signals.includes('burn-rate');
}

/** How it measures them. */
export function measureOf(alert: JudgedAlert): Measure {
  const { dialect, signals, signalsFrom, metrics, divided, functions, ops, templated } = alert;
  if (dialect === 'logql') return 'unclear';
  if (dialect !== 'promql') return foreignMeasure(alert);
  const told = metrics.map((metric, index) => ({
    fails: isCounted(metric),
    relative: divided.includes(index) || [...wordsOf(metric.name)].some((it) => SHARE_WORDS.test(it)),
  }));
  const fails = told.some((it) => it.fails) ? told.filter((it) => it.fails) : told;
  if (fails.some(({ relative }) => relative)) {
    // Either side of an `or` sets it off alone; an `and` only narrows.
    return ops.includes('or') && !fails.every(({ relative }) => relative) ? 'unclear' : 'share';
  }
  if (templated.includes('expr') || divided.length > 0 || signals.includes('burn-rate')) return 'unclear';
  const counts = functions.some((it) => RATES.has(it)) || metrics.some(({ name }) => RECORDED_RATE.test(name));
  if (!counts) return 'state';
  if (signalsFrom === 'name') return 'unclear';
  return isFirst(alert) ? 'first' : 'count';
}

/** Queries in other languages are read by their parts; a division in them counts only where both sides are metrics. */
function foreignMeasure(alert: JudgedAlert): Measure {
  const { engine, expr, functions, metrics, signalsFrom } = alert;
  if (signalsFrom === 'name') return 'unclear';
  if (engine === 'datadog' && dividesMetrics(expr)) return 'share';
  if (!functions.includes('increase') || metrics.length !== 1 || /[/*]/.test(expr.replace(/\{[^{}]{0,500}\}/g, '')))
    return 'unclear';
  return isFirst(alert) ? 'first' : 'count';
}

function dividesMetrics(expr: string): boolean {
  const [above = '', ...below] = expr
    .slice(0, 5000)
    .replace(/\{[^{}]{0,500}\}/g, '{}')
    .split('/');
  const holds = (text: string): boolean => /:[\w.]{3,200}\{\}/.test(text);
  return holds(above) && below.some(holds);
}

/** The first of something that is not counted in requests: how many there are does not grow with the traffic. */
function isFirst({ comparisons, metrics }: JudgedAlert): boolean {
  const any = ({ op, number }: JudgedAlert['comparisons'][number]): boolean =>
    (number === 0 && (op === '>' || op === '!=')) || (number === 1 && op === '>=');
  return comparisons.length > 0 && comparisons.every(any) && !metrics.some(({ name }) => has(name, REQUEST_WORDS));
}

/** Whether a metric tells of failure or success: by its name, or by a label. */
function isCounted(metric: JudgedAlert['metrics'][number]): boolean {
  const words = wordsOf(metric.name);
  const named = [...words].some((it) => /^(err|fail|exception|success|succe|5xx|reject|abort|drop|timeout)/.test(it));
  return named || metric.matchers.some(({ label }) => FAILURE_LABEL.test(label));
}

/** The reason that an alert gives for counting, by its annotations. */
export function reasonGiven({ annotations }: JudgedAlert, keys: readonly string[]): string | undefined {
  return keys.map((key) => annotations[key]).find((text) => text !== undefined && says(text));
}

function has(name: string, wanted: readonly string[]): boolean {
  const words = wordsOf(name);
  return wanted.some((word) => words.has(word));
}
