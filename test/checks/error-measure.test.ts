import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JudgedAlert } from '../../src/checks/alert-scope.ts';
import { measureOf } from '../../src/checks/operations/error-measure.ts';
import { queryFacts } from '../../src/evidence/alerts/rule.ts';

function alert(expr: string, more: Partial<JudgedAlert> = {}): JudgedAlert {
  const at = { path: 'ops/alerts.yaml', line: 1 };
  return {
    name: 'SomeErrors',
    engine: 'prometheus',
    expr,
    ...queryFacts(expr, 'SomeErrors', {}),
    labels: {},
    annotations: {},
    file: at.path,
    at,
    exprAt: at,
    labelsAt: {},
    annotationsAt: {},
    templated: [],
    conditions: [],
    urgency: { templated: false, wakes: 'yes', informational: false },
    ...more,
  };
}

describe('how an alert measures errors', () => {
  it.each([
    ['rate(a_errors_total[5m]) / rate(a_requests_total[5m]) > 0.1', 'share'],
    ['1 - rate(a_success_total[5m]) / rate(a_requests_total[5m]) > 0.1', 'share'],
    ['job:error_ratio:rate5m > 0.01', 'share'],
    ['rate(a_errors_total[5m]) / rate(a_requests_total[5m]) > 0.1 and rate(a_errors_total[5m]) > 1', 'share'],
    ['rate(a_errors_total[5m]) / rate(a_requests_total[5m]) > 0.1 or rate(a_errors_total[5m]) > 9', 'unclear'],
    ['rate(a_errors_total[5m]) > 9 and a_cache_ratio > 0.5', 'count'],
    ['rate(a_errors_total[5m]) / 60 > 9', 'count'],
    ['rate(a_requests_total{code="500"}[5m]) > 0', 'count'],
    ['job:a_errors:rate5m > 4', 'count'],
    ['increase(a_backup_failures_total[1d]) > 0', 'first'],
    ['kube_job_status_failed > 0', 'state'],
    ['rate(queue_depth[5m]) / rate(a_errors_total[5m]) > 3', 'unclear'],
  ])('%s: %s', (expr, wanted) => {
    expect(measureOf(alert(expr))).toBe(wanted);
  });

  it.each([
    ['sum(last_5m):sum:a.errors{env:prod}.as_count() / sum:a.requests{env:prod}.as_count() > 0.05', 'share'],
    ['sum(last_5m):sum:a.errors{path:/x/y}.as_count() > 50', 'count'],
    ['sum(last_5m):sum:a.errors{env:prod}.as_count() / 60 > 1', 'unclear'],
  ])("Datadog's %s: %s", (expr, wanted) => {
    const metrics = [{ name: 'a.errors', matchers: [] }];
    const comparisons = [{ op: '>' as const, number: 50 }];
    const read = { dialect: 'unparsed' as const, signalsFrom: 'expr' as const, functions: ['increase'] };
    expect(measureOf(alert(expr, { engine: 'datadog', metrics, comparisons, ...read }))).toBe(wanted);
  });

  it('is told of any text, without an exception', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('datadog' as const, 'prometheus' as const), (expr, engine) => {
        expect(['share', 'count', 'first', 'state', 'unclear']).toContain(measureOf(alert(expr, { engine })));
      }),
    );
  });
});
