/** Which runs a trend is about, and which commits are judged to find where rules turned. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchHistory } from '../../src/cli/history-search.ts';
import { earlierRuns, pointsIn } from '../../src/store/earlier.ts';
import { evenly, middleOf } from '../../src/trends/bisect.ts';
import { windowOf } from '../../src/trends/window.ts';
import { runOf } from './sample-runs.ts';

const RUNS = Array.from(
  { length: 20 },
  (_, index) =>
    runOf(
      `2026-${String(Math.floor(index / 4) + 1).padStart(2, '0')}-${String((index % 4) * 7 + 1).padStart(2, '0')}`,
      {},
    ).run,
);

describe('a window', () => {
  it('is the last two runs, so many, or since a day; with a dozen for the sparkline where there are', () => {
    const told = (asked: Parameters<typeof windowOf>[1]) => {
      const window = windowOf(RUNS, asked);
      return window && [window.runs.length, window.runs[window.since]?.asOf];
    };
    expect(told({})).toEqual([12, '2026-05-15']);
    expect(told({ last: 15 })).toEqual([15, '2026-02-08']);
    expect(told({ last: 99 })).toEqual([20, '2026-01-01']);
    expect(told({ since: '2026-05-10' })).toEqual([12, '2026-05-08']);
    expect(told({ since: '2020-01-01' })).toEqual([20, '2026-01-01']);
    expect(told({ since: '2026-12-01' })).toBeUndefined();
    expect(windowOf(RUNS.slice(0, 1), {})).toBeUndefined();
  });
});

it('points of an audit are those of earlier days, of each service', async () => {
  const kept = ['2026-11-02', '2026-11-09', '2026-11-16'].map((day) =>
    runOf(day, { shop: { 'a/x': 'met' }, 'mono//api': { 'a/x': 'fails' } }),
  );
  const store = {
    runs: async () => kept.map(({ run }) => run),
    lines: async (id: string) => kept.find(({ run }) => run.id === id)?.lines ?? [],
  };
  const points = pointsIn(await earlierRuns(store, '2026-11-16'));
  expect(Object.keys(points).sort()).toEqual(['mono//api', 'shop']);
  expect(points.shop?.map(({ asOf, verdict }) => [asOf, verdict])).toEqual([
    ['2026-11-02', 'GO'],
    ['2026-11-09', 'GO'],
  ]);
});

describe('a search through a history', () => {
  it('samples both ends, in order and each once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), fc.integer({ min: 2, max: 40 }), (count, samples) => {
        const indexes = evenly(count, samples);
        expect([indexes[0], indexes.at(-1), indexes.length]).toEqual([0, count - 1, Math.min(count, samples)]);
        expect(indexes).toEqual([...new Set(indexes)].sort((a, b) => a - b));
      }),
    );
  });

  it('takes the nearest to the middle that was not tried, until none is left', () => {
    const tried = new Set<number>();
    for (
      let index = middleOf(3, 9, (it) => tried.has(it));
      index !== undefined;
      index = middleOf(3, 9, (it) => tried.has(it))
    )
      tried.add(index);
    expect([...tried]).toEqual([6, 5, 7, 4, 8]);
  });

  it('finds where one rule turned, in about as many steps as halving takes, over commits that cannot be judged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(6), async (count, seed, broken) => {
        const turn = 1 + (seed % (count - 1));
        const judge = async (index: number) =>
          broken > 1 && index % broken === 1 && index !== turn && index !== turn - 1 && index !== count - 1
            ? 'it cannot be judged'
            : runOf('2026-11-16', { shop: { 'a/x': index < turn ? 'fails' : 'met' } });
        const states = await searchHistory(count, judge, { samples: 5, search: 400 });
        expect(states.has(turn) && states.has(turn - 1)).toBe(true);
        if (broken < 2) expect(states.size).toBeLessThanOrEqual(5 + Math.ceil(Math.log2(count)));
      }),
      { numRuns: 50 },
    );
  });

  it('judges no more than it may', async () => {
    let judged = 0;
    const judge = async (index: number) => {
      judged++;
      return runOf('2026-11-16', { shop: { 'a/x': index % 2 === 0 ? 'met' : 'fails' } });
    };
    await searchHistory(1000, judge, { samples: 20, search: 60 });
    expect(judged).toBeLessThanOrEqual(80);
  });
});
