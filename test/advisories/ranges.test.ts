import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, intervalOf, intervalText, simplified } from '../../src/advisories/interval.ts';
import { EVENT_KINDS, intervalsOf, type RangeEvent } from '../../src/advisories/ranges.ts';
import type { Ecosystem } from '../../src/versions/order.ts';
import { orderOf } from '../../src/versions/orders.ts';
import { includedInRange } from './osv.ts';

function texts(...events: readonly string[]): readonly string[] {
  return intervalsOf(
    orderOf('npm'),
    events.map((event) => {
      const [kind = '', version = ''] = event.split(' ');
      return { kind, version } as RangeEvent;
    }),
  ).map(intervalText);
}

describe('intervalsOf', () => {
  it.each<{ events: string[]; says: string[] }>([
    { events: [], says: [] },
    { events: ['introduced 0'], says: ['*'] },
    { events: ['introduced 1.0.0'], says: ['>=1.0.0'] },
    { events: ['introduced 0', 'fixed 1.2.3'], says: ['<1.2.3'] },
    { events: ['introduced 0', 'last_affected 1.2.3'], says: ['<=1.2.3'] },
    {
      events: ['introduced 1.0.0', 'fixed 1.0.2', 'introduced 3.0.0', 'fixed 3.2.5'],
      says: ['>=1.0.0 <1.0.2', '>=3.0.0 <3.2.5'],
    },
    {
      events: ['fixed 3.2.5', 'introduced 3.0.0', 'fixed 1.0.2', 'introduced 1.0.0'],
      says: ['>=1.0.0 <1.0.2', '>=3.0.0 <3.2.5'],
    },
    // Fixed in several branches without being introduced again: the first fix ends it.
    { events: ['introduced 0', 'fixed 1.2.3', 'fixed 2.0.1'], says: ['<1.2.3'] },
    { events: ['introduced 0', 'introduced 1.0.0', 'fixed 2.0.0'], says: ['<2.0.0'] },
    { events: ['introduced 1.0.0', 'last_affected 1.0.0'], says: ['>=1.0.0 <=1.0.0'] },
    { events: ['introduced 1.0.0', 'fixed 1.0.0'], says: [] },
    { events: ['introduced 0', 'fixed 1.0.0', 'introduced 1.0.0', 'fixed 2.0.0'], says: ['<2.0.0'] },
    // Nothing introduces it.
    { events: ['fixed 1.2.3'], says: [] },
    { events: ['last_affected 1.2.3'], says: [] },
    { events: ['introduced 0', 'limit 2.0.0'], says: ['until 2.0.0'] },
    { events: ['introduced 0', 'limit *'], says: ['*'] },
    { events: ['introduced 0', 'limit 1.0.0', 'limit *'], says: ['*'] },
    { events: ['introduced 0', 'limit 1.0.0', 'limit 2.0.0'], says: ['until 2.0.0'] },
    { events: ['introduced 0', 'fixed 1.0.0', 'limit 2.0.0'], says: ['<1.0.0'] },
    { events: ['introduced 0', 'fixed 2.0.0', 'limit 2.0.0'], says: ['<2.0.0'] },
    { events: ['introduced 0', 'fixed 3.0.0', 'limit 2.0.0'], says: ['until 2.0.0'] },
    { events: ['introduced 0', 'last_affected 2.0.0', 'limit 2.0.0'], says: ['until 2.0.0'] },
    { events: ['introduced 2.0.0', 'fixed 3.0.0', 'limit 2.0.0'], says: [] },
    // Written together though they exclude each other: the lower one ends it.
    { events: ['introduced 0', 'last_affected 1.2.3', 'fixed 1.3.0'], says: ['<=1.2.3'] },
  ])('$events: $says', ({ events, says }) => {
    expect(texts(...events)).toEqual(says);
  });

  it('counts a prerelease of the fixed version as affected', () => {
    const [interval = {}] = intervalsOf(orderOf('npm'), [
      { kind: 'introduced', version: '0' },
      { kind: 'fixed', version: '1.2.3' },
    ]);
    expect(contains(orderOf('npm'), interval, '1.2.3-rc.1')).toBe(true);
    expect(contains(orderOf('npm'), interval, '1.2.3')).toBe(false);
  });

  it('includes what sorts below a version 0 where it was introduced with "0"', () => {
    const [interval = {}] = intervalsOf(orderOf('npm'), [{ kind: 'introduced', version: '0' }]);
    expect(contains(orderOf('npm'), interval, '0.0.0-0')).toBe(true);
  });
});

const ECOSYSTEMS: readonly Ecosystem[] = ['npm', 'PyPI', 'Go', 'RubyGems', 'Packagist', 'Maven', 'NuGet'];
const version = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(1)).map((parts) => parts.join('.')) },
  { weight: 2, arbitrary: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)).map(([a, b, c]) => `${a}.${b}.0-rc.${c}`) },
  { weight: 1, arbitrary: fc.constantFrom('0', '1', 'v1.0.0', '1.0', '2.0.0+x', '=1', '1 2', '%41', '1.0.0.0') },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 6 }) },
);
const events = fc.array(
  fc.record({ kind: fc.constantFrom(...EVENT_KINDS), version: fc.oneof(version, fc.constant('0')) }),
  { maxLength: 8 },
);

describe('properties of ranges', () => {
  it('say the same as the algorithm of the schema, on any events and versions', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ECOSYSTEMS),
        events,
        fc.array(version, { minLength: 1 }),
        (ecosystem, given, asked) => {
          const order = orderOf(ecosystem);
          const intervals = intervalsOf(order, given).map((interval) => intervalOf(intervalText(interval)) ?? {});
          for (const it of [...asked, ...given.map((event) => event.version)])
            expect(
              intervals.some((interval) => contains(order, interval, it)),
              it,
            ).toBe(includedInRange(order, it, given));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('say the same when they are united, in any order', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 4 }), fc.array(version, { minLength: 1 }), (ranges, asked) => {
        const order = orderOf('npm');
        const intervals = ranges.flatMap((range) => intervalsOf(order, range));
        const united = simplified(order, intervals);
        expect(united.map(intervalText)).toEqual(simplified(order, [...intervals].reverse()).map(intervalText));
        expect(united.length).toBeLessThanOrEqual(intervals.length);
        for (const it of [...asked, ...ranges.flat().map((event) => event.version)])
          expect(united.some((interval) => contains(order, interval, it))).toBe(
            ranges.some((range) => includedInRange(order, it, range)),
          );
      }),
      { numRuns: 500 },
    );
  });

  it('are read back from their text, whatever their versions hold', () => {
    const interval = fc.record(
      {
        from: fc.string({ minLength: 1 }),
        to: fc.record({ kind: fc.constantFrom('fixed', 'last', 'limit'), version: fc.string({ minLength: 1 }) }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(interval, fc.boolean(), (bounds, semver) => {
        const given = { ...bounds, ...(semver && Object.keys(bounds).length > 0 ? { semver } : {}) };
        expect(intervalOf(intervalText(given))).toEqual(given);
      }),
    );
  });

  it.each(['', 'semver ', '>=', '<', '1.2.3', '>=1 2', '>=1  <2', 'until', 'until 1 2', '~1.2'])(
    '"%s" is no range',
    (text) => {
      expect(intervalOf(text)).toBeUndefined();
    },
  );
});
