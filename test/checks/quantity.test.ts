/** Numbers with units: what people write, what is refused, and what may be compared with what. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentOf, quantity, rateOf, timeOf, written } from '../../src/checks/quantity.ts';

function parsed(claim: number | string, unit?: string) {
  const found = quantity(claim, unit);
  if (!found) throw new Error(`${claim} is no quantity`);
  return found;
}

describe('quantity', () => {
  it('reads numbers with the unit behind them or beside them', () => {
    expect(parsed('400ms')).toEqual({ value: 400, unit: 'ms' });
    expect(parsed('< 400 ms')).toEqual({ value: 400, unit: 'ms' });
    expect(parsed(300, 'rps')).toEqual({ value: 300, unit: 'rps' });
    expect(parsed('1_500 req/s')).toEqual({ value: 1500, unit: 'req/s' });
    expect(parsed(0.1)).toEqual({ value: 0.1, unit: '' });
  });

  it('refuses adjectives, ranges and numbers with two readings', () => {
    for (const claim of ['fast', '', 'as low as possible', '1,000rps', '200-300ms', '~'])
      expect(quantity(claim)).toBeUndefined();
    expect(quantity(undefined)).toBeUndefined();
    expect(quantity(Number.NaN)).toBeUndefined();
  });

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string(), (claim) => {
        const found = quantity(claim);
        return found === undefined || [timeOf(found), rateOf(found), percentOf(found), written(found)].length === 4;
      }),
    );
  });
});

describe('units', () => {
  it('turns times into milliseconds', () => {
    expect([
      timeOf(parsed('400ms')),
      timeOf(parsed('1.5s')),
      timeOf(parsed('2 minutes')),
      timeOf(parsed('4h')),
    ]).toEqual([400, 1500, 120_000, 14_400_000]);
    expect(timeOf(parsed('300rps'))).toBeUndefined();
    expect(timeOf(parsed('400'))).toBeUndefined();
  });

  it('turns rates into rates per second and knows what is counted', () => {
    expect(rateOf(parsed('300rps'))).toEqual({ perSecond: 300, requests: true });
    expect(rateOf(parsed('600 req/min'))).toEqual({ perSecond: 10, requests: true });
    expect(rateOf(parsed('120 requests per second'))).toEqual({ perSecond: 120, requests: true });
    expect(rateOf(parsed('7200 orders/h'))).toEqual({ perSecond: 2, requests: false });
    expect(rateOf(parsed('300'))).toBeUndefined();
    expect(rateOf(parsed('300MB'))).toBeUndefined();
  });

  it('takes a bare number or one with the sign for a percentage', () => {
    expect([percentOf(parsed(99.95)), percentOf(parsed('0.1%')), percentOf(parsed('99.9 percent'))]).toEqual([
      99.95, 0.1, 99.9,
    ]);
    expect(percentOf(parsed('120%'))).toBeUndefined();
    expect(percentOf(parsed('400ms'))).toBeUndefined();
  });

  it('writes a quantity as people do', () => {
    expect([written(parsed('400 ms')), written(parsed('0.1%')), written(parsed('12 /s')), written(parsed(7))]).toEqual([
      '400ms',
      '0.1 %',
      '12 /s',
      '7',
    ]);
  });
});
