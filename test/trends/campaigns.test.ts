/** Campaigns: who is in, what is met, and when the rest will be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/generated/policy.ts';
import type { Kept, ServiceLine } from '../../src/model-trend.ts';
import { answeredRun } from '../../src/trends/answers.ts';
import { progressOf } from '../../src/trends/campaigns.ts';
import { runOf, type Sample } from './sample-runs.ts';

const CAMPAIGN: Campaign = { title: 'Runbooks', rules: ['runbooks'], deadline: '2027-03-31' };

function progress(now: Kept, earlier: readonly Kept[] = [], campaign: Partial<Campaign> = {}) {
  const [first] = progressOf({ a: { ...CAMPAIGN, ...campaign } }, answeredRun(now), earlier.map(answeredRun));
  if (!first) throw new Error('there is no campaign');
  return first;
}

const OPEN: Sample = { 'runbooks/a': 'fails', 'runbooks/b': 'met', 'data/c': 'fails' };
const DONE: Sample = { 'runbooks/a': 'trusted', 'runbooks/b': 'met', 'data/c': 'fails' };

describe('a campaign', () => {
  it('counts the rules of its areas on the services that they apply to', () => {
    const now = runOf('2026-11-16', {
      open: OPEN,
      done: DONE,
      accepted: { 'runbooks/a': 'waived' },
      elsewhere: { 'runbooks/a': 'n/a', 'data/c': 'fails' },
    });
    expect(progress(now)).toMatchObject({
      rules: ['runbooks/a', 'runbooks/b'],
      applicable: 5,
      met: 3,
      services: 3,
      done: 1,
      lagging: [
        { service: 'accepted', rules: ['runbooks/a'] },
        { service: 'open', rules: ['runbooks/a'] },
      ],
    });
  });

  it.each<[string, Campaign['services'], readonly string[]]>([
    ['tiers', { tiers: [1] }, ['pay']],
    ['owners', { owners: ['team-p*'] }, ['pay']],
    ['names', { names: ['mail'] }, ['acme/mail']],
    ['repositories', { repositories: ['acme/*'] }, ['acme/mail']],
    ['stages', { stages: ['beta'] }, ['acme/mail']],
    ['all of them at once', { tiers: [1], stages: ['beta'] }, []],
  ])('is for services of certain %s', (_, services, wanted) => {
    const lines: Record<string, Partial<ServiceLine>> = {
      pay: { tier: 1, owner: 'team-pay', name: 'pay' },
      'acme/mail': { tier: 2, owner: 'team-mail', name: 'mail', stage: 'beta' },
    };
    const now = runOf('2026-11-16', { pay: OPEN, 'acme/mail': OPEN }, {}, (key) => lines[key] ?? {});
    expect(
      progress(now, [], services && { services })
        .lagging.map(({ service }) => service)
        .sort(),
    ).toEqual(wanted);
  });

  it('says when the rest will be met, with how it comes to that', () => {
    const earlier = [
      runOf('2026-10-05', { a: OPEN, b: OPEN, c: OPEN, d: OPEN }),
      runOf('2026-10-26', { a: OPEN, b: OPEN, c: OPEN, d: DONE }),
    ];
    const now = runOf('2026-11-16', { a: OPEN, b: OPEN, c: DONE, d: DONE });
    expect(progress(now, earlier)).toMatchObject({
      history: [
        { asOf: '2026-10-05', applicable: 8, met: 4 },
        { asOf: '2026-10-26', applicable: 8, met: 5 },
      ],
      forecast: '2026-12-28',
      because: '2 of 8 left; 0.3 fewer a week since 2026-10-05, by 3 audits: 42 more days',
    });
  });

  it.each<[string, readonly Kept[], string]>([
    ['too few audits say', [runOf('2026-10-05', { a: OPEN })], 'a forecast needs three audits'],
    [
      'the audits are too near to each other',
      [runOf('2026-11-14', { a: OPEN, b: OPEN }), runOf('2026-11-15', { a: OPEN })],
      'a forecast needs three audits over at least 14 days',
    ],
    [
      'nothing moves',
      [runOf('2026-10-05', { a: OPEN }), runOf('2026-10-26', { a: OPEN })],
      'no fewer since 2026-10-05',
    ],
  ])('says nothing of the end where %s', (_, earlier, because) => {
    const its = progress(runOf('2026-11-16', { a: OPEN }), earlier);
    expect(its.forecast).toBeUndefined();
    expect(its.because).toContain(because);
  });

  it('is done where all is met, and none where no rule of it applies', () => {
    expect(progress(runOf('2026-11-16', { a: DONE }))).toMatchObject({
      done: 1,
      lagging: [],
      because: 'all 2 are met',
    });
    expect(progress(runOf('2026-11-16', { a: { 'data/c': 'fails' } }))).toMatchObject({
      services: 0,
      because: 'none of its rules applies to any service',
    });
  });

  it('has a forecast that is later than the last audit, and counts that agree', () => {
    const sample = fc.constantFrom(OPEN, DONE, { 'data/c': 'met' } satisfies Sample);
    fc.assert(
      fc.property(
        fc.array(fc.array(sample, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
        (runs) => {
          const kept = runs.map((services, index) =>
            runOf(
              `2026-${String(index + 1).padStart(2, '0')}-01`,
              Object.fromEntries(services.map((it, at) => [`s${at}`, it])),
            ),
          );
          const now = kept.at(-1) as Kept;
          const its = progress(now, kept.slice(0, -1));
          expect(its.met).toBeLessThanOrEqual(its.applicable);
          expect(its.done + its.lagging.length).toBe(its.services);
          expect(its.lagging.reduce((sum, { rules }) => sum + rules.length, 0)).toBe(its.applicable - its.met);
          if (its.forecast !== undefined) expect(its.forecast > now.run.asOf).toBe(true);
        },
      ),
    );
  });
});
