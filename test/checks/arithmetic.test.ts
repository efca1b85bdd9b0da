/** The laws of sums and products, and that what is printed never contradicts what was computed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allNeeded,
  duration,
  oneAfterTheOther,
  percent,
  plain,
  productAgainst,
  reaches,
  same,
  sideBySide,
  sumAgainst,
  worstWait,
} from '../../src/checks/arithmetic.ts';

const share = fc.double({ min: 0.01, max: 100, noNaN: true });
const shares = fc.array(share, { maxLength: 8 });
const times = fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 8 });

describe('parts that are all needed', () => {
  it('multiply', () => {
    expect(allNeeded([])).toBe(100);
    expect(allNeeded([99.95, 99.95, 99.9])).toBeCloseTo(99.800_125, 6);
  });

  it('are never better than the worst of them', () => {
    fc.assert(fc.property(shares, (parts) => reaches(Math.min(100, ...parts), allNeeded(parts))));
  });

  it('do not depend on the order, nor on how they are grouped', () => {
    fc.assert(
      fc.property(shares, shares, (a, b) => {
        const whole = allNeeded([...a, ...b]);
        expect(allNeeded([...b, ...a])).toBeCloseTo(whole, 9);
        expect(allNeeded([allNeeded(a), allNeeded(b)])).toBeCloseTo(whole, 9);
      }),
    );
  });

  it('do not change by a part that never fails', () => {
    fc.assert(fc.property(shares, (parts) => same(allNeeded([...parts, 100]), allNeeded(parts))));
  });
});

describe('times', () => {
  it('add up one after the other, whatever the order and the grouping', () => {
    fc.assert(
      fc.property(times, times, (a, b) => {
        const whole = oneAfterTheOther([...a, ...b]);
        expect(oneAfterTheOther([...b, ...a])).toBe(whole);
        expect(oneAfterTheOther([oneAfterTheOther(a), oneAfterTheOther(b)])).toBe(whole);
      }),
    );
  });

  it('side by side are the longest of them, which is never more than their sum', () => {
    fc.assert(
      fc.property(times, (parts) => {
        const longest = sideBySide(parts);
        expect(longest).toBe(parts.length === 0 ? 0 : Math.max(...parts));
        expect(longest).toBeLessThanOrEqual(oneAfterTheOther(parts));
      }),
    );
  });

  it('with retries are the first try and every further one', () => {
    expect(worstWait(900, 0)).toBe(900);
    expect(worstWait(900, 2)).toBe(2700);
  });
});

describe('comparisons', () => {
  it('forgive the rounding of the machine and nothing else', () => {
    expect(reaches(allNeeded([99.9]), 99.9)).toBe(true);
    expect(reaches(0.1 + 0.2, 0.3)).toBe(true);
    expect(reaches(99.8999, 99.9)).toBe(false);
    expect(same(99.95, 99.9501)).toBe(false);
  });
});

describe('what is printed', () => {
  it('shows the equation', () => {
    expect(productAgainst([99.95, 99.95, 99.9], 99.9)).toBe('0.9995 × 0.9995 × 0.9990 = 99.80 % < 99.90 %');
    expect(productAgainst([99.95], 99.9)).toBe('99.95 % ≥ 99.90 %');
    expect(sumAgainst(['600ms', '400ms', '900ms'], 1900, 2000)).toBe('600ms + 400ms + 900ms = 1.9s ≤ 2s');
    expect(sumAgainst(['4s'], 4000, 3000)).toBe('4s > 3s');
  });

  it('shows more decimals rather than two equal numbers with an unequal sign', () => {
    expect(productAgainst([99.95, 99.95], 99.901)).toBe('0.9995 × 0.9995 = 99.900 % < 99.901 %');
    expect(percent(99.899_96, 99.9)).toBe('99.89996 %');
    expect(sumAgainst(['30.4s', '30.2s'], 60_600, 60_500)).toBe('30.4s + 30.2s = 60600ms > 60500ms');
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 900_000 }), (parts, limit) => {
        const total = oneAfterTheOther(parts);
        const [left, right] = [duration(total, limit), duration(limit, total)];
        expect(left === right).toBe(total === limit);
      }),
    );
  });

  it('keeps plain numbers short', () => {
    expect([plain(312.4), plain(300), plain(1 / 3)]).toEqual(['312.4', '300', '0.333']);
  });
});
