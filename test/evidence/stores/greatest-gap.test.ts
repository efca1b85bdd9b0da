import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greatestGap } from '../../../src/evidence/stores/greatest-gap.ts';

const HOUR = 3_600_000;

describe('the greatest gap between two runs of a schedule', () => {
  it.each([
    ['0 3 * * *', 24],
    ['*/15 * * * *', 0.25],
    ['0 1,13 * * *', 12],
    ['0 8-18 * * *', 14],
    ['0 3 * * 1-5', 72],
    ['0 3 * * 7', 168],
    ['0 0 1 * *', 31 * 24],
    ['0 0 29 2 *', 1461 * 24],
    ['*/7 * * * *', 7 / 60],
    ['@daily', 24],
    ['@every 6h', 6],
    ['@every 1h30m0s', 1.5],
    ['6h', 6],
    ['rate(12 hours)', 12],
    ['cron(0 5 ? * * *)', 24],
    ['cron(0 5 ? * 2-6 *)', 72],
    ['cron(0 12 ? * SAT,WED *)', 96],
  ])('%s: %d hours', (written, hours) => {
    expect(greatestGap(written)?.milliseconds).toBeCloseTo(hours * HOUR);
  });

  it('reads six fields with the seconds first where an operator has them', () => {
    expect(greatestGap('0 0 */6 * * *', 'seconds-first')?.milliseconds).toBe(6 * HOUR);
    expect(greatestGap('0 0 */6 * * *')).toBeUndefined();
  });

  it('adds the hour by which clocks are set back', () => {
    expect(greatestGap('0 3 * * *', 'unix', 'Europe/Oslo')?.milliseconds).toBe(25 * HOUR);
    expect(greatestGap('CRON_TZ=Etc/UTC 0 3 * * *')?.milliseconds).toBe(24 * HOUR);
  });

  it.each([
    '',
    'pitr',
    '0 3 * *',
    '0 0 31 2 *',
    '61 * * * *',
    'H H * * *',
    '0 3 */2 * 1',
    'cron(0 5 * * ? 2026)',
    '0h',
    '__proto__',
    'constructor',
  ])('does not guess at "%s"', (written) => expect(greatestGap(written)).toBeUndefined());

  const few = (most: number) => fc.uniqueArray(fc.integer({ min: 0, max: most }), { minLength: 1, maxLength: 4 });

  it('is as long as the longest of the gaps that a scheduler makes, and no shorter', () => {
    const weekdays = fc.option(few(6), { nil: undefined });
    fc.assert(
      fc.property(few(59), few(23), weekdays, (minutes, hours, days) => {
        const written = `${minutes.join(',')} ${hours.join(',')} * * ${days?.join(',') ?? '*'}`;
        const cron = new Cron(written, { timezone: 'UTC' });
        const wanted = minutes.length * hours.length * (days?.length ?? 7) + 1;
        const runs = cron.nextRuns(wanted, new Date('2025-06-01T00:00:00Z')).map((run) => run.getTime());
        const gaps = runs.slice(1).map((run, index) => run - (runs[index] ?? 0));
        expect(greatestGap(written)?.milliseconds).toBe(Math.max(...gaps));
      }),
      { numRuns: 60 },
    );
  });

  it('never shrinks when a schedule loses one of its runs', () => {
    fc.assert(
      fc.property(few(23), (hours) => {
        fc.pre(hours.length > 1);
        const gap = (of: readonly number[]) => greatestGap(`0 ${of.join(',')} * * *`)?.milliseconds ?? 0;
        expect(gap(hours.slice(1))).toBeGreaterThanOrEqual(gap(hours));
      }),
      { numRuns: 40 },
    );
  });

  it('answers any text, never with nothing or less', () => {
    const parts = fc.array(fc.constantFrom('*', '*/5', '0', '1-5', '?', 'L', 'MON', '31', 'x', '5#2', '1,2', '@daily'));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          parts.map((it) => it.join(' ')),
        ),
        (text) => {
          for (const dialect of ['unix', 'seconds-first', 'aws'] as const) {
            const gap = greatestGap(text, dialect);
            expect(gap === undefined || gap.milliseconds > 0).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
