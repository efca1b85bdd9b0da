/** Rulings on findings, waivers among them: laws that hold for any mix of problems and waivers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assessment, Rule, Service, Standing, Waiver } from '../../src/model.ts';
import { judge, scoreOf, verdictOf } from '../../src/verdict/judge.ts';
import { DEFAULT_LIMITS, examine } from '../../src/verdict/waivers.ts';

const SERVICE: Service = { name: 'shop', dir: '', tier: 1, stage: 'live', profile: 'balanced', assumed: [] };
const RULE: Rule = {
  id: 'runbooks/fresh',
  aliases: ['runbooks/runbook-fresh'],
  area: 'runbooks',
  statement: 'Runbooks are fresh.',
  severity: 'major',
  proof: 'optional',
  due: 'beta',
  check: 'runbooks/fresh',
  params: {},
  why: 'w',
  fix: 'f',
  refs: [],
  waivable: true,
};
const WAIVER: Waiver = {
  rule: RULE.id,
  reason: 'rewritten in December',
  owner: 'ada',
  expires: '2026-12-01',
  at: { path: 'gonogo.waivers.yaml', line: 3 },
};

function assessment(standing: Standing, problems: Assessment['problems'] = []): Assessment {
  return { standing, because: 'because', evidence: [], problems };
}

function bench(waivers: readonly Waiver[]) {
  return { service: SERVICE, waivers, failOn: 'major', asOf: '2026-11-16' } as const;
}

const PROBLEMS = [
  { message: 'a.md:12 is old', at: { path: 'docs/a.md', line: 12 }, subject: 'a' },
  { message: 'b.md:4 is old', at: { path: 'docs/b.md', line: 4 }, subject: 'b' },
];

describe('judge', () => {
  it('waives a failing rule, and says by what', () => {
    const finding = judge(RULE, assessment('missing'), bench([WAIVER]));
    expect(finding.ruling).toBe('waived');
    expect(finding.waiver).toEqual(WAIVER);
    expect(verdictOf([finding])).toBe('CONDITIONAL GO');
  });

  it('says once what a check found twice, such as by two overlays of one workload', () => {
    const finding = judge(RULE, assessment('stale', [...PROBLEMS, ...PROBLEMS.map((it) => ({ ...it }))]), bench([]));
    expect(finding.problems.map(({ message }) => message)).toEqual(PROBLEMS.map(({ message }) => message));
  });

  it('says both of what two places have', () => {
    const twice = PROBLEMS.map((it) => ({ ...it, message: 'is old', subject: 'both' }));
    expect(judge(RULE, assessment('stale', twice), bench([])).problems).toHaveLength(2);
  });

  it('accepts an alias in a waiver', () => {
    expect(judge(RULE, assessment('missing'), bench([{ ...WAIVER, rule: 'runbooks/runbook-fresh' }])).ruling).toBe(
      'waived',
    );
  });

  it('does not waive a finding of which a scoped waiver covers only a part', () => {
    const finding = judge(RULE, assessment('stale', PROBLEMS), bench([{ ...WAIVER, scope: 'docs/a.md' }]));
    expect(finding.ruling).toBe('fail');
    expect(finding.problems.map((it) => it.waived)).toEqual([true, false]);
  });

  it('waives when scoped waivers together cover every problem, by path and by fingerprint', () => {
    const fingerprint = judge(RULE, assessment('stale', PROBLEMS), bench([])).problems[1]?.fingerprint ?? '';
    const finding = judge(
      RULE,
      assessment('stale', PROBLEMS),
      bench([
        { ...WAIVER, scope: 'docs/a.md' },
        { ...WAIVER, scope: fingerprint },
      ]),
    );
    expect(finding.ruling).toBe('waived');
  });

  it('keeps fingerprints when lines move', () => {
    const [before] = judge(RULE, assessment('stale', PROBLEMS), bench([])).problems;
    const moved = PROBLEMS.map((it) => ({
      ...it,
      message: it.message.replace(/\d+/, '99'),
      at: { ...it.at, line: 99 },
    }));
    expect(judge(RULE, assessment('stale', moved), bench([])).problems[0]?.fingerprint).toBe(before?.fingerprint);
  });

  it('does not let a rule that cannot be waived be waived', () => {
    expect(judge({ ...RULE, waivable: false }, assessment('missing'), bench([WAIVER])).ruling).toBe('fail');
  });

  it('announces a rule until the day from which it counts', () => {
    const on = (asOf: string, standing: Standing = 'missing') =>
      judge({ ...RULE, effectiveFrom: '2027-01-01' }, assessment(standing), { ...bench([]), asOf });
    expect(on('2026-12-31')).toMatchObject({
      ruling: 'warn',
      countsFrom: '2027-01-01',
      because: 'because (announced; counts from 2027-01-01)',
    });
    for (const day of ['2027-01-01', '2027-01-02']) {
      expect(on(day)).toMatchObject({ ruling: 'fail', because: 'because' });
      expect(on(day)).not.toHaveProperty('countsFrom');
    }
    expect(on('2026-12-31', 'verified')).not.toHaveProperty('countsFrom');
    expect(on('2026-12-31', 'unknown')).not.toHaveProperty('countsFrom');
  });

  it('announces only what would block: the bar that --fail-on sets decides', () => {
    const ruled = (['critical', 'major', 'standard'] as const).map((severity) =>
      (['critical', 'major', 'standard', 'none'] as const).map((failOn) => {
        const rule = { ...RULE, severity };
        const [now, later] = [rule, { ...rule, effectiveFrom: '2027-01-01' }].map((it) =>
          judge(it, assessment('missing'), { ...bench([]), failOn }),
        );
        const waived = judge(rule, assessment('missing'), { ...bench([WAIVER]), failOn });
        return `${now?.ruling} ${waived.ruling} ${later?.ruling}${later?.countsFrom ? ' announced' : ''}`;
      }),
    );
    expect(ruled).toEqual([
      ['fail waived warn announced', 'fail waived warn announced', 'fail waived warn announced', 'warn warn warn'],
      ['warn warn warn', 'fail waived warn announced', 'fail waived warn announced', 'warn warn warn'],
      ['warn warn warn', 'warn warn warn', 'fail waived warn announced', 'warn warn warn'],
    ]);
  });

  it('counts a waived rule as applicable and not met', () => {
    expect(scoreOf([judge(RULE, assessment('missing'), bench([WAIVER]))])).toEqual({
      applicable: 1,
      met: 0,
      verified: 0,
      declared: 0,
    });
  });

  it('never makes a verdict worse by a waiver, nor touches another rule (property)', () => {
    const standing = fc.constantFrom<Standing>(
      'verified',
      'declared',
      'contradicted',
      'missing',
      'stale',
      'unknown',
      'not-applicable',
    );
    fc.assert(
      fc.property(fc.array(standing, { minLength: 1, maxLength: 5 }), (standings) => {
        const rules = standings.map((_, index) => ({ ...RULE, id: `runbooks/r${index}`, aliases: [] }));
        const rulings = (waivers: readonly Waiver[]) =>
          rules.map((rule, index) => judge(rule, assessment(standings[index] ?? 'missing'), bench(waivers)).ruling);
        const without = rulings([]);
        const waived = rulings([{ ...WAIVER, rule: 'runbooks/r0' }]);
        expect(waived.slice(1)).toEqual(without.slice(1));
        expect([without[0], without[0] === 'fail' ? 'waived' : without[0]]).toContain(waived[0]);
      }),
    );
  });
});

describe('examining a waiver', () => {
  const yardstick = { rules: [RULE], known: new Set([RULE.id]), limits: DEFAULT_LIMITS, asOf: '2026-11-16' };
  const trouble = (change: Partial<Waiver>) => examine({ ...WAIVER, ...change }, yardstick).trouble;

  it('finds nothing wrong with a good one, also on its last day', () => {
    expect(trouble({})).toBeUndefined();
    expect(trouble({ expires: '2026-11-16' })).toBeUndefined();
  });

  it('is equal to no waiver from the day after its last', () => {
    expect(trouble({ expires: '2026-11-15' })).toContain('expired on 2026-11-15');
    expect(examine({ ...WAIVER, expires: '2026-11-15' }, yardstick).waiver).toBeUndefined();
  });

  it('measures a life from the day it was agreed', () => {
    expect(trouble({ expires: '2027-02-14' })).toBeUndefined();
    expect(trouble({ expires: '2027-02-15' })).toContain('90 days at most');
    expect(trouble({ from: '2026-09-01', expires: '2026-12-15' })).toContain('2026-11-30');
  });

  it('covers nothing before the day it was agreed for', () => {
    expect(trouble({ from: '2026-11-17', expires: '2026-12-01' })).toContain('begins on 2026-11-17');
  });

  it('names the nearest rule for one that does not exist', () => {
    expect(examine({ ...WAIVER, rule: 'runbooks/frsh' }, yardstick).fix).toContain('runbooks/fresh');
  });

  it('wants an owner, a reason and an end', () => {
    const { owner: _owner, ...ownerless } = WAIVER;
    const { reason: _reason, ...reasonless } = WAIVER;
    const { expires: _expires, ...endless } = WAIVER;
    expect([ownerless, reasonless, endless].map((it) => examine(it, yardstick).trouble)).toEqual([
      expect.stringContaining('nobody owns it'),
      expect.stringContaining('without a reason'),
      expect.stringContaining('without an end'),
    ]);
  });
});
