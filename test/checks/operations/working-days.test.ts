import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addWorkingDays, isWorkingDay } from '../../../src/checks/operations/working-days.ts';
import { addDays, daysBetween } from '../../../src/dates.ts';

it('ten working days after a Monday is a Monday, and after a Saturday a Friday', () => {
  expect(addWorkingDays('2026-09-28', 10)).toBe('2026-10-12');
  expect(addWorkingDays('2026-10-03', 10)).toBe('2026-10-16');
});

it('as many working days lie between as were asked for, the last among them', () => {
  fc.assert(
    fc.property(fc.nat(3000), fc.integer({ min: 1, max: 40 }), (offset, count) => {
      const from = addDays('2026-01-01', offset);
      const to = addWorkingDays(from, count);
      const between = Array.from({ length: daysBetween(from, to) }, (_, index) => addDays(from, index + 1));
      expect(between.filter(isWorkingDay)).toHaveLength(count);
      expect(isWorkingDay(to)).toBe(true);
    }),
  );
});
