/** The sums of journeys in a report: the rule's own, in numbers whose parts make the whole. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServiceReport } from '../src/model.ts';
import { memoryRepo } from '../src/repo/memory.ts';
import { judgeRepository } from '../src/run.ts';
import { YARDSTICK } from './yardstick.ts';

const RULE = 'non-functionals/journey-budget-composes';

async function judged(steps: unknown, only: readonly string[] = [RULE]): Promise<ServiceReport> {
  const journey = { id: 'buy', title: 'Someone buys', slo: { availability: 99.8, latency_p99: '2s' }, steps };
  const manifest = {
    apiVersion: 'gonogo/v1',
    kind: 'Service',
    name: 'shop',
    tier: 2,
    owner: 'team',
    journeys: [journey],
  };
  const { services } = await judgeRepository(
    {
      repo: memoryRepo({ files: { 'gonogo.yaml': JSON.stringify(manifest) } }),
      dir: '',
      rootNamed: () => undefined,
    },
    {
      ...YARDSTICK,
      only,
    },
  );
  const [service] = services;
  if (!service) throw new Error('one service is judged');
  return service;
}

const number = fc.option(fc.integer({ min: 900, max: 1000 }), { nil: undefined });
const component = fc
  .record({
    name: fc.constantFrom('web', 'shop', 'bank', 'mail'),
    availability: number,
    time: number,
    soft: fc.boolean(),
  })
  .map(({ name, availability, time, soft }) => ({
    component: name,
    budget: {
      ...(availability !== undefined && { availability: availability / 10 }),
      ...(time !== undefined && { latency_p99: `${time}ms` }),
    },
    ...(soft && { soft, fallback: 'the last answer is shown again' }),
  }));
const steps = fc.array(
  fc.oneof(component, fc.record({ parallel: fc.array(component, { minLength: 2, maxLength: 3 }) })),
  {
    minLength: 1,
    maxLength: 4,
  },
);

describe('journeys in a report', () => {
  it('are the equations that the rule prints', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (some) => {
        const { findings, journeys = [] } = await judged(some);
        const because = findings.find(({ rule }) => rule === RULE)?.because ?? '';
        for (const { what, text } of journeys) expect(because).toContain(`buy ${what}: ${text}`);
        expect(because.match(/buy (availability|p99):/g) ?? []).toHaveLength(journeys.length);
      }),
      { numRuns: 60 },
    );
  });

  it('have shares that make the total', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (some) => {
        const { journeys = [] } = await judged(some);
        for (const { what, total, shares } of journeys) {
          const taken = shares.reduce((sum, { share }) => sum + share, 0);
          expect(what === 'availability' ? 100 - taken : taken).toBeCloseTo(total, 6);
          expect(shares.filter(({ left, budget, share }) => (left || budget === undefined) && share !== 0)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('name what is promised, what each component takes, and where', async () => {
    const { journeys } = await judged([
      { component: 'web', budget: { availability: 99.9, latency_p99: '500ms' } },
      {
        parallel: [
          { component: 'shop', budget: { availability: 99.9, latency_p99: '400ms' } },
          { component: 'bank', budget: { availability: 99, latency_p99: '1.5s' }, soft: true, fallback: 'asked later' },
        ],
      },
      { component: 'mail' },
    ]);
    expect(journeys).toMatchObject([
      {
        journey: 'buy',
        title: 'Someone buys',
        what: 'availability',
        target: 99.8,
        total: 99.8001,
        kept: true,
        shares: [
          { component: 'web', budget: 99.9, share: 0.1, left: false },
          { component: 'shop', budget: 99.9, share: 0.0999, left: false },
          { component: 'bank', budget: 99, share: 0, left: true },
          { component: 'mail', share: 0, left: false },
        ],
        at: { path: 'gonogo.yaml', line: 1 },
      },
      {
        what: 'p99',
        target: 2000,
        total: 2000,
        kept: true,
        shares: [
          { component: 'web', share: 500 },
          { component: 'shop', budget: 400, share: 0 },
          { component: 'bank', budget: 1500, share: 1500, left: false },
          { component: 'mail', share: 0 },
        ],
      },
    ]);
  });

  it('are absent where the rule on them is not judged, or there is nothing to add', async () => {
    expect(
      (await judged([{ component: 'web', budget: { availability: 99.9 } }], ['ownership'])).journeys,
    ).toBeUndefined();
    expect((await judged([{ component: 'web' }])).journeys).toBeUndefined();
  });
});
