/** Which of the signals of a service a query watches, told from whole words of metric names, labels and functions. A word inside a word does not count. */
import type { Matcher, Metric, QueryFacts } from './promql.ts';

/** What a query watches. `other` is a class of its own, never an error. */
export type Signal = 'latency' | 'traffic' | 'errors' | 'saturation' | 'availability' | 'burn-rate' | 'other';

/** The classes of one query. */
export interface Signals {
  readonly signals: readonly Signal[];
  /** It holds two windows of the same measure against each other with `and`. */
  readonly multiWindow: boolean;
  /** `expr`: its metrics say so. `name`: only the alert's name does. */
  readonly from: 'expr' | 'name';
}

const WORDS: Readonly<Record<Exclude<Signal, 'burn-rate' | 'other'>, ReadonlySet<string>>> = {
  latency: setOf('latency latencies duration durations apdex slow rtt elapsed'),
  traffic: setOf('requests request traffic throughput rps qps hits calls messages queries operations visits'),
  errors: setOf(
    'error errors errs failure failures failed failing fail 5xx exception exceptions dropped drops refused rejected rejections panics timeouts aborted unsuccessful',
  ),
  saturation: setOf(
    'saturation utilization utilisation cpu memory mem heap oom disk filesystem fs inode inodes storage pvc volume queue queues queued backlog lag pending pool connections threads goroutines fds throttled throttling capacity quota inflight exhausted exhaustion load1 load5 load15 full swap',
  ),
  availability: setOf(
    'up down unavailable available availability restarts restarting restart crash crashloop crashlooping unhealthy healthy health unready heartbeat unreachable outage probe absent missing',
  ),
};
/** Words too common in metric names to count there; in an alert's name they say what is meant. */
const ONLY_IN_ALERT_NAMES = setOf('available missing pending full healthy health absent down fail slow');
/** Seconds that a certificate or a token is still good for are no waiting time. */
const TIME_LEFT = setOf('expiration expiry expire expires ttl validity');
const FAILURE_LABELS =
  /^((http|grpc|rpc|exit|exception|response)_?)?((status|response|return)_?)?(status|code|class|result|outcome|state|error|reason|level|type|success)(_?(code|class|group))?$/i;
const FAILURE_VALUE =
  /(^|\W)[45](\d\d|xx|\.\.|\.[*+]|\[)|error|fail|exception|timeout|abort|unavailable|internal|reject|fatal|denied/i;
const SUCCESS_VALUE = /^\(?\^?(2(\d\d|xx|\.\.|\.[*+]|\[)|ok\b|success|succeeded|true)/i;
const SLO_LABELS =
  /^(slo|slo_alert|sloth_\w+|slo_\w+|long_burnrate_window|short_burnrate_window|burnrate|exhaustion|long|short)$/i;
/** Times the error budget's pace at which the usual windows page or open a ticket. */
const BURN_FACTORS = new Set([14.4, 13.44, 6, 5.6, 3, 2.8, 1, 0.93]);
const RATES = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'count_over_time']);

/** Classes a query; the alert's name counts only where the query's own words say nothing. */
export function signalsOf(
  facts: QueryFacts,
  alertName: string,
  labels: Readonly<Record<string, string>> = {},
): Signals {
  const multiWindow = isMultiWindow(facts);
  const found = new Set<Signal>();
  for (const [index, metric] of facts.metrics.entries()) {
    for (const signal of signalsOfMetric(metric, index, facts)) found.add(signal);
  }
  if (facts.functions.some((name) => name === 'absent' || name === 'absent_over_time')) found.add('availability');
  if (isBurnRate(facts, labels, multiWindow, wordsOf(alertName))) found.add('burn-rate');
  if (found.size > 0) return { signals: [...found], multiWindow, from: 'expr' };
  const named = fromName(wordsOf(alertName));
  return { signals: named.length > 0 ? named : ['other'], multiWindow, from: named.length > 0 ? 'name' : 'expr' };
}

/** Words of a name in lower case: `kube_podRestarts5xx` has kube, pod, restarts and 5xx. */
export function wordsOf(name: string): ReadonlySet<string> {
  const spaced = name
    .slice(0, 500)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(5xx)/gi, '$1 $2');
  return new Set(
    spaced
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter(Boolean),
  );
}

function signalsOfMetric(metric: Metric, index: number, facts: QueryFacts): readonly Signal[] {
  const words = wordsOf(metric.name);
  const signals: Signal[] = [];
  const fails = selectsFailures(metric, words, facts, index);
  if (fails) signals.push('errors');
  if (has(words, 'latency') && !isCount(metric)) signals.push('latency');
  else if (isTimedHistogram(metric, words, facts)) signals.push('latency');
  if (has(words, 'saturation')) signals.push('saturation');
  if (has(words, 'availability') || isReplicaCount(words)) signals.push('availability');
  if (signals.length === 0 && isTraffic(metric, words, facts)) signals.push('traffic');
  return signals;
}

function has(words: ReadonlySet<string>, signal: keyof typeof WORDS): boolean {
  return [...WORDS[signal]].some((word) => words.has(word) && !ONLY_IN_ALERT_NAMES.has(word));
}

/** By a label that selects what went wrong, or by name. Selecting what went well counts where it is divided by something. */
function selectsFailures(metric: Metric, words: ReadonlySet<string>, facts: QueryFacts, index: number): boolean {
  const labels = metric.matchers.filter(({ label }) => FAILURE_LABELS.test(label));
  if (labels.some((matcher) => picksFailures(matcher))) return true;
  if (
    facts.numerators.includes(index) &&
    labels.some(({ value }) => FAILURE_VALUE.test(value) || SUCCESS_VALUE.test(value))
  )
    return true;
  const succeeds = words.has('success') || words.has('successful') || words.has('succeeded');
  if (succeeds && (facts.numerators.includes(index) || words.has('ratio'))) return true;
  return has(words, 'errors') && !words.has('budget');
}

function picksFailures({ op, value }: Matcher): boolean {
  const positive = op === '=' || op === '=~';
  return positive ? FAILURE_VALUE.test(value) : SUCCESS_VALUE.test(value);
}

function isTimedHistogram({ name }: Metric, words: ReadonlySet<string>, facts: QueryFacts): boolean {
  if ([...TIME_LEFT].some((word) => words.has(word))) return false;
  if (words.has('response') && words.has('times')) return true;
  const quantile = facts.functions.some((it) => it.startsWith('histogram_')) || name.endsWith('_bucket');
  return quantile && (words.has('seconds') || words.has('milliseconds') || words.has('ms') || words.has('time'));
}

/** The number of observations of a histogram, as it is or recorded: `job:request_duration_seconds_count:rate5m`. */
function isCount({ name }: Metric): boolean {
  return /_count(?::|$)/.test(name);
}

function isReplicaCount(words: ReadonlySet<string>): boolean {
  return (
    words.has('replicas') || (words.has('kube') && words.has('status') && (words.has('ready') || words.has('waiting')))
  );
}

/** A count of work per time that is not the bottom of some ratio. */
function isTraffic(metric: Metric, words: ReadonlySet<string>, facts: QueryFacts): boolean {
  if (facts.divisions || !facts.functions.some((name) => RATES.has(name))) return false;
  return has(words, 'traffic') || (has(words, 'latency') && isCount(metric));
}

function isBurnRate(
  facts: QueryFacts,
  labels: Readonly<Record<string, string>>,
  multiWindow: boolean,
  alert: ReadonlySet<string>,
): boolean {
  if (facts.metrics.some(({ name }) => namesBurn(wordsOf(name)))) return true;
  if (facts.factors.includes(14.4) && facts.comparisons.length > 0) return true;
  if (!multiWindow) return false;
  if (facts.factors.some((factor) => BURN_FACTORS.has(factor)) || namesBurn(alert)) return true;
  return Object.keys(labels).some((label) => SLO_LABELS.test(label));
}

function namesBurn(words: ReadonlySet<string>): boolean {
  return words.has('burnrate') || words.has('burn') || (words.has('error') && words.has('budget'));
}

function isMultiWindow(facts: QueryFacts): boolean {
  if (!facts.ops.includes('and')) return false;
  if (new Set(facts.ranges).size >= 2) return true;
  const windows = new Map<string, Set<string>>();
  for (const { name } of facts.metrics) {
    const [, stem, window] = /^(.+?)_?(\d+(?:ms|[smhdwy]))$/.exec(name) ?? [];
    if (stem && window) windows.set(stem, (windows.get(stem) ?? new Set()).add(window));
  }
  return [...windows.values()].some((set) => set.size >= 2);
}

function fromName(words: ReadonlySet<string>): readonly Signal[] {
  if (namesBurn(words)) return ['burn-rate'];
  const kinds = Object.keys(WORDS) as (keyof typeof WORDS)[];
  return kinds.filter((kind) => [...WORDS[kind]].some((word) => words.has(word)));
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
