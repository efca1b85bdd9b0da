import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReports } from '../../src/compare/compare.ts';
import type { Against, Change, Finding, Report, ReportedProblem, RuleChange, Ruling } from '../../src/model.ts';
import { anyReport } from '../report/random-report.ts';
import { finding, report, service, waiver } from '../report/sample-report.ts';
import { commonReport, elsewhere, problemOf } from './pairs-of-reports.ts';

const MAIN: Against = { what: 'commit', name: 'main' };
const RULE = 'runbooks/fresh';

function compare(before: Report, after: Report): Change {
  return compareReports(before, after, MAIN);
}

/** The change of one rule of one service. */
function ruleFrom(before: Partial<Finding>, after: Partial<Finding>): RuleChange | undefined {
  const [then, now] = [before, after].map((it) => report([service([finding(RULE, it.ruling ?? 'pass', it)])]));
  return then && now && compare(then, now).services[0]?.rules[0];
}

function problem(words: string, path = 'ops/a.yaml', more: Partial<ReportedProblem> = {}): ReportedProblem {
  return problemOf('payments', RULE, path, words, more);
}

describe('comparing reports', () => {
  it('finds nothing between a report and itself', () => {
    fc.assert(
      fc.property(fc.oneof(anyReport, commonReport), (it) => {
        const change = compare(it, it);
        expect(change).toMatchObject({ passes: true, worse: 0, better: 0 });
        expect(change.services.flatMap((each) => each.rules)).toEqual([]);
        expect(change.notes).toBeUndefined();
      }),
    );
  });

  it('says the opposite of the other direction', () => {
    fc.assert(
      fc.property(commonReport, commonReport, (a, b) => {
        const [there, back] = [compare(a, b), compare(b, a)];
        expect([there.worse, there.better + eased(there)]).toEqual([back.better + eased(back), back.worse]);
        for (const [index, each] of there.services.entries()) {
          const others = new Map(back.services[index]?.rules.map((it) => [it.rule, it]));
          expect(each.remaining).toBe(back.services[index]?.remaining);
          expect(new Set(each.rules.map((it) => it.rule))).toEqual(new Set(others.keys()));
          for (const rule of each.rules) expect(opposite(rule)).toEqual(summary(others.get(rule.rule)));
        }
      }),
    );
  });

  it('takes moved lines and renamed files and folders for no change', () => {
    const renaming = fc.constantFrom(
      (path: string) => path,
      (path: string) => path.replace('services/', 'apps/'),
      (path: string) => path.replace(/(ops|docs)\/(\w)/, '$1/renamed-$2'),
    );
    fc.assert(
      fc.property(commonReport, renaming, fc.integer({ min: 1, max: 900 }), (it, path, shift) => {
        const change = compare(
          it,
          elsewhere(it, path, (line) => line + shift),
        );
        expect(change.services.flatMap((each) => each.rules)).toEqual([]);
      }),
    );
  });

  it('counts every problem that is new, however many of the same rule were repaired', () => {
    const some = (prefix: string) =>
      fc
        .array(fc.integer({ min: 0, max: 40 }), { maxLength: 6 })
        .map((them) => them.map((n) => problem(`${prefix}${n} is wrong`)));
    fc.assert(
      fc.property(some('kept'), some('gone'), some('new'), (kept, gone, fresh) => {
        const change = ruleFrom(
          { ruling: 'fail', problems: [...gone, ...kept] },
          { ruling: 'fail', problems: [...kept, ...fresh] },
        );
        expect(change?.appeared ?? []).toEqual(fresh);
        expect(change?.gone ?? []).toEqual(gone);
        expect(change?.blocks ?? false).toBe(fresh.length > 0);
      }),
    );
  });

  it('blocks only on what fails now', () => {
    fc.assert(
      fc.property(commonReport, commonReport, (a, b) => {
        const change = compare(a, b);
        for (const { after, blocks, direction } of change.services.flatMap((it) => it.rules)) {
          if (blocks) expect(after?.ruling).toBe('fail');
          if (blocks) expect(['worse', 'mixed']).toContain(direction);
        }
        if (b.services.every((it) => it.verdict !== 'NO-GO')) expect(change.passes).toBe(true);
      }),
    );
  });
});

/** What less is asked of gets no better, and worse where more is. */
const OPPOSITE = { worse: 'less bad', better: 'worse', eased: 'worse', mixed: 'mixed', neither: 'neither' } as const;

function eased({ services }: Change): number {
  return services.flatMap((it) => it.rules).filter(({ direction }) => direction === 'eased').length;
}

function opposite({ direction, before, after, appeared, gone }: RuleChange): unknown {
  return { direction: OPPOSITE[direction], before: after, after: before, appeared: idsOf(gone), gone: idsOf(appeared) };
}

function summary(change: RuleChange | undefined): unknown {
  if (!change) return undefined;
  const { direction, before, after, appeared, gone } = change;
  const way = direction === 'better' || direction === 'eased' ? 'less bad' : direction;
  return { direction: way, before, after, appeared: idsOf(appeared), gone: idsOf(gone) };
}

function idsOf(problems: readonly ReportedProblem[]): readonly string[] {
  return problems.map((it) => it.fingerprint).sort();
}

describe('the direction of one rule', () => {
  const ORDER: readonly Ruling[] = ['pass', 'warn', 'waived', 'fail'];

  it('follows the ruling, and blocks where it fails now', () => {
    for (const [i, then] of ORDER.entries())
      for (const [j, now] of ORDER.entries()) {
        const change = ruleFrom({ ruling: then }, { ruling: now });
        if (i === j) expect(change, `${then} → ${now}`).toBeUndefined();
        else
          expect(change).toMatchObject({
            direction: j > i ? 'worse' : now === 'pass' ? 'better' : 'eased',
            blocks: now === 'fail',
          });
      }
  });

  it('calls eased, and not better, what less is asked of and what is seen no more', () => {
    const open = [problem('is old'), problem('links nothing')];
    const failing = { ruling: 'fail', standing: 'contradicted', problems: open } as const;
    const eased: readonly Partial<Finding>[] = [
      // A lower tier, or a later day.
      { ...failing, ruling: 'warn' },
      { ...failing, ruling: 'waived', problems: open.map((it) => ({ ...it, waived: true })) },
      // Set aside, or no longer readable.
      { ruling: 'skip', standing: 'not-applicable' },
      { ruling: 'warn', standing: 'unknown' },
      // It failed in parts and fails as a whole.
      { ruling: 'fail', standing: 'missing' },
    ];
    for (const after of eased)
      expect(ruleFrom(failing, after), JSON.stringify(after)).toMatchObject({ direction: 'eased', blocks: false });
    for (const after of [{ ruling: 'pass' }, { ...failing, ruling: 'warn', problems: open.slice(1) }] as const)
      expect(ruleFrom(failing, after)).toMatchObject({ direction: 'better' });
  });

  it('notes a claim that took the place of proof, and blocks nothing for it', () => {
    expect(ruleFrom({ ruling: 'pass' }, { ruling: 'trust' })).toMatchObject({ direction: 'worse', blocks: false });
    expect(ruleFrom({ ruling: 'pass' }, { ruling: 'skip' })).toMatchObject({ direction: 'neither', blocks: false });
  });

  it('takes unknown for worse than known, and blocks nothing where it failed anyway', () => {
    const [known, unknown] = [{ standing: 'missing' }, { standing: 'unknown' }] as const;
    for (const ruling of ['warn', 'fail'] as const) {
      expect(ruleFrom({ ruling, ...known }, { ruling, ...unknown })).toMatchObject({
        direction: 'worse',
        blocks: false,
      });
      expect(ruleFrom({ ruling, ...unknown }, { ruling, ...known })).toMatchObject({ direction: 'better' });
    }
    expect(ruleFrom({ ruling: 'pass' }, { ruling: 'fail', ...unknown })).toMatchObject({
      direction: 'worse',
      blocks: true,
    });
  });

  it('leaves a finding alone that fails without problems as before', () => {
    const failing = { ruling: 'fail', because: 'nothing declares it' } as const;
    expect(ruleFrom(failing, { ...failing, because: 'still nothing declares it' })).toBeUndefined();
  });

  it('does not let a repaired problem make up for a new one with the same words in another file', () => {
    const [a, b] = [problem('has no owner', 'ops/a.yaml'), problem('has no owner', 'ops/b.yaml')];
    const files = new Set(['ops/a.yaml', 'ops/b.yaml']);
    const [before, after] = [a, b].map((it) => report([service([finding(RULE, 'fail', { problems: [it] })])]));
    if (!before || !after) throw new Error('two reports');
    const change = compareReports(before, after, MAIN, { files: { before: files, after: files } });
    expect(change.services[0]?.rules[0]).toMatchObject({ direction: 'mixed', blocks: true, appeared: [b], gone: [a] });
  });

  it('does not let one alert stand for another of the same file', () => {
    const of = (subject: string) => problem('has no runbook', 'ops/a.yaml', { subject });
    expect(
      ruleFrom({ ruling: 'fail', problems: [of('Latency')] }, { ruling: 'fail', problems: [of('Errors')] }),
    ).toMatchObject({
      blocks: true,
    });
  });

  it('counts a duplicate', () => {
    const it = problem('is old');
    expect(ruleFrom({ ruling: 'fail', problems: [it] }, { ruling: 'fail', problems: [it, it] })).toMatchObject({
      direction: 'worse',
      blocks: true,
      appeared: [it],
    });
  });

  it('takes a figure that changes for the same problem', () => {
    const says = (days: number) => ({ ruling: 'fail', problems: [problem(`was reviewed ${days} days ago`)] }) as const;
    expect(ruleFrom(says(286), says(316))).toBeUndefined();
  });

  it.each([
    ['docker/build-push-action@v5', 'docker/build-push-action@v6.1.0'],
    ['golang:1.22-alpine', 'golang:1.23'],
    ['images.acme.io/acme/api@1.0', 'images.acme.io/acme/api@2.0+build.7'],
  ])('takes %s for the same as %s where neither is as it should be', (then, now) => {
    const says = (name: string) =>
      ({ ruling: 'fail', problems: [problem(`${name} is not pinned`, 'ci.yml', { subject: name })] }) as const;
    expect(ruleFrom(says(then), says(now))).toBeUndefined();
  });

  it('tells what has no place by its words alone', () => {
    const lacks = (subject: string) => {
      const { at: _, ...nowhere } = problem('nothing measures it', 'ci.yml', { subject });
      return { ruling: 'fail', problems: [nowhere] } as const;
    };
    expect(ruleFrom(lacks('pipeline'), lacks('load-test'))).toBeUndefined();
  });

  it('takes a name that moves for worse than a version', () => {
    const says = (name: string) =>
      ({ ruling: 'fail', problems: [problem(`${name} is not pinned`, 'ci.yml', { subject: name })] }) as const;
    expect(ruleFrom(says('acme/scan@v1'), says('acme/scan@main'))).toMatchObject({ blocks: true });
  });

  it('counts a problem anew whose waiver ran out, and none that a waiver covers', () => {
    const [open, kept] = [problem('is old'), problem('links nothing')];
    const covered = { ...open, waived: true };
    expect(
      ruleFrom({ ruling: 'fail', problems: [covered, kept] }, { ruling: 'fail', problems: [open, kept] }),
    ).toMatchObject({ direction: 'worse', blocks: true, appeared: [open] });
    expect(ruleFrom({ ruling: 'fail', problems: [kept] }, { ruling: 'fail', problems: [covered, kept] })).toMatchObject(
      { direction: 'worse', blocks: false, appeared: [covered] },
    );
  });
});

describe('services and yardsticks', () => {
  const failing = finding(RULE, 'fail');

  it('finds a service by its name in a renamed folder, by its folder under a new name, and takes another for new', () => {
    const at = (name: string, dir: string) => report([service([failing], { name, dir })]);
    expect(compare(at('payments', 'a'), at('payments', 'b')).passes).toBe(true);
    expect(compare(at('payments', 'a'), at('billing', 'a'))).toMatchObject({
      passes: true,
      notes: ['billing was judged as "payments" before, now as "billing"'],
    });
    const fresh = compare(at('payments', 'a'), at('billing', 'b'));
    expect(fresh).toMatchObject({ passes: false, worse: 1, notes: ['billing is new', 'payments is judged no more'] });
    expect(fresh.services).toMatchObject([
      { service: 'billing', rules: [{ rule: RULE, direction: 'worse', blocks: true }], remaining: 0 },
      { service: 'payments', rules: [] },
    ]);
  });

  it('lets no service out of being judged while its folder is there', () => {
    const [gone, left] = [
      service([failing], { name: 'shop', dir: 'shop' }),
      service([failing], { name: 'cart', dir: 'cart' }),
    ];
    const without = (remains: (dir: string) => boolean, was = gone) =>
      compareReports(report([was, left]), report([left]), MAIN, { remains });
    expect(without((dir) => dir === 'shop')).toMatchObject({
      passes: false,
      notes: ['shop is judged no more, though its folder is still there'],
      services: [{ service: 'cart' }, { service: 'shop', abandoned: true }],
    });
    expect(without((dir) => dir !== 'shop')).toMatchObject({ passes: true, notes: ['shop is judged no more'] });
    const { manifest: _, ...undeclared } = gone;
    expect(without(() => true, undeclared)).toMatchObject({ passes: true });
  });

  it('tells two services of one name apart by their folders', () => {
    const both = (a: Ruling, b: Ruling) =>
      report([
        service([finding(RULE, a)], { name: 'x', dir: 'a' }),
        service([finding(RULE, b)], { name: 'x', dir: 'b' }),
      ]);
    const change = compare(both('fail', 'pass'), both('pass', 'fail'));
    expect(change.services.map(({ dir, rules }) => [dir, rules[0]?.direction])).toEqual([
      ['a', 'better'],
      ['b', 'worse'],
    ]);
  });

  it('blames a rule that was not judged before on the change only where the checklists are the same', () => {
    const before = report([service([finding('release/gated', 'pass')])]);
    const after = report([service([finding('release/gated', 'pass'), failing])]);
    expect(compare(before, after)).toMatchObject({ passes: false, worse: 1 });
    const other = { ...after, checklists: [{ name: 'runbooks', digest: 'ffffffffffffffff' }] };
    const change = compare(before, other);
    expect(change).toMatchObject({ passes: true, worse: 0 });
    expect(change.services[0]?.rules).toMatchObject([{ rule: RULE, direction: 'neither', blocks: false }]);
    expect(change.notes?.[0]).toMatch(/the checklists are not the same \(runbooks\)/);
  });

  it('lists an unmet rule that is judged no more, and calls that neither better nor worse', () => {
    const change = compare(report([service([failing])]), report([service([finding('release/gated', 'pass')])]));
    expect(change.services[0]?.rules).toMatchObject([{ rule: RULE, direction: 'neither' }]);
    expect(change.services[0]?.rules[0]?.after).toBeUndefined();
  });

  it('finds a rule under the id that it had', () => {
    const before = report([service([finding('runbooks/runbook-fresh', 'fail')])]);
    const aliases = new Map([['runbooks/runbook-fresh', RULE]]);
    expect(compareReports(before, report([service([failing])]), MAIN, { aliases }).services[0]).toMatchObject({
      rules: [],
      remaining: 1,
    });
  });

  it('names the waivers in use that are new, longer or wider, wherever they stand', () => {
    const agreed = waiver(RULE);
    const covered = (by: typeof agreed) => report([service([finding(RULE, 'waived', { waiver: by })])]);
    expect(
      compare(covered(agreed), covered({ ...agreed, at: { path: 'other.yaml', line: 9 } })).services[0]?.waived,
    ).toBeUndefined();
    const longer = { ...agreed, expires: '2027-01-01' };
    expect(compare(covered(agreed), covered(longer)).services[0]?.waived).toEqual([longer]);
    const fresh = compare(report([service([failing])]), covered(agreed));
    expect(fresh.services[0]).toMatchObject({ waived: [agreed], rules: [{ direction: 'eased', blocks: false }] });
  });

  it('says how a service wants to be judged now', () => {
    const tier = (it: 1 | 4) => report([service([failing], { tier: it })]);
    expect(compare(tier(1), tier(4)).notes).toEqual(['payments was judged as tier 1 before, now as tier 4']);
  });
});
