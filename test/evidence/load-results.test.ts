/** What load-testing tools write, told by content and read to numbers; broken results are unread, other people's files are left alone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sources } from '../../src/evidence/collector.ts';
import { readLoadResult } from '../../src/evidence/load-results/readers.ts';
import type { Measured } from '../../src/evidence/load-results/run.ts';
import { nearestRank } from '../../src/evidence/load-results/samples.ts';
import { collector } from '../../src/evidence/load-results.ts';
import { openReading, openSources } from '../../src/evidence/sources.ts';
import { loadManifest } from '../../src/manifest/load.ts';
import { memoryRepo } from '../../src/repo/memory.ts';

function measured(value: unknown): Measured {
  const reading = readLoadResult(typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  if (reading.kind !== 'result') throw new Error(`not a result: ${JSON.stringify(reading)}`);
  return reading.measured;
}

const K6_TREND = { avg: 121.3, min: 40.2, med: 110.4, max: 912.8, 'p(90)': 240.1, 'p(95)': 288.6, 'p(99)': 371.2 };

/** `k6 run --summary-export`. */
const K6_EXPORT = {
  root_group: { name: '', path: '', groups: {}, checks: {} },
  metrics: {
    http_reqs: { count: 187_200, rate: 312.4 },
    http_req_duration: { ...K6_TREND, thresholds: { 'p(99)<400': false, 'p(95)<250': true } },
    'http_req_duration{expected_response:true}': K6_TREND,
    http_req_failed: { value: 0.0004, passes: 75, fails: 187_125 },
    vus_max: { value: 80, min: 80, max: 80 },
  },
};

/** What `handleSummary` is given. */
const K6_SUMMARY = {
  state: { isStdOutTTY: false, testRunDurationMs: 600_120 },
  metrics: {
    http_reqs: { type: 'counter', contains: 'default', values: { count: 187_200, rate: 312.4 } },
    http_req_duration: {
      type: 'trend',
      contains: 'time',
      values: K6_TREND,
      thresholds: { 'p(99)<400': { ok: true }, 'p(95)<250': { ok: false } },
    },
    http_req_failed: { type: 'rate', contains: 'default', values: { rate: 0.0004, passes: 75, fails: 187_125 } },
  },
};

const GATLING = {
  name: 'All Requests',
  numberOfRequests: { total: 90_000, ok: 89_910, ko: 90 },
  maxResponseTime: { total: 1420, ok: 1410, ko: 1420 },
  percentiles1: { total: 85, ok: 85, ko: 200 },
  percentiles2: { total: 120, ok: 120, ko: 300 },
  percentiles3: { total: 260, ok: 259, ko: 700 },
  percentiles4: { total: 390, ok: 380, ko: 1400 },
  meanNumberOfRequestsPerSecond: { total: 300, ok: 299.7, ko: 0.3 },
};

const AUTOCANNON = {
  url: 'https://pay.staging.lumenpay.io/quotes',
  connections: 100,
  duration: 30.02,
  start: '2026-05-02T09:14:00.485Z',
  finish: '2026-05-02T09:14:30.513Z',
  errors: 10,
  timeouts: 10,
  non2xx: 90,
  '2xx': 9910,
  latency: { average: 90.1, p50: 80, p97_5: 310, p99: 402, max: 963 },
  requests: { average: 333.3, total: 9990, sent: 10_100 },
};

const JTL = [
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes',
  '1777713240000,100,"pay, by card",200,OK,pool 1-1,text,true,,944',
  '1777713241000,300,"pay, by card",502,"Bad ""gateway""',
  'upstream",pool 1-1,text,false,,12',
  '1777713242000,200,quote,200,OK,pool 1-2,text,true,,300',
  '1777713240000,600,journey,200,"Number of samples in transaction : 3, number of failing samples : 1",pool 1-1,,false,,1256',
  '1777713244000,500,quote,200,OK,pool 1-2,text,true,,300',
  '1777713245000,11',
].join('\n');

describe('k6', () => {
  it('reads --summary-export, where a threshold that is true was crossed', () => {
    expect(measured(K6_EXPORT)).toEqual({
      tool: 'k6',
      latencyMs: { p50: 110.4, p95: 288.6, p99: 371.2, max: 912.8 },
      rps: 312.4,
      errorRatio: 0.0004,
      requests: 187_200,
      thresholdsFailed: ['http_req_duration: p(95)<250'],
      line: 13,
    });
  });

  it('reads the end-of-test summary, where ok says that a threshold was kept', () => {
    expect(measured(K6_SUMMARY)).toMatchObject({
      latencyMs: { p95: 288.6, p99: 371.2 },
      rps: 312.4,
      errorRatio: 0.0004,
      durationS: 600.12,
      thresholdsFailed: ['http_req_duration: p(95)<250'],
    });
  });

  it('reads the machine-readable summary with its date', () => {
    const summary = {
      version: '1.0.0',
      metadata: { generatedAt: '2026-05-02T10:30:45.123Z', k6Version: '2.1.0' },
      config: { execution: 'local', duration: 60 },
      results: {
        passed: false,
        metrics: [
          { name: 'http_reqs', type: 'counter', values: { count: 1500, rate: 24.79 } },
          { name: 'http_req_duration', type: 'trend', values: { med: 234.5, 'p(99)': 445.1 } },
          { name: 'http_req_failed', type: 'rate', values: { rate: 0.02 } },
        ],
      },
    };
    expect(measured(summary)).toMatchObject({
      latencyMs: { p50: 234.5, p99: 445.1 },
      rps: 24.79,
      errorRatio: 0.02,
      durationS: 60,
      date: '2026-05-02',
      thresholdsFailed: ['the run as a whole did not pass'],
    });
  });

  it('invents no percentile that the run did not write', () => {
    const { 'p(99)': _, ...usual } = K6_TREND;
    expect(measured({ metrics: { http_req_duration: usual, http_reqs: { rate: 5 } } }).latencyMs).toEqual({
      p50: 110.4,
      p95: 288.6,
      max: 912.8,
    });
  });
});

describe('Gatling', () => {
  it('reads global_stats.json, and stats.json whose numbers are text in older versions', () => {
    const asText = JSON.parse(JSON.stringify(GATLING), (_, it) => (typeof it === 'number' ? String(it) : it));
    const expected = {
      tool: 'gatling',
      latencyMs: { p50: 85, p95: 260, p99: 390, max: 1420 },
      rps: 300,
      errorRatio: 0.001,
      requests: 90_000,
    };
    expect(measured(GATLING)).toMatchObject(expected);
    expect(measured({ type: 'GROUP', name: 'All Requests', stats: asText, contents: {} })).toMatchObject(expected);
    const noneFailed = { ...asText, numberOfRequests: { total: '50', ok: '50', ko: '-' } };
    expect(measured({ stats: noneFailed }).errorRatio).toBeUndefined();
  });
});

describe('JMeter', () => {
  it('reads the total of statistics.json and not its transactions', () => {
    const row = {
      sampleCount: 1000,
      errorCount: 5,
      medianResTime: 19,
      maxResTime: 371,
      pct1ResTime: 41,
      pct2ResTime: 49,
      pct3ResTime: 79,
      throughput: 44.4,
    };
    expect(measured({ quote: { ...row, pct3ResTime: 9 }, Total: row })).toMatchObject({
      tool: 'jmeter',
      latencyMs: { p50: 19, p95: 49, p99: 79, max: 371 },
      rps: 44.4,
      errorRatio: 0.005,
    });
  });

  it('computes from a table of samples, without rows that sum up others and without a cut last row', () => {
    expect(measured(JTL)).toEqual({
      tool: 'jmeter',
      latencyMs: { p50: 200, p95: 500, p99: 500, max: 500 },
      rps: 4 / 4.5,
      errorRatio: 0.25,
      requests: 4,
      durationS: 4.5,
      date: '2026-05-02',
      line: 1,
    });
  });

  it('says neither rate nor day where times are not written as numbers', () => {
    const { rps, date, requests } = measured('timeStamp,elapsed,success\n2026/05/02 09:14:00,120,true\n');
    expect([rps, date, requests]).toEqual([undefined, undefined, 1]);
  });

  it('calls a table without samples, a quote out of place and XML unread', () => {
    expect(readLoadResult('timeStamp,elapsed,success\n')).toMatchObject({ kind: 'broken', reason: 'invalid-syntax' });
    expect(readLoadResult('timeStamp,elapsed,success\n1777713240000,1"2,true\n')).toMatchObject({
      kind: 'broken',
      reason: 'invalid-syntax',
    });
    expect(readLoadResult('<?xml version="1.0"?>\n<testResults version="1.2">\n')).toMatchObject({
      kind: 'broken',
      reason: 'language',
    });
  });

  it('takes the nearest rank: a value that was measured, and the larger share the larger value', () => {
    const sorted = fc
      .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1 })
      .map((it) => it.sort((a, b) => a - b));
    fc.assert(
      fc.property(sorted, (times) => {
        const [p50, p95, p99] = [50, 95, 99].map((it) => nearestRank(times, it) ?? -1);
        expect(times).toContain(p95);
        expect([p50, p95, p99]).toEqual([p50, p95, p99].sort((a = 0, b = 0) => a - b));
        expect(times.filter((it) => it <= (p95 ?? 0)).length).toBeGreaterThanOrEqual(0.95 * times.length);
      }),
    );
  });
});

describe('autocannon', () => {
  it('counts what was not answered with 2xx as failed and has no 95th percentile', () => {
    expect(measured(AUTOCANNON)).toMatchObject({
      tool: 'autocannon',
      latencyMs: { p50: 80, p99: 402, max: 963 },
      rps: 333.3,
      errorRatio: 0.01,
      durationS: 30.02,
      date: '2026-05-02',
    });
  });
});

describe('other files', () => {
  it('are left alone, whatever they are called and whatever they mention', () => {
    expect(readLoadResult('{"name": "load-test-results", "scripts": {"k6": "k6 run load.js"}}')).toEqual({
      kind: 'other',
    });
    expect(
      readLoadResult('{"panels": [{"expr": "histogram_quantile(0.99, k6_http_req_duration)"}], "metrics": 1}'),
    ).toEqual({ kind: 'other' });
    expect(readLoadResult('date,incidents,availability\n2026-05-02,0,99.97\n')).toEqual({ kind: 'other' });
    expect(readLoadResult('')).toEqual({ kind: 'other' });
  });

  it('with a tool’s keys and broken syntax are unread', () => {
    expect(readLoadResult('{"metrics": {"http_req_duration": {"p(95)": 12')).toMatchObject({
      kind: 'broken',
      reason: 'invalid-syntax',
    });
  });

  it('never throw, however odd their values', () => {
    const odd = fc.dictionary(
      fc.constantFrom(
        'metrics',
        'http_req_duration',
        'values',
        'results',
        'stats',
        'meanNumberOfRequestsPerSecond',
        'percentiles4',
        'Total',
        'pct3ResTime',
        'sampleCount',
        'non2xx',
        'p97_5',
        'latency',
        'requests',
      ),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          odd.map((it) => JSON.stringify(it)),
          fc.string(),
          fc.string().map((it) => `timeStamp,elapsed,success\n${it}`),
        ),
        (text) => {
          expect(['result', 'other', 'broken']).toContain(readLoadResult(text).kind);
        },
      ),
    );
  });
});

function sourcesOver(files: Record<string, string>, validated = 'perf/results/2026-05-02.json'): Sources {
  const manifest = `apiVersion: gonogo/v1\nkind: Service\nname: payments-api\ntier: 1\nnfrs:\n  latency_p99:\n    target: 400ms\n    validated: [{ stage: beta, on: 2026-05-02, evidence: ${validated} }]\n`;
  const repo = memoryRepo({ files: { 'gonogo.yaml': manifest, ...files } });
  return openSources(
    openReading(repo, () => undefined),
    loadManifest(repo, 'gonogo.yaml', '2026-11-16'),
    [],
  );
}

describe('the collector', () => {
  it('finds results by content, and those that the manifest cites wherever they are', async () => {
    const { facts } = await collector.collect(
      sourcesOver({
        'perf/results/2026-05-02.json': JSON.stringify(K6_SUMMARY),
        'reports/gatling.json': JSON.stringify(GATLING),
        'package.json': '{"name": "payments-api"}',
        'test/fixtures/autocannon.json': JSON.stringify(AUTOCANNON),
        'test/perf/samples.jtl': JTL,
      }),
    );
    expect(facts.results.map(({ tool, at }) => `${tool} ${at.path}`)).toEqual([
      'k6 perf/results/2026-05-02.json',
      'gatling reports/gatling.json',
      'jmeter test/perf/samples.jtl',
    ]);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  it('names what it could not read', async () => {
    const broken = await collector.collect(
      sourcesOver({ 'perf/results/2026-05-02.json': JSON.stringify(K6_SUMMARY).slice(0, -20) }),
    );
    expect(broken.facts.results).toEqual([]);
    expect(broken.unread).toMatchObject([{ at: { path: 'perf/results/2026-05-02.json' }, reason: 'invalid-syntax' }]);
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n';
    const large = await collector.collect(
      sourcesOver({ 'perf/results/2026-05-02.json': pointer, 'locales/en.json': pointer }),
    );
    expect(large.unread).toMatchObject([
      { at: { path: 'perf/results/2026-05-02.json' }, reason: 'large-file-pointer' },
    ]);
  });

  it('says when a cited repository is not at hand', async () => {
    const { delegated } = await collector.collect(sourcesOver({}, 'repo:lumenpay/load-lab//results/payments.json'));
    expect(delegated).toMatchObject([{ to: 'repo:lumenpay/load-lab//results/payments.json' }]);
  });
});
