/** Who is on call: the real shapes of two services, arithmetic on shifts, and answers that may be anything. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf, opsgenieSchedule, pagerDutySchedule, type Shift } from '../../src/live/schedules.ts';

const SHIFT = fc
  .record({
    from: fc.integer({ min: -50, max: 150 }),
    length: fc.integer({ min: 1, max: 80 }),
    who: fc.constantFrom('a', 'b', 'c'),
  })
  .map(({ from, length, who }): Shift => ({ from, to: from + length, who }));

describe('coverage', () => {
  it('is what counting every moment gives, and gaps and covered time add up', () => {
    fc.assert(
      fc.property(fc.array(SHIFT, { maxLength: 12 }), fc.integer({ min: 1, max: 120 }), (shifts, to) => {
        const { gaps, covered, people } = coverageOf(shifts, 0, to);
        const staffed = [...Array(to).keys()].filter((at) => shifts.some((it) => it.from <= at && at < it.to));
        expect(covered).toBe(staffed.length);
        expect(gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0)).toBe(to - covered);
        for (const gap of gaps) expect(staffed.some((at) => gap.from <= at && at < gap.to)).toBe(false);
        expect(people === 0).toBe(covered === 0);
      }),
    );
  });
});

describe('answers', () => {
  it('of any form are read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const read of [pagerDutySchedule, opsgenieSchedule]) {
          expect(() => read(value)).not.toThrow();
          expect(() =>
            read({
              data: { finalTimeline: { rotations: value } },
              schedule: { final_schedule: { rendered_schedule_entries: value } },
            }),
          ).not.toThrow();
        }
      }),
    );
  });

  it('leave out turns of nobody, turns without an end and turns that end before they begin', () => {
    const user = { id: 'P1', type: 'user_reference', summary: 'Ada' };
    const rendered_schedule_entries = [
      { start: '2026-11-16T00:00:00Z', end: '2026-11-17T00:00:00Z', user },
      { start: '2026-11-17T00:00:00Z', end: '2026-11-18T00:00:00Z' },
      { start: '2026-11-18T00:00:00Z', user },
      { start: '2026-11-20T00:00:00Z', end: '2026-11-19T00:00:00Z', user },
      'x',
    ];
    const schedule = { id: 'PS', name: 'Shop', final_schedule: { rendered_schedule_entries } };
    expect(pagerDutySchedule({ schedule })?.shifts).toEqual([
      { from: Date.UTC(2026, 10, 16), to: Date.UTC(2026, 10, 17), who: 'P1' },
    ]);
  });
});
