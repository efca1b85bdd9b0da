/** What the fields of one alert say, over queries as they are written. */
import { describe, expect, it } from 'vitest';
import { explanationOf, flaps, teamOf } from '../../src/checks/observability/alert-fields.ts';
import { type Alert, collector } from '../../src/evidence/alerts.ts';
import { collected } from '../evidence/collected.ts';

async function alertOn(expr: string, more = ''): Promise<Alert> {
  const rule = `groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: ${JSON.stringify(expr)}\n${more}`;
  const { facts } = await collected(collector, { 'alerts.yaml': rule });
  const [alert] = facts.alerts;
  if (!alert) throw new Error('no alert was read');
  return alert;
}

describe('an alert flaps', () => {
  it.each([
    ['queue_length > 200', true],
    ['up{job="api"} == 0', true],
    ['sum(rate(errors_total[5m])) > 1', false],
    ['api:error_ratio:rate1h > 0.01', false],
    ['absent(up{job="api"})', false],
    ['build_info unless build_info offset 10m', false],
    ['errors_total - errors_total offset 2m > 0', false],
    ['time() - last_success_timestamp_seconds > 3600', false],
    ['certificate_ttl_seconds < 86400', false],
    ['vector(1)', false],
    ['max_over_time(queue_length[10m]) > 200', false],
  ])('%s: %s', async (expr, expected) => {
    expect(flaps(await alertOn(expr))).toBe(expected);
  });

  it('not when it holds, and not when zero is written down', async () => {
    expect(flaps(await alertOn('queue_length > 200', '        for: 5m\n'))).toBe(false);
    expect(flaps(await alertOn('queue_length > 200', '        for: 0m\n'))).toBe(false);
  });

  it('not as far as one can tell when its query is not PromQL', async () => {
    expect(flaps(await alertOn('this is no query >>> at all'))).toBe(false);
  });
});

describe('an explanation', () => {
  it('is any of the texts, with labels in it, and no placeholder', () => {
    const keys = ['summary', 'description'];
    expect(explanationOf({ annotations: { description: '{{ $labels.pod }} is down' } }, keys)).toBeDefined();
    expect(explanationOf({ annotations: { summary: 'TODO' } }, keys)).toBeUndefined();
    expect(explanationOf({ annotations: { summary: 'TODO', description: 'it is down' } }, keys)).toBe('it is down');
    expect(explanationOf({ annotations: { note: 'it is down' } }, keys)).toBeUndefined();
  });
});

it('a team is a label with somebody in it', () => {
  expect(teamOf({ labels: { owner: 'ledger' } }, ['team', 'owner'])).toBe('ledger');
  expect(teamOf({ labels: { team: '', owner: 'TBD' } }, ['team', 'owner'])).toBeUndefined();
});
