/** Which alert is meant by whoever was just woken: never one that does not exist, and never one of several. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allNearest, nearest } from '../../src/nearest.ts';
import { alertMeant } from '../../src/page/name.ts';
import { anyCharacter } from '../any-character.ts';

const KNOWN = ['StockUnreachable', 'OrdersSlow', 'OrdersFailing', 'OrdersFailingFast', 'Watchdog'];

describe('the alert that is meant', () => {
  it.each([
    ['OrdersFailing', 'OrdersFailing', 'exact'],
    ['ordersfailing', 'OrdersFailing', 'spelling'],
    ['stock-unreachable', 'StockUnreachable', 'spelling'],
    ['[FIRING:1] OrdersSlow (orders-api critical)', 'OrdersSlow', 'within'],
    ['ALERT OrdersFailingFast for 5m', 'OrdersFailingFast', 'within'],
    ['unreach', 'StockUnreachable', 'part'],
    ['WatchDgo', 'Watchdog', 'near'],
    ['StockUnraechable', 'StockUnreachable', 'near'],
  ])('by %s is %s', (given, name, how) => {
    expect(alertMeant(given, KNOWN)).toEqual({ kind: 'one', name, how });
  });

  it('is asked for where a part or a misspelling fits several', () => {
    expect(alertMeant('orders', KNOWN)).toEqual({
      kind: 'several',
      names: ['OrdersFailing', 'OrdersFailingFast', 'OrdersSlow'],
    });
    expect(alertMeant('DiskFvll', ['DiskFull', 'DiskFell'])).toEqual({
      kind: 'several',
      names: ['DiskFell', 'DiskFull'],
    });
  });

  it.each(['', '  ', '---', 'Payroll', 'xy'])('is none for "%s"', (given) => {
    expect(alertMeant(given, KNOWN)).toEqual({ kind: 'none' });
  });

  it('is only hinted at where more than a slip, or a number, is different', () => {
    expect(alertMeant('OrdersMelting', KNOWN)).toEqual({ kind: 'none', like: 'OrdersFailing' });
    expect(alertMeant('errors-in-1-minute', ['errors-in-5-minutes'])).toEqual({
      kind: 'none',
      like: 'errors-in-5-minutes',
    });
  });

  it('is always one of those that exist', () => {
    const name = fc.oneof(fc.constantFrom(...KNOWN), fc.string({ unit: anyCharacter, maxLength: 30 }));
    fc.assert(
      fc.property(name, fc.array(name, { maxLength: 8 }), (given, known) => {
        const meant = alertMeant(given, known);
        const names = meant.kind === 'one' ? [meant.name] : meant.kind === 'several' ? meant.names : [];
        expect(names.filter((it) => !known.includes(it))).toEqual([]);
        if (known.includes(given.trim())) expect(meant).toMatchObject({ kind: 'one', name: given.trim() });
      }),
    );
  });

  it('is among the nearest, which are all as near as the nearest', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
    fc.assert(
      fc.property(word, fc.uniqueArray(word, { maxLength: 10 }), (given, known) => {
        const all = allNearest(given, known);
        expect(nearest(given, known)).toBe(all[0]);
        // Each alone is found as well, and none that is left out is found before one of them.
        for (const it of all) expect(nearest(given, [it])).toBe(it);
        for (const it of known)
          if (!all.includes(it)) expect(all.length === 0 ? undefined : nearest(given, [...all, it])).toBe(all[0]);
      }),
    );
  });
});
