/** Every format of a trend: what it says of a sample, and that hostile names are data in each. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TREND_FORMATS } from '../../src/generated/trend-formats.ts';
import type { Kept, Trend } from '../../src/model-trend.ts';
import { sparkline } from '../../src/report/sparkline.ts';
import { shareTable } from '../../src/trends/shares.ts';
import { trendOf } from '../../src/trends/trend.ts';
import { MARKS, runOf, type Sample } from '../trends/sample-runs.ts';
import { canvas } from './canvas.ts';

type Format = keyof typeof TREND_FORMATS;

function between(before: Kept, after: Kept, by: Trend['by'] = 'service'): Trend {
  return trendOf({
    what: 'runs',
    by,
    before,
    after,
    tables: [before, after].map((it) => shareTable(it, by)),
    since: 0,
  });
}

async function shown(trend: Trend, format: Format): Promise<string> {
  return [...(await TREND_FORMATS[format]()).render(trend, canvas())].join('');
}

const SAMPLE = between(
  runOf('2026-11-09', {
    down: { 'a/x': 'met', 'a/y': 'met', 'a/old': 'met' },
    gone: { 'a/x': 'met' },
    shop: { 'a/x': 'fails', 'a/y': 'unknown', 'a/old': 'met' },
  }),
  runOf('2026-11-16', {
    down: { 'a/x': 'met', 'a/y': 'fails', 'a/new': 'met' },
    new: { 'a/x': 'met' },
    shop: { 'a/x': 'met', 'a/y': 'met', 'a/new': 'warns' },
  }),
);

describe('the formats of a trend', () => {
  it.each(['terminal', 'markdown'] as const)(
    'say it in %s with the arithmetic, the rules and the rule set apart',
    async (format) => {
      expect(await shown(SAMPLE, format)).toMatchSnapshot();
    },
  );

  it('give the whole as JSON and a row each as CSV', async () => {
    expect(JSON.parse(await shown(SAMPLE, 'json'))).toEqual({ schemaVersion: 1, ...SAMPLE });
    const rows = parse(await shown(SAMPLE, 'csv'), { columns: true }) as readonly Record<string, string>[];
    expect(
      rows.map(({ name, movement, gained, lost, lost_rules }) => [name, movement, gained, lost, lost_rules]),
    ).toEqual([
      ['shop', 'improved', '2', '0', ''],
      ['down', 'regressed', '0', '1', 'a/y'],
      ['new', 'new', '0', '0', ''],
      ['gone', 'gone', '0', '0', ''],
    ]);
  });

  const services = fc.dictionary(
    fc.string({ minLength: 1, unit: 'binary' }),
    fc.record({ 'a/x': fc.constantFrom(...(Object.keys(MARKS) as Sample[string][])) }),
    { maxKeys: 4 },
  );

  it('show nothing that a terminal obeys, no formula, and valid JSON, whatever a service is called', async () => {
    await fc.assert(
      fc.asyncProperty(
        services,
        services,
        fc.constantFrom('service', 'owner', 'area' as const),
        async (then, now, by) => {
          const trend = between(runOf('2026-11-09', then), runOf('2026-11-16', now), by as Trend['by']);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
          const obeyed = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069]/;
          for (const format of ['terminal', 'markdown', 'json'] as const)
            expect(await shown(trend, format)).not.toMatch(obeyed);
          JSON.parse(await shown(trend, 'json'));
          const cells = (parse(await shown(trend, 'csv')) as readonly (readonly string[])[]).flat();
          expect(cells.filter((it) => /^[=+@-]/.test(it))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a sparkline', () => {
  it('draws none as the lowest sign and all as the highest, whatever the others are', () => {
    const shares = [0, 1, 5, 10].map((met) => ({ met, applicable: 10 }));
    expect(sparkline(shares, { unicode: true })).toBe('▁▁▅█');
    expect(sparkline(shares, { unicode: false })).toBe('0159');
    expect(sparkline([{ met: 0, applicable: 0 }], { unicode: true })).toBe('▁');
  });
});
