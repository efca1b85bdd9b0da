/** Facts of queries, and which signal they watch. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseQuery, signalsOf } from '../../src/evidence/queries/promql.ts';

describe('facts of a query', () => {
  it('are its metrics, matchers, windows and thresholds', () => {
    expect(
      analyseQuery(
        'sum by (job) (rate(http_requests_total{code=~"5..", job="pay"}[5m])) / sum(rate(http_requests_total[10m])) > 0.05',
      ),
    ).toMatchObject({
      metrics: [
        {
          name: 'http_requests_total',
          matchers: [
            { label: 'code', op: '=~', value: '5..' },
            { label: 'job', op: '=', value: 'pay' },
          ],
        },
        { name: 'http_requests_total', matchers: [] },
      ],
      functions: ['rate'],
      aggregations: ['sum'],
      comparisons: [{ op: '>', number: 0.05 }],
      ranges: ['5m', '10m'],
      divisions: true,
      numerators: [0],
      dialect: 'promql',
    });
  });

  it.each([
    ['up == bool 0', [{ op: '==', number: 0 }]],
    ['5 < up', [{ op: '>', number: 5 }]],
    ['a >= (14.4 * 0.001)', [{ op: '>=', number: 0.0144 }]],
    ['a < -1', [{ op: '<', number: -1 }]],
    ['a > b', [{ op: '>' }]],
    ['up offset 1h unless up', []],
    ['a{x!="y"}', []],
  ])('compares in %s', (query, comparisons) => {
    expect(analyseQuery(query).comparisons).toEqual(comparisons);
  });

  it('know series by __name__, by quoted names, and by labels only', () => {
    expect(analyseQuery('{__name__="up", a="b"}').metrics).toEqual([
      { name: 'up', matchers: [{ label: 'a', op: '=', value: 'b' }] },
    ]);
    expect(analyseQuery('{"http.server.requests", "k.8s"=~"x"}').metrics).toEqual([
      { name: 'http.server.requests', matchers: [{ label: 'k.8s', op: '=~', value: 'x' }] },
    ]);
    expect(analyseQuery('{job="x"}').metrics).toEqual([
      { name: '', matchers: [{ label: 'job', op: '=', value: 'x' }] },
    ]);
  });

  it('of an unless-style query are its operators', () => {
    expect(analyseQuery('up{job="pay"} offset 1h unless up{job="pay"}')).toMatchObject({
      ops: ['unless'],
      comparisons: [],
      dialect: 'promql',
    });
  });

  it.each([
    'sum(rate({app="pay"} |= "error" [5m])) > 10',
    'count_over_time({app="pay"} | json | level="error" [5m]) > 0',
    'sum(rate({app="pay"} |~ "timeout|refused" | logfmt [1m]))',
    'sum(rate({app="pay"} != "health" [1m]))',
  ])('are not guessed for LogQL: %s', (query) => {
    expect(analyseQuery(query)).toMatchObject({
      dialect: 'logql',
      metrics: [{ name: '', matchers: [{ label: 'app', op: '=', value: 'pay' }] }],
      comparisons: [],
    });
  });

  it('do not take quoted text for a pipeline', () => {
    expect(analyseQuery('up{path="} |= x"} == 0').dialect).toBe('promql');
    expect(analyseQuery('a{x="y"} != 3').dialect).toBe('promql');
  });

  it.each(['sum(', '', 'rate(x[5m]) > <threshold>', 'x ==', '('.repeat(15_000), 'a+'.repeat(9000)])(
    'say when it cannot be read: %#',
    (query) => {
      const facts = analyseQuery(query);
      expect(facts.dialect).toBe('unparsed');
      expect(facts.error).toBeTruthy();
    },
  );

  it('never throw', () => {
    const pieces = fc.constantFrom(
      'sum(',
      'rate(',
      'x',
      '{',
      '}',
      'a="b"',
      '[5m',
      ']',
      ')',
      ' > ',
      '5',
      ' and ',
      '/',
      '|=',
      '"',
      '`',
      "'",
      '\\',
      '@',
      ':',
      '1h',
      ' by ',
      '\n',
      '#',
      '\uD800',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 40 }).map((it) => it.join('')),
        ),
        (query) => {
          const facts = analyseQuery(query);
          expect(signalsOf(facts, query).signals.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('signals', () => {
  it.each([
    ['histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 0.4', ['latency']],
    ['histogram_quantile(0.9, rate(checkout_seconds_bucket[5m])) > 1', ['latency']],
    ['histogram_quantile(0.9, rate(upload_size_bytes_bucket[5m])) > 1e6', ['other']],
    ['gitlab_service_apdex:ratio < 0.9', ['latency']],
    ['sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) > 0.01', ['errors']],
    ['sum(rate(http_requests_total{code!~"5.."}[5m])) / sum(rate(http_requests_total[5m])) < 0.99', ['errors']],
    ['sum(rate(http_requests_total{code!~"2.."}[5m])) > 1', ['errors']],
    ['rate(grpc_server_handled_total{grpc_code="Unavailable"}[5m]) > 0', ['errors']],
    ['increase(payment_failures_total[10m]) > 5', ['errors']],
    ['rate(jobs_total{result="failed"}[5m]) > 0', ['errors']],
    ['sum(rate(http_requests_total[5m])) < 1', ['traffic']],
    ['sum(rate(http_request_duration_seconds_count[5m])) < 1', ['traffic']],
    ['container_memory_working_set_bytes / container_spec_memory_limit_bytes > 0.9', ['saturation']],
    ['sum(kafka_consumergroup_lag{topic="payments"}) > 1000', ['saturation']],
    ['rabbitmq_queue_messages_ready > 500', ['saturation']],
    ['hikaricp_connections_active / hikaricp_connections_max > 0.9', ['saturation']],
    ['up{job="pay"} == 0', ['availability']],
    ['pg_up == 0', ['availability']],
    ['absent(payments_processed)', ['availability']],
    ['kube_deployment_status_replicas_available == 0', ['availability']],
    ['increase(kube_pod_container_status_restarts_total[15m]) > 3', ['availability']],
    ['probe_success == 0', ['availability']],
    ['slo:error_budget:remaining < 0.1', ['burn-rate']],
    ['x509_cert_not_after - time() < 86400', ['other']],
    ['histogram_quantile(0.01, rate(client_certificate_expiration_seconds_bucket[5m])) < 86400', ['other']],
    ['sum(job:http_request_duration_seconds_count:rate5m{status_code=~"5.."}) > 1', ['errors']],
    ['sum(rate(cdn_responses_total{status_group="5xx"}[2m])) > 1', ['errors']],
    ['rate(collector_receiver_refused_spans_total[5m]) > 0', ['errors']],
    ['search_successful_requests:ratio_rate5m < 0.99', ['errors']],
    ['search_response_times_p90:rate5m > 2', ['latency']],
  ])('of %s are %j', (query, signals) => {
    expect(signalsOf(analyseQuery(query), 'Alert').signals).toEqual(signals);
  });

  it('need whole words: slow inserts are no service level objective', () => {
    const facts = analyseQuery('rate(mysql_insert_seconds_sum[5m]) > 1');
    const { signals } = signalsOf(facts, 'SlowInserts');
    expect(signals).not.toContain('burn-rate');
    expect(signalsOf(analyseQuery('increase(mysql_global_status_uptime_resets[5m]) > 0'), 'Uptime').signals).toEqual([
      'other',
    ]);
  });

  it('come from the name only where the query says nothing', () => {
    expect(signalsOf(analyseQuery('pay:checkout:p99 > 2'), 'CheckoutHighLatency')).toMatchObject({
      signals: ['latency'],
      from: 'name',
    });
    expect(signalsOf(analyseQuery('up == 0'), 'HighLatency')).toMatchObject({
      signals: ['availability'],
      from: 'expr',
    });
    expect(signalsOf(analyseQuery('vendor_thing > 2'), 'VendorThing')).toMatchObject({
      signals: ['other'],
      from: 'expr',
    });
  });

  it('see two windows of one measure and the pace of a budget', () => {
    const burn = 'pay:errors:ratio_rate1h > (14.4 * 0.001) and pay:errors:ratio_rate5m > (14.4 * 0.001)';
    expect(signalsOf(analyseQuery(burn), 'PayBudget')).toMatchObject({
      multiWindow: true,
      signals: expect.arrayContaining(['burn-rate']),
    });
    const ranges =
      'sum(rate(errs_total[1h])) / sum(rate(all_total[1h])) > 6 * 0.001 and sum(rate(errs_total[5m])) / sum(rate(all_total[5m])) > 6 * 0.001';
    expect(signalsOf(analyseQuery(ranges), 'X')).toMatchObject({
      multiWindow: true,
      signals: expect.arrayContaining(['burn-rate']),
    });
    expect(signalsOf(analyseQuery('a > 1 and b > 1'), 'X').multiWindow).toBe(false);
    expect(signalsOf(analyseQuery('rate(a[1h]) > 1 or rate(a[5m]) > 1'), 'X').multiWindow).toBe(false);
  });

  it('see labels that only SLO alerts carry, where two windows are compared', () => {
    const facts = analyseQuery('a:ratio_rate1h > 0.01 and a:ratio_rate5m > 0.01');
    expect(signalsOf(facts, 'X', { sloth_id: 'pay-availability' }).signals).toContain('burn-rate');
    expect(signalsOf(facts, 'X', { team: 'pay' }).signals).not.toContain('burn-rate');
  });
});

describe('what is divided', () => {
  it.each([
    ['errors / requests > 0.1', [0]],
    ['errors / 60 > 1', []],
    ['sum(rate(a[5m])) / (sum(rate(b[5m])) + 1)', [0]],
    ['(a + b) / c', [0, 1]],
    ['1 / a', []],
    ['a / 2 / b', [0]],
    ['a > b', []],
  ])('in %s, by another selector', (query, divided) => {
    expect(analyseQuery(query).divided).toEqual(divided);
  });
});
