/** What got better and worse between two runs, told apart from what the yardstick did. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kept, Trend, TrendRow } from '../../src/model-trend.ts';
import { shareTable } from '../../src/trends/shares.ts';
import { trendOf } from '../../src/trends/trend.ts';
import { MARKS, runOf, type Sample } from './sample-runs.ts';

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

function change(before: Sample, after: Sample): { readonly row: TrendRow; readonly trend: Trend } {
  const trend = between(runOf('2026-11-01', { shop: before }), runOf('2026-11-08', { shop: after }));
  const [row] = trend.rows;
  if (!row) throw new Error('no row');
  return { row, trend };
}

describe('one service', () => {
  it('gains a rule that it meets now, and the verdict is its own doing', () => {
    const { row, trend } = change({ 'a/x': 'fails', 'a/y': 'met' }, { 'a/x': 'met', 'a/y': 'met' });
    expect(row).toMatchObject({
      name: 'shop',
      movement: 'improved',
      before: { met: 1, applicable: 2 },
      after: { met: 2, applicable: 2 },
      gained: [{ service: 'shop', rule: 'a/x', severity: 'major', from: 'missing', to: 'verified' }],
      lost: [],
      points: [
        { asOf: '2026-11-01', met: 1, applicable: 2 },
        { asOf: '2026-11-08', met: 2, applicable: 2 },
      ],
    });
    expect(trend.verdicts).toEqual([{ service: 'shop', owner: 'team-a', from: 'NO-GO', to: 'GO', because: 'service' }]);
  });

  it('is no worse for a rule that only the later run has', () => {
    const { row, trend } = change({ 'a/x': 'met' }, { 'a/x': 'met', 'a/new': 'fails' });
    expect(row).toMatchObject({
      movement: 'same',
      before: { met: 1, applicable: 1 },
      after: { met: 1, applicable: 2 },
      alike: { before: { met: 1, applicable: 1 }, after: { met: 1, applicable: 1 } },
      lost: [],
      yardstick: { more: 1, moreUnmet: 1, fewer: 0 },
    });
    expect(trend.verdicts).toMatchObject([{ to: 'NO-GO', because: 'rules' }]);
    expect(trend.ruleSet).toMatchObject({ added: ['a/new'], removed: [] });
  });

  it('is no better for a rule that the later run left out', () => {
    const { row } = change({ 'a/x': 'met', 'a/old': 'fails' }, { 'a/x': 'met' });
    expect(row).toMatchObject({ movement: 'same', gained: [], yardstick: { fewer: 1, fewerUnmet: 1 } });
  });

  it('is no worse where the same standing is ruled on more strictly', () => {
    const { row, trend } = change({ 'a/x': 'trusted' }, { 'a/x': 'unproven' });
    expect(row).toMatchObject({ movement: 'same', lost: [], yardstick: { stricter: 1, looser: 0 } });
    expect(trend.verdicts).toMatchObject([{ from: 'GO', to: 'NO-GO', because: 'rules' }]);
    expect(change({ 'a/x': 'warns' }, { 'a/x': 'as major' }).trend.verdicts).toMatchObject([{ because: 'rules' }]);
  });

  it('is worse where its waiver ended', () => {
    const { row, trend } = change({ 'a/x': 'waived' }, { 'a/x': 'fails' });
    expect(trend.verdicts).toMatchObject([{ from: 'CONDITIONAL GO', to: 'NO-GO', because: 'service' }]);
    expect(row).toMatchObject({ movement: 'regressed', lost: [] });
  });

  it('is neither better nor worse for rules that came to apply or no longer do, as with a first manifest', () => {
    const first = change({ 'a/x': 'n/a', 'a/y': 'fails' }, { 'a/x': 'unknown', 'a/y': 'fails' });
    expect(first.row).toMatchObject({ movement: 'same', lost: [], yardstick: { came: 1, cameUnmet: 1 } });
    const removed = change(
      { 'a/x': 'met', 'a/y': 'fails', 'a/z': 'fails' },
      { 'a/x': 'fails', 'a/y': 'n/a', 'a/z': 'n/a' },
    );
    expect(removed.row).toMatchObject({ movement: 'regressed', gained: [], yardstick: { went: 2, wentUnmet: 2 } });
  });

  it('is worse where what came to apply turns the verdict', () => {
    const { row, trend } = change({ 'a/x': 'n/a', 'a/y': 'met' }, { 'a/x': 'fails', 'a/y': 'met' });
    expect(trend.verdicts).toMatchObject([{ from: 'GO', to: 'NO-GO', because: 'service' }]);
    expect(row.movement).toBe('regressed');
  });

  it('that moved both ways is mixed, unless its verdict says which', () => {
    const both = {
      before: { 'a/x': 'fails', 'a/y': 'met', 'a/z': 'fails' },
      after: { 'a/x': 'met', 'a/y': 'fails', 'a/z': 'fails' },
    } as const;
    expect(change(both.before, both.after).row.movement).toBe('mixed');
    expect(
      change({ 'a/x': 'warns', 'a/y': 'warns', 'a/z': 'met' }, { 'a/x': 'met', 'a/y': 'met', 'a/z': 'fails' }).row
        .movement,
    ).toBe('regressed');
  });
});

describe('many services', () => {
  const before = runOf(
    '2026-11-01',
    {
      bit: { 'a/x': 'fails', 'a/y': 'met', 'b/z': 'met' },
      down: { 'a/x': 'met', 'a/y': 'met', 'b/z': 'met' },
      gone: { 'a/x': 'met', 'a/y': 'met', 'b/z': 'met' },
      lost: { 'a/x': 'met', 'a/y': 'met', 'b/z': 'met' },
      most: { 'a/x': 'fails', 'a/y': 'fails', 'b/z': 'met' },
      still: { 'a/x': 'met', 'a/y': 'met', 'b/z': 'met' },
    },
    { unjudged: [{ repo: 'back', outcome: 'timeout' }] },
    (key) => ({ owner: key === 'most' ? 'team-b' : 'team-a' }),
  );
  const after = runOf(
    '2026-11-08',
    {
      back: { 'a/x': 'met', 'a/y': 'met', 'b/z': 'met' },
      bit: { 'a/x': 'met', 'a/y': 'met', 'b/z': 'met' },
      down: { 'a/x': 'met', 'a/y': 'met', 'b/z': 'fails' },
      most: { 'a/x': 'met', 'a/y': 'met', 'b/z': 'met' },
      new: { 'a/x': 'met', 'a/y': 'met', 'b/z': 'fails' },
      still: { 'a/x': 'met', 'a/y': 'met', 'b/z': 'met' },
    },
    { unjudged: [{ repo: 'lost', outcome: 'unreachable' }] },
    (key) => ({ owner: key === 'most' ? 'team-b' : 'team-a' }),
  );

  it('are told the most improved first, then regressions, new and gone apart, and never as gone where nobody could look', () => {
    const { rows, whole } = between(before, after);
    expect(rows.map(({ name, movement }) => `${name} ${movement}`)).toEqual([
      'most improved',
      'bit improved',
      'down regressed',
      'new new',
      'gone gone',
      'back unjudged',
      'lost unjudged',
      'still same',
    ]);
    expect(whole.services).toEqual({ compared: 4, new: 1, gone: 1, unjudged: 2 });
    expect(whole).toMatchObject({ before: { met: 15, applicable: 18 }, after: { met: 16, applicable: 18 } });
  });

  it('are added up by owner and by area', () => {
    expect(
      between(before, after, 'owner').rows.map(({ name, movement, gained, lost }) => [
        name,
        movement,
        gained.length,
        lost.length,
      ]),
    ).toEqual([
      ['team-b', 'improved', 2, 0],
      ['team-a', 'mixed', 1, 1],
    ]);
    expect(between(before, after, 'area').rows.map(({ name, movement, alike }) => [name, movement, alike])).toEqual([
      ['a', 'improved', { before: { met: 5, applicable: 8 }, after: { met: 8, applicable: 8 } }],
      ['b', 'regressed', { before: { met: 4, applicable: 4 }, after: { met: 3, applicable: 4 } }],
    ]);
  });
});

const sample: fc.Arbitrary<Sample> = fc.record(
  Object.fromEntries(
    ['a/x', 'a/y', 'b/z'].map((rule) => [
      rule,
      fc.constantFrom(...(Object.keys(MARKS) as (keyof typeof MARKS)[]), '-' as const),
    ]),
  ),
);
const services = fc.dictionary(fc.constantFrom('p', 'q', 'r', 's//t'), sample);

describe('any two runs', () => {
  it.each(['service', 'area', 'owner'] as const)(
    'add up by %s: rows to the whole, and turns to what the alike shares moved by',
    (by) => {
      fc.assert(
        fc.property(services, services, (then, now) => {
          const trend = between(runOf('2026-11-01', then), runOf('2026-11-08', now), by);
          const sum = (of: (row: TrendRow) => number): number => trend.rows.reduce((total, row) => total + of(row), 0);
          for (const of of [
            (row: TrendRow) => row.gained.length,
            (row: TrendRow) => row.lost.length,
            (row: TrendRow) => row.before?.met ?? 0,
            (row: TrendRow) => row.after?.applicable ?? 0,
            (row: TrendRow) => row.alike.after.met,
            (row: TrendRow) => Object.values(row.yardstick).reduce((total, count) => total + count, 0),
          ])
            expect(sum(of)).toBe(of(trend.whole));
          const { alike, gained, lost } = trend.whole;
          expect(alike.after.met - alike.before.met).toBe(gained.length - lost.length);
          expect(alike.after.applicable).toBe(alike.before.applicable);
        }),
      );
    },
  );

  it('are the opposite of each other the other way round', () => {
    fc.assert(
      fc.property(services, services, (then, now) => {
        const [first, second] = [runOf('2026-11-01', then), runOf('2026-11-08', now)];
        const [there, back] = [between(first, second).whole, between(second, first).whole];
        expect([back.gained.length, back.lost.length, back.services.new]).toEqual([
          there.lost.length,
          there.gained.length,
          there.services.gone,
        ]);
      }),
    );
  });
});
