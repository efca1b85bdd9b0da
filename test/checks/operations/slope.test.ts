import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapsAbove, widest } from '../../../src/checks/operations/gaps.ts';
import { heading, median, type Point, sparkline, theilSen } from '../../../src/checks/operations/slope.ts';
import { addDays } from '../../../src/dates.ts';

const whole = fc.integer({ min: -1000, max: 1000 });
const series = fc
  .array(whole, { minLength: 2, maxLength: 20 })
  .map((values) => values.map((value, at): Point => ({ at, value })));

describe('the slope', () => {
  it('of a straight line is the slope of the line, and its heading the sign', () => {
    fc.assert(
      fc.property(whole, whole, fc.integer({ min: 5, max: 15 }), (slope, start, count) => {
        const line = Array.from({ length: count }, (_, at) => ({ at, value: start + slope * at }));
        expect(theilSen(line)).toBe(slope + 0);
        expect(heading(line)).toBe(Math.sign(slope) + 0);
      }),
    );
  });

  it('turns with the series upside down, and does not ask for the order of the points', () => {
    fc.assert(
      fc.property(series, (points) => {
        const negated = points.map(({ at, value }) => ({ at, value: -value }));
        expect(theilSen(negated)).toBeCloseTo(-theilSen(points), 9);
        expect(heading(negated) + heading(points)).toBe(0);
        expect(theilSen([...points].reverse())).toBeCloseTo(theilSen(points), 9);
        expect(heading([...points].reverse())).toBe(heading(points));
      }),
    );
  });

  it('is not moved by one odd week', () => {
    fc.assert(
      fc.property(fc.nat(11), fc.integer({ min: -1_000_000, max: 1_000_000 }), (odd, value) => {
        const points = Array.from({ length: 12 }, (_, at) => ({ at, value: at === odd ? value : 50 }));
        expect(theilSen(points) + 0).toBe(0);
        expect(heading(points)).toBe(0);
      }),
    );
  });

  it('of noise is no heading', () => {
    const noise = [50, 52, 49, 51, 50, 53, 48, 51, 50, 52, 49, 51].map((value, at) => ({ at, value }));
    expect(heading(noise)).toBe(0);
    expect(heading(noise.slice(0, 3))).toBe(0);
  });
});

it('the median lies between the least and the greatest, with as many on either side', () => {
  fc.assert(
    fc.property(fc.array(whole, { minLength: 1 }), (values) => {
      const middle = median(values);
      expect(values.filter((it) => it < middle).length).toBeLessThanOrEqual(values.length / 2);
      expect(values.filter((it) => it > middle).length).toBeLessThanOrEqual(values.length / 2);
    }),
  );
});

it('a sparkline has one bar a number, the lowest and the highest where they are', () => {
  fc.assert(
    fc.property(fc.array(whole, { minLength: 1, maxLength: 30 }), (values) => {
      const bars = [...sparkline(values)];
      expect(bars).toHaveLength(values.length);
      if (new Set(values).size > 1) {
        expect(bars[values.indexOf(Math.min(...values))]).toBe('▁');
        expect(bars[values.indexOf(Math.max(...values))]).toBe('█');
      }
    }),
  );
});

it('gaps are the steps that are wider than allowed, and no others', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 30 }), fc.nat(30), (steps, most) => {
      const dates = ['2026-01-05'];
      for (const step of steps) dates.push(addDays(dates.at(-1) ?? '', step));
      expect(gapsAbove(dates, most).map(({ days }) => days)).toEqual(steps.filter((step) => step > most));
      expect(widest(dates)).toBe(Math.max(0, ...steps));
    }),
  );
});
