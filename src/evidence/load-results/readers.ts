/** Reads what load-testing tools write after a run. Text in, numbers out; which tool it was is told by the content, never by a name. */
import { type JsonNode, jsonNode } from '../json-node.ts';
import { type LoadReading, type Measured, tidy } from './run.ts';
import { readJtl } from './samples.ts';

interface Tool {
  /** Keys that only this tool writes. */
  readonly signature: readonly RegExp[];
  /** The key whose line is cited. */
  readonly cite: RegExp;
  read(value: JsonNode): Omit<Measured, 'line'> | undefined;
}

const OTHER: LoadReading = { kind: 'other' };

const TOOLS: readonly Tool[] = [
  { signature: [/"(?:http|grpc)_req_duration"/, /"metrics"\s*:/], cite: /"(?:http|grpc)_req_duration"/, read: readK6 },
  {
    signature: [/"meanNumberOfRequestsPerSecond"\s*:/, /"percentiles4"\s*:/],
    cite: /"percentiles4"\s*:/,
    read: readGatling,
  },
  { signature: [/"pct3ResTime"\s*:/, /"sampleCount"\s*:/], cite: /"Total"\s*:/, read: readStatistics },
  { signature: [/"non2xx"\s*:/, /"p97_5"\s*:/], cite: /"latency"\s*:/, read: readAutocannon },
];

/** Reads one file's text. */
export function readLoadResult(text: string): LoadReading {
  const start = text.trimStart();
  if (start.startsWith('{')) return readJson(text);
  if (/<testResults\b/.test(start.slice(0, 500))) {
    return {
      kind: 'broken',
      reason: 'language',
      detail: 'a JMeter result as XML is not read; let JMeter write CSV, its default',
    };
  }
  return readJtl(text);
}

function readJson(text: string): LoadReading {
  const tool = TOOLS.find(({ signature }) => signature.every((pattern) => pattern.test(text)));
  if (!tool) return OTHER;
  const parsed = parse(text);
  if (parsed === undefined) return { kind: 'broken', reason: 'invalid-syntax', detail: 'the result is not valid JSON' };
  const measured = tool.read(jsonNode(parsed));
  return measured ? { kind: 'result', measured: { ...measured, line: lineOf(text, tool.cite) } } : OTHER;
}

/** The end-of-test summary, the older `--summary-export`, and the machine-readable summary of newer versions. */
function readK6(value: JsonNode): Omit<Measured, 'line'> | undefined {
  const listed = value.at('results').at('metrics').items();
  const metric = (name: string): JsonNode =>
    listed.find((it) => it.at('name').text() === name) ?? value.at('metrics').at(name);
  const statistics = (name: string): JsonNode =>
    metric(name).at('values').present() ? metric(name).at('values') : metric(name);
  const [http, grpc] = [statistics('http_req_duration'), statistics('grpc_req_duration')];
  const times = http.present() ? http : grpc;
  if (!times.present()) return undefined;
  const reqs = statistics('http_reqs');
  const failed = statistics('http_req_failed');
  const duration =
    value.at('config').at('duration').number() ?? thousandth(value.at('state').at('testRunDurationMs').number());
  return tidy({
    tool: 'k6',
    latencyMs: tidy({
      p50: times.at('med').number() ?? times.at('p(50)').number(),
      p95: times.at('p(95)').number(),
      p99: times.at('p(99)').number(),
      max: times.at('max').number(),
    }),
    rps: reqs.at('rate').number(),
    errorRatio: failed.at('rate').number() ?? failed.at('value').number(),
    requests: reqs.at('count').number(),
    durationS: duration,
    thresholdsFailed: crossed(value),
    date: day(value.at('metadata').at('generatedAt').text()),
  });
}

/** In `--summary-export` a threshold's `true` means that it was crossed; elsewhere `ok` says that it was kept. */
function crossed(value: JsonNode): readonly string[] | undefined {
  const names = value
    .at('metrics')
    .entries()
    .flatMap(([metric, it]) =>
      it
        .at('thresholds')
        .entries()
        .flatMap(([expression, outcome]) => {
          const isCrossed = outcome.value === true || outcome.at('ok').value === false;
          return isCrossed ? [`${metric}: ${expression}`] : [];
        }),
    );
  if (value.at('results').at('passed').value === false) names.push('the run as a whole did not pass');
  return names.length > 0 ? names : undefined;
}

/** `stats.json` and `global_stats.json`; the percentiles are 50, 75, 95 and 99 unless Gatling was told otherwise. */
function readGatling(value: JsonNode): Omit<Measured, 'line'> | undefined {
  const stats = value.at('stats').present() ? value.at('stats') : value;
  const total = (name: string): number | undefined => stats.at(name).at('total').number();
  const requests = total('numberOfRequests');
  if (requests === undefined) return undefined;
  return tidy({
    tool: 'gatling',
    latencyMs: tidy({
      p50: total('percentiles1'),
      p95: total('percentiles3'),
      p99: total('percentiles4'),
      max: total('maxResponseTime'),
    }),
    rps: total('meanNumberOfRequestsPerSecond'),
    errorRatio: ratio(stats.at('numberOfRequests').at('ko').number(), requests),
    requests,
  });
}

/** The dashboard's `statistics.json`; its three percentiles are 90, 95 and 99 unless JMeter was told otherwise. */
function readStatistics(value: JsonNode): Omit<Measured, 'line'> | undefined {
  const total = value.at('Total');
  const requests = total.at('sampleCount').number();
  if (requests === undefined) return undefined;
  return tidy({
    tool: 'jmeter',
    latencyMs: tidy({
      p50: total.at('medianResTime').number(),
      p95: total.at('pct2ResTime').number(),
      p99: total.at('pct3ResTime').number(),
      max: total.at('maxResTime').number(),
    }),
    rps: total.at('throughput').number(),
    errorRatio: ratio(total.at('errorCount').number(), requests),
    requests,
  });
}

/** `autocannon --json`: it has no 95th percentile; everything without an answer of 2xx counts as failed. */
function readAutocannon(value: JsonNode): Omit<Measured, 'line'> | undefined {
  const latency = value.at('latency');
  const requests = value.at('requests').at('total').number();
  if (!latency.present() || requests === undefined) return undefined;
  const unanswered = value.at('errors').number() ?? 0;
  const failed = unanswered + (value.at('non2xx').number() ?? 0);
  return tidy({
    tool: 'autocannon',
    latencyMs: tidy({
      p50: latency.at('p50').number(),
      p99: latency.at('p99').number(),
      max: latency.at('max').number(),
    }),
    rps: value.at('requests').at('average').number(),
    errorRatio: ratio(failed, requests + unanswered),
    requests,
    durationS: value.at('duration').number(),
    date: day(value.at('start').text()),
  });
}

function ratio(part: number | undefined, whole: number): number | undefined {
  return part === undefined || whole === 0 ? undefined : part / whole;
}

function thousandth(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value / 1000;
}

function day(timestamp: string | undefined): string | undefined {
  return /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(timestamp ?? '')?.[0];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) ?? null;
  } catch {
    return undefined;
  }
}

function lineOf(text: string, pattern: RegExp): number {
  return text.slice(0, Math.max(0, text.search(pattern))).split('\n').length;
}
