/** Timeouts and retries with their keys, in many languages; what is not one, or is commented out, is not found. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collector as records } from '../../src/evidence/baseline-records.ts';
import { collector } from '../../src/evidence/claimed-numbers.ts';
import type { Sources } from '../../src/evidence/collector.ts';
import { collector as tests } from '../../src/evidence/fallback-tests.ts';
import { keyedNumbers } from '../../src/evidence/number-lines.ts';
import { openReading, openSources } from '../../src/evidence/sources.ts';
import { loadManifest } from '../../src/manifest/load.ts';
import { memoryRepo } from '../../src/repo/memory.ts';

/** `line topic value unit`, with a ~ where something stands between key and number. */
function found(text: string): readonly string[] {
  return keyedNumbers(text).map(
    ({ line, topic, value, unit, direct }) => `${line} ${topic} ${direct ? '' : '~'}${value}${unit}`,
  );
}

describe('timeouts', () => {
  it('are found in nested configuration, by the key or by the key around it', () => {
    const yaml =
      'clients:\n  card-gateway:\n    timeout:\n      connect: 300ms\n      request: 0.9s\n  ledger:\n    read-timeout: 2s\n';
    expect(found(yaml)).toEqual(['4 connect 300ms', '5 request 900ms', '7 request 2000ms']);
    expect(keyedNumbers(yaml)[1]?.path).toBe('clients: card-gateway: timeout: request:');
    expect(found('{"timeout": {"connect": 300, "request": 900}, "pool": {"request": 7}}')).toEqual([
      '1 connect 300',
      '1 request 900',
    ]);
    expect(found('[clients.card-gateway]\ntimeout_ms = 900\n')).toEqual(['2 request 900ms']);
  });

  it('are found in code, with the unit that the language spells', () => {
    expect(found('axios.create({\n  timeout: 900,\n  connectTimeout: 300,\n})')).toEqual([
      '2 request 900',
      '3 connect 300',
    ]);
    expect(found('.connectTimeout(Duration.ofMillis(300))\n.readTimeout(2, TimeUnit.SECONDS)')).toEqual([
      '1 connect 300ms',
      '2 request 2000ms',
    ]);
    expect(found('Timeout: 900 * time.Millisecond,\nDialTimeout: time.Second * 2')).toEqual([
      '1 request 900ms',
      '2 connect 2000ms',
    ]);
    expect(found('httpx.Client(timeout=httpx.Timeout(0.9, connect=0.3))')).toEqual(['1 request 0.9', '1 connect 0.3']);
    expect(found('http.open_timeout = 2\nhttp.read_timeout = 900.milliseconds')).toEqual([
      '1 connect 2',
      '2 request 900ms',
    ]);
    expect(found('new Pool({\n  connectionTimeoutMillis: 2_000,\n})\npool:\n  timeout: 9')).toEqual([
      '2 connect 2000ms',
    ]);
    expect(found('timeout = 5 * 1000\nrequest_timeout_seconds: 2.5')).toEqual(['1 request 5000ms', '2 request 2500ms']);
    expect(found('url = "postgres://db/pay?connect_timeout=2&statement_timeout=1500"')).toEqual([
      '1 connect 2',
      '1 request 1500',
    ]);
  });

  it('behind a default are marked as not side by side with their key', () => {
    expect(found('timeout: Number(process.env.GATEWAY_TIMEOUT_MS ?? 900)')).toEqual(['1 request ~900ms']);
  });

  it('are not found in comments, in timers, in choices, nor where the key is about something else', () => {
    expect(found('# timeout: 900\n// timeout: 900\n/* timeout:\n 900 */\nx: 1 # timeout: 900')).toEqual([]);
    expect(found('setTimeout(() => go(), 900)\ntimeout: isProd ? 900 : 5000\nfoo(timeout, size: 900)')).toEqual([]);
    expect(
      found('idleTimeout: 900\nkeepAliveTimeout: 900\nlivenessProbe:\n  timeoutSeconds: 9\nretryTimeout: 900'),
    ).toEqual([]);
    expect(found('We wait 900 ms. port: 900')).toEqual([]);
  });
});

describe('retries', () => {
  it('are counts; attempts are named as such', () => {
    expect(found('max_retries = 2\nretry_delay_ms = 100\nretryBackoff: 3')).toEqual(['1 retries 2']);
    expect(found('retry: { max: 2, delay: 50 }')).toEqual(['1 retries 2']);
    expect(found('f.request :retry, max: 0, interval: 0.05')).toEqual(['1 retries 0']);
    expect(found('Retry(total=3, backoff_factor=1)')).toEqual(['1 retries 3']);
    expect(found('resilience4j.retry.instances.cardGateway.maxAttempts=3')).toEqual(['1 attempts 3']);
    expect(found('retries: 2s\nretries: 5000')).toEqual([]);
  });
});

it('reading numbers never throws', () => {
  const word = fc.constantFrom(
    'timeout',
    'retry',
    'connect',
    ':',
    '=',
    '{',
    '}',
    '(',
    ')',
    ',',
    '900',
    'ms',
    '\n',
    '  ',
    '"',
    '/*',
    '*/',
    '?',
    '[a]',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word).map((it) => it.join(' ')),
      ),
      (text) => {
        for (const { value, line } of keyedNumbers(text))
          expect([Number.isFinite(value), line > 0]).toEqual([true, true]);
      },
    ),
  );
});

function sourcesOver(claims: string, files: Record<string, string>): Sources {
  const repo = memoryRepo({
    files: { 'gonogo.yaml': `apiVersion: gonogo/v1\nkind: Service\nname: payments-api\ntier: 1\n${claims}`, ...files },
  });
  return openSources(
    openReading(repo, () => undefined),
    loadManifest(repo, 'gonogo.yaml', '2026-11-16'),
    [],
  );
}

describe('the collectors', () => {
  it('read the files that the manifest cites, and say which are prose', async () => {
    const claims =
      'timeout: { request: 3s, evidence: deploy/ingress.yaml }\ndependencies:\n  - { id: card-gateway, timeout: { request: 900ms, evidence: [config/http.yaml, docs/timeouts.md] } }\n';
    const { facts } = await collector.collect(
      sourcesOver(claims, {
        'deploy/ingress.yaml': 'proxy-read-timeout: 3s\n',
        'config/http.yaml': 'card-gateway:\n  timeout: 900ms\n',
        'docs/timeouts.md': 'timeout: 900ms\n',
      }),
    );
    expect(
      facts.files.map(({ pointer, at, document, numbers }) => [pointer, at.path, document, numbers.length]),
    ).toEqual([
      ['/timeout/evidence/0', 'deploy/ingress.yaml', false, 1],
      ['/dependencies/0/timeout/evidence/0', 'config/http.yaml', false, 1],
      ['/dependencies/0/timeout/evidence/1', 'docs/timeouts.md', true, 0],
    ]);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  it('date a record by its head, else by its name, and read its numbers', async () => {
    const claims =
      'nfrs:\n  latency_p99: { target: 400ms, baselined: { on: 2025-11-02, evidence: docs/nfr/baseline.md } }\n  throughput: { target: 300rps, baselined: { on: 2025-11-02, evidence: docs/nfr/2025-11-02-load.md } }\n';
    const { facts } = await records.collect(
      sourcesOver(claims, {
        'docs/nfr/baseline.md':
          '# Baseline\n\nDate: 2025-11-02\n\n| p99 latency | 400 ms | at 300 requests per second |\n',
        'docs/nfr/2025-11-02-load.md': '# Load\n\nMeasured on the ring road, 1_200 cars/h, ADR-0007, 99.95%.\n',
      }),
    );
    const [first, second] = facts.records;
    expect(first?.dated).toEqual({ on: '2025-11-02', at: { path: 'docs/nfr/baseline.md', line: 3 } });
    expect(first?.numbers.map(({ value, unit }) => `${value} ${unit}`)).toEqual(['400 ms', '300 requests per second']);
    expect(second?.dated).toEqual({ on: '2025-11-02', at: { path: 'docs/nfr/2025-11-02-load.md' } });
    expect(second?.numbers.map(({ value, unit }) => `${value} ${unit}`)).toEqual(['1200 cars/h', '99.95 %']);
  });

  it('count cases and those that are always skipped', async () => {
    const cases: readonly (readonly [string, string, number, number])[] = [
      ['a.spec.ts', "describe('down', () => {\n  it('queues', () => {});\n  it.skip('tells', () => {});\n});", 2, 1],
      ['b.spec.ts', "describe.skip('down', () => {\n  it('queues', () => {});\n});", 1, 1],
      [
        'c_test.go',
        'func TestDown(t *testing.T) {\n\tt.Skip("flaky")\n}\nfunc TestUp(t *testing.T) {\n\tif testing.Short() {\n\t\tt.Skip()\n\t}\n}',
        2,
        1,
      ],
      [
        'test_d.py',
        '@pytest.mark.skip(reason="x")\ndef test_down():\n    pass\n@pytest.mark.skipif(sys.platform == "win32")\ndef test_up():\n    pass',
        2,
        1,
      ],
      ['DownTest.java', '@Disabled("later")\nclass DownTest {\n  @Test\n  void queues() {}\n}', 1, 1],
      ['down.rs', '#[test]\n#[ignore]\nfn queues() {}', 1, 1],
      ['down.txt', 'nothing here', 0, 0],
    ];
    for (const [path, text, count, skipped] of cases) {
      const { facts } = await tests.collect(
        sourcesOver(`dependencies:\n  - { id: rates, fallback: { kind: cached rates, test: ${path} } }\n`, {
          [path]: text,
        }),
      );
      expect([path, facts.tests[0]?.cases, facts.tests[0]?.skipped.length]).toEqual([path, count, skipped]);
    }
  });
});
