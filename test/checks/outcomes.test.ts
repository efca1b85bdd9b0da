/** The arithmetic of outcomes, and checks of outcomes on manifests with anything left out: every one answers, none throws, every problem says what to do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStatus, recordsTradeOff } from '../../src/checks/outcomes/decision.ts';
import { directionOf, progressWords, shareOfWay } from '../../src/checks/outcomes/progress.ts';

const number = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((it) => it / 100);

describe('progress', () => {
  it('is the same seen from the other side of zero', () => {
    fc.assert(
      fc.property(number, number, number, (baseline, target, current) => {
        const mirrored = { baseline: -baseline, target: -target, current: -current };
        expect(directionOf(mirrored)).toBe(directionOf({ baseline, target, current }));
      }),
    );
  });

  it('is 0 at the baseline, 100 at the target, negative only when it moves away', () => {
    fc.assert(
      fc.property(number, number, number, (baseline, target, current) => {
        fc.pre(Math.abs(target - baseline) > 0.001);
        expect(shareOfWay({ baseline, target, current: baseline })).toBeCloseTo(0);
        expect(shareOfWay({ baseline, target, current: target })).toBeCloseTo(100);
        const share = shareOfWay({ baseline, target, current }) ?? 0;
        const wanted = {
          away: share < 0,
          unmoved: Math.abs(share) < 1e-6,
          towards: share > 0 && share < 100,
          reached: share > 100 - 1e-6,
        };
        expect(wanted[directionOf({ baseline, target, current })]).toBe(true);
      }),
    );
  });

  it('has nowhere to go where the target is the baseline', () => {
    expect(shareOfWay({ baseline: 5, target: 5, current: 7 })).toBeUndefined();
    expect(directionOf({ baseline: 5, target: 5, current: 5 })).toBe('reached');
    expect(directionOf({ baseline: 5, target: 5, current: 7 })).toBe('away');
  });

  it('is told in words', () => {
    expect(progressWords({ baseline: 91.2, target: 94, current: 93.1 }, 'percent')).toBe(
      '91.2 → 93.1 of 94 percent, 67 % of the way',
    );
    expect(progressWords({ baseline: 95, target: 20, current: 96 }, undefined)).toBe('95 → 96 of 20, moving away');
  });
});

describe('a decision', () => {
  it.each(['accepted', 'Superseded by 4', 'proposed', 'accepted 2026-02-01'])('has the status %s', (it) =>
    expect(isStatus(it)).toBe(true),
  );
  it.each([undefined, '', '{proposed | rejected | accepted}', 'proposed / accepted / superseded', 'see below'])(
    'has no status: %s',
    (it) => expect(isStatus(it)).toBe(false),
  );

  const record = (title: string, text: string, status = 'accepted') =>
    ({ kind: 'decision', title, text, status, at: { path: 'a' }, parts: [], shared: false }) as const;
  it('records a trade-off only where it weighs, and while it holds', () => {
    expect(recordsTradeOff(record('Stability over flexibility', ''), 'stability')).toBe(true);
    expect(recordsTradeOff(record('Driver', 'A trade-off.\n\nMore stability.'), 'stability')).toBe(false);
    expect(recordsTradeOff(record('Stability over flexibility', '', 'superseded by 3'), 'stability')).toBe(false);
    expect(recordsTradeOff(record('Stability over flexibility', ''), 'balanced')).toBe(false);
  });
});
