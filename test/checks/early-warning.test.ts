import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf } from '../../src/checks/amount.ts';
import { timingOf } from '../../src/checks/operations/early-warning.ts';
import { queryFacts } from '../../src/evidence/alerts/rule.ts';

function timing(expr: string, limit?: number | string) {
  return timingOf({ expr, ...queryFacts(expr, '', {}) }, amountOf(limit));
}

describe('when an alert fires', () => {
  it.each([
    ['used / max > 0.8', undefined, 'before'],
    ['used / max > 1', undefined, 'late'],
    ['100 * used / max > 80', undefined, 'before'],
    ['100 * used / max >= 100', undefined, 'late'],
    ['1 - used / max < 0.1', undefined, 'before'],
    ['free_bytes / size_bytes < 0', undefined, 'late'],
    ['not_after - time() < 14 * 86400', undefined, 'before'],
    ['not_after - time() <= 0', undefined, 'late'],
    ['predict_linear(free_bytes[6h], 3600) < 0', undefined, 'before'],
    ['predict_linear(free_bytes[6h], 3600) < 0 and free_bytes / size_bytes < 0', undefined, 'late'],
    ['used_bytes > 4e9', '5GB', 'before'],
    ['used_bytes > 5e9', '5GB', 'late'],
    ['used_things > 4', '5GB', 'unclear'],
    ['connections > 300', 400, 'before'],
    ['connections > 300', undefined, 'unclear'],
    ['connections > connections_max', 400, 'unclear'],
    ['rate(calls_total[1m]) > 80', '100rps', 'before'],
    ['rate(calls_total[1m]) > 80', 400, 'unclear'],
    ['used / max > 0.8 and used > 0 unless on() silenced == 1', 400, 'before'],
    ['used / max > 1 or used / max > 0.8', undefined, 'unclear'],
    ['absent(used)', 400, 'unclear'],
  ])('%s of %s: %s', (expr, limit, wanted) => {
    expect(timing(expr, limit)).toBe(wanted);
  });

  it('before the limit for every number below it, and late for every other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 2e6 }), (limit, number) => {
        expect(timing(`connections > ${number}`, limit)).toBe(number < limit ? 'before' : 'late');
      }),
    );
  });

  it('and is told of any text, without an exception', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (expr, limit) => {
        expect(['before', 'late', 'unclear']).toContain(timing(expr, limit));
      }),
    );
  });
});
