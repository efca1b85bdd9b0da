/** Answers of Prometheus and Alertmanager, and the share of good events. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runningConfiguration } from '../../src/live/alertmanager.ts';
import { attainment, overWindow } from '../../src/live/attainment.ts';
import { activeAlertmanagers, oneNumber, runningRules } from '../../src/live/prometheus.ts';

function vector(...values: readonly string[]): unknown {
  const result = values.map((value) => ({ metric: {}, value: [1794830400, value] }));
  return { status: 'success', data: { resultType: 'vector', result } };
}

describe('answers', () => {
  it('of any form are read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const read of [runningRules, oneNumber, activeAlertmanagers, runningConfiguration]) {
          expect(() => read(value)).not.toThrow();
          expect(() =>
            read({ status: 'success', config: value, data: { groups: value, resultType: 'vector', result: value } }),
          ).not.toThrow();
        }
      }),
    );
  });

  it('of a query are a number, nothing, or a sentence', () => {
    expect(oneNumber(vector('0.5'))).toBe(0.5);
    expect(oneNumber(vector())).toBeNull();
    expect(oneNumber(vector('1', '2'))).toBe('gives 2 series where one number is needed');
    expect(oneNumber(vector('NaN'))).toBe('gives no number: there were no events');
    expect(oneNumber(vector('+Inf'))).toBe(Number.POSITIVE_INFINITY);
    expect(oneNumber({ status: 'success', data: { resultType: 'scalar', result: [1, '3'] } })).toBe(3);
    expect(oneNumber({ status: 'error', errorType: 'bad_data', error: 'parse error' })).toBeUndefined();
  });
});

describe('attainment', () => {
  it('is between 0 and 100 percent, and errors and good events are two sides of one share', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
        (part, more) => {
          const total = part + more;
          const [good, errors] = [attainment({ of: 'good' }, part, total), attainment({ of: 'errors' }, part, total)];
          expect(good).toBeGreaterThanOrEqual(0);
          expect(errors).toBeLessThanOrEqual(100);
          expect((good ?? 0) + (errors ?? 0)).toBeCloseTo(100, 6);
        },
      ),
    );
  });

  it('is not known where the numbers are no share', () => {
    for (const [part, total] of [
      [1, 0],
      [-1, 2],
      [3, 2],
      [Number.NaN, 2],
      [1, Number.NaN],
      [Number.POSITIVE_INFINITY, 2],
    ] as const)
      expect(attainment({ of: 'good' }, part, total)).toBeUndefined();
  });

  it('is asked for over the whole window', () => {
    expect(overWindow('rate(a[{{.window}}]) / rate(b[{{ window }}])', '30d')).toBe('rate(a[30d]) / rate(b[30d])');
  });
});
