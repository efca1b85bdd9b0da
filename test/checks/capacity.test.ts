import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf, compared, percentLeft } from '../../src/checks/amount.ts';
import { carried, covers, measures } from '../../src/checks/operations/peak.ts';

const claimOf = (text: number | string) => ({ text, unit: '', pointer: '/nfrs/capacity' });

describe('amounts', () => {
  it.each([
    ['1GiB', '1024MiB'],
    ['1Gi', '1073741824 bytes'],
    ['2 GB', '2000MB'],
    ['60rpm', '1 requests/s'],
    ['2h', '120m'],
    ['400 connections', '400 connection'],
    ['80 %', '80%'],
  ])('%s is %s', (one, other) => {
    const [a, b] = compared(one, other) ?? [];
    expect(a?.value).toBeCloseTo(b?.value ?? Number.NaN, 6);
  });

  it.each([
    ['400 connections', '400 threads'],
    ['1GiB', '1rps'],
    ['fast', '3'],
    ['1,000', '1000'],
    ['5 messages/s', '5rps'],
    ['80 %', '80'],
  ])('%s and %s are not compared', (one, other) => {
    expect(compared(one, other)).toBeUndefined();
  });

  it('takes the unit it is given for a bare number only', () => {
    expect(amountOf(3, 'GiB')).toEqual(amountOf('3GiB'));
    expect(amountOf('3MiB', 'GiB')).toEqual(amountOf('3MiB'));
  });

  it('never throws on any text and gives only finite numbers', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (claim, unit) => {
        const amount = amountOf(claim, unit);
        expect(amount === undefined || Number.isFinite(amount.value)).toBe(true);
      }),
    );
  });
});

describe('what is left of a limit', () => {
  const some = fc.double({ min: 0.001, max: 1e9, noNaN: true });

  it('and what is used make the whole', () => {
    fc.assert(
      fc.property(some, some, (used, limit) => {
        expect((percentLeft(used, limit) ?? 0) + (used / limit) * 100).toBeCloseTo(100, 6);
      }),
    );
  });

  it('shrinks as more is used, and is below nothing beyond the limit', () => {
    fc.assert(
      fc.property(some, some, some, (used, more, limit) => {
        expect(percentLeft(used + more, limit)).toBeLessThanOrEqual(percentLeft(used, limit) ?? 0);
        expect((percentLeft(used, limit) ?? 0) < 0).toBe(used > limit);
      }),
    );
  });

  it('is nothing that can be told of a limit of nothing', () => {
    expect(percentLeft(1, 0)).toBeUndefined();
  });
});

describe('copies against the peak', () => {
  const count = fc.integer({ min: 0, max: 1000 });
  const load = fc.integer({ min: 1, max: 100_000 });

  it('more copies never carry less', () => {
    fc.assert(
      fc.property(count, count, load, load, (copies, more, each, peak) => {
        if (covers(copies, { each, peak, of: '' }, 1))
          expect(covers(copies + more, { each, peak, of: '' }, 1)).toBe(true);
      }),
    );
  });

  it('as many as the quotient, rounded up, are the least that do', () => {
    fc.assert(
      fc.property(load, load, (each, peak) => {
        const needed = Math.ceil(peak / each);
        expect(covers(needed, { each, peak, of: '' }, 1)).toBe(true);
        expect(covers(needed - 1, { each, peak, of: '' }, 1)).toBe(false);
      }),
    );
  });

  it('prints the sign that it decides by', () => {
    fc.assert(
      fc.property(count, load, load, fc.constantFrom(1, 1.5, 2), (copies, each, peak, margin) => {
        const sign = covers(copies, { each, peak, of: '' }, margin) ? '≥' : '<';
        expect(carried(copies, { each, peak, of: '' }, margin)).toContain(` ${sign} `);
      }),
    );
  });

  it('is told in one measure', () => {
    expect(measures(claimOf('60rps'), claimOf('3600rpm'))).toEqual({ each: 60, peak: 60, of: 'requests a second' });
    expect(measures(claimOf('60rps'), claimOf('450'))).toBeUndefined();
    expect(measures(claimOf('0rps'), claimOf('450rps'))).toBeUndefined();
    expect(measures({ ...claimOf(60), unit: 'rps' }, { ...claimOf(450), unit: '' })).toEqual({
      each: 60,
      peak: 450,
      of: 'requests a second',
    });
  });
});
