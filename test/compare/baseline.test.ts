import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accepting, compareBaseline, fixedIn, newIn, withoutFixed } from '../../src/compare/baseline.ts';
import { baselineOf, baselineText, parseBaseline } from '../../src/compare/baseline-file.ts';
import { compareReports } from '../../src/compare/compare.ts';
import type { GonogoBaseline } from '../../src/generated/baseline.ts';
import { InputError } from '../../src/input-error.ts';
import type { Against, Change, Report } from '../../src/model.ts';
import { openText } from '../report/random-parts.ts';
import { anyReport } from '../report/random-report.ts';
import { finding, noGo, report, service } from '../report/sample-report.ts';
import { commonReport, elsewhere, problemOf } from './pairs-of-reports.ts';

const FILE: Against = { what: 'baseline', name: 'gonogo.baseline.json' };
const RULE = 'runbooks/fresh';

function against(baseline: GonogoBaseline, it: Report, paths: readonly string[] = []): Change {
  return compareBaseline(baseline, it, FILE, new Set(paths));
}

function failing(...words: readonly string[]): Report {
  const problems = words.map((it) => problemOf('payments', RULE, 'ops/a.yaml', it));
  return report([service([finding(RULE, 'fail', { problems })])]);
}

describe('a baseline as text', () => {
  it('is read as it was written, whatever is in the report', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const text = baselineText(baselineOf(it));
        const again = parseBaseline(text, 'b.json');
        expect(baselineText(again)).toBe(text);
        expect(again.accepted).toHaveLength(baselineOf(it).accepted.length);
      }),
    );
  });

  it('is the same for the same entries in another order, has one line a problem and no number of a line', () => {
    const baseline = baselineOf(noGo());
    const text = baselineText(baseline);
    expect(baselineText({ ...baseline, accepted: baseline.accepted.toReversed() })).toBe(text);
    expect(text.split('\n').filter((line) => line.includes('"rule"'))).toHaveLength(baseline.accepted.length);
    expect(text).not.toMatch(/"line"|\.yaml:\d/);
    expect(text).toMatchSnapshot();
  });

  it('keeps the version of what a message names', () => {
    const [entry] = baselineOf(failing('Dockerfile:12 builds on golang:1.22-alpine')).accepted;
    expect(entry?.message).toBe('Dockerfile builds on golang:1.22-alpine');
  });

  it('shows what hides or reorders text as escapes', () => {
    const text = baselineText(baselineOf(failing('a\u202Eb\u001B[2J\u0085\uD800')));
    expect(text).toContain('a\\u202eb\\u001b[2J\\u0085\uFFFD');
  });

  it('is refused where it is none, with a sentence and never otherwise', () => {
    const valid = baselineText(baselineOf(noGo()));
    const damaged = fc
      .tuple(fc.nat(valid.length), fc.nat(40), openText)
      .map(([at, length, text]) => valid.slice(0, at) + text + valid.slice(at + length));
    const json = fc.jsonValue().map((it) => JSON.stringify(it));
    const entry = fc
      .dictionary(
        fc.constantFrom('service', 'dir', 'rule', 'fingerprint', 'message', 'path', '__proto__', 'line'),
        fc.jsonValue(),
      )
      .map((it) => JSON.stringify({ ...JSON.parse(valid), accepted: [it] }));
    fc.assert(
      fc.property(fc.oneof(openText, damaged, json, entry), (text) => {
        try {
          const it = parseBaseline(text, 'b.json');
          expect(baselineText(parseBaseline(baselineText(it), 'b.json'))).toBe(baselineText(it));
          against(it, noGo());
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
    expect(() => parseBaseline('{"accepted": []}', 'b.json')).toThrow(
      /"b.json" is no baseline: it must have required property/,
    );
    expect(() => parseBaseline('no', 'b.json')).toThrow(/it is not JSON/);
  });
});

describe('a report against a baseline', () => {
  it('passes against its own, with nothing new and nothing fixed, and the verdict is what it was', () => {
    fc.assert(
      fc.property(fc.oneof(anyReport, commonReport), (it) => {
        const change = against(baselineOf(it), it);
        expect(change).toMatchObject({ passes: true, worse: 0, better: 0 });
        expect([...newIn(change), ...fixedIn(change)]).toEqual([]);
        const failed = it.services.flatMap((each) => each.findings.filter(({ ruling }) => ruling === 'fail'));
        expect(change.services.reduce((sum, each) => sum + each.remaining, 0)).toBe(failed.length);
      }),
    );
  });

  it('still knows its problems after lines moved and files were renamed', () => {
    fc.assert(
      fc.property(commonReport, fc.integer({ min: 1, max: 900 }), (it, shift) => {
        const later = elsewhere(
          it,
          (path) => path.replace('services/', 'apps/'),
          (line) => line + shift,
        );
        const change = against(baselineOf(it), later);
        expect([...newIn(change), ...fixedIn(change)]).toEqual([]);
      }),
    );
  });

  it('blocks on what is new however much was fixed, and counts alike problems one by one', () => {
    const baseline = baselineOf(failing('one is wrong', 'two is wrong'));
    const change = against(baseline, failing('one is wrong', 'three is wrong'));
    expect(change).toMatchObject({ passes: false, worse: 1, better: 1 });
    expect(newIn(change).map((it) => it.message)).toEqual(['three is wrong']);
    expect(fixedIn(change).map((it) => it.message)).toEqual(['two is wrong']);
    expect(against(baselineOf(failing('a')), failing('a', 'a')).passes).toBe(false);
  });

  it('takes a problem in a file that is new for a new one while the old file is there', () => {
    const at = (path: string) =>
      report([service([finding(RULE, 'fail', { problems: [problemOf('payments', RULE, path, 'is old')] })])]);
    expect(against(baselineOf(at('a.md')), at('b.md'), ['a.md', 'b.md']).passes).toBe(false);
    expect(against(baselineOf(at('a.md')), at('b.md'), ['b.md']).passes).toBe(true);
  });

  it('accepts a finding that fails without a problem, and knows it when it is met', () => {
    const bare = report([service([finding(RULE, 'fail')])]);
    expect(against(baselineOf(bare), bare).passes).toBe(true);
    expect(against(baselineOf(failing()), failing('now there is one')).passes).toBe(false);
    const met = against(baselineOf(bare), report([service([finding(RULE, 'pass')])]));
    expect(fixedIn(met)).toHaveLength(1);
    expect(met.services[0]?.rules).toMatchObject([{ direction: 'better', after: { ruling: 'pass' } }]);
    expect(against(baselineOf(failing('a', 'b')), bare)).toMatchObject({ passes: true, better: 0 });
  });

  it('calls nothing fixed that only warns, is waived, or is not judged', () => {
    const problems = [problemOf('payments', RULE, 'ops/a.yaml', 'one is wrong')];
    const baseline = baselineOf(failing('one is wrong'));
    for (const it of [
      finding(RULE, 'warn', { problems }),
      finding(RULE, 'waived', { problems: problems.map((each) => ({ ...each, waived: true })) }),
      finding('release/gated', 'pass'),
    ])
      expect(fixedIn(against(baseline, report([service([it])]))), it.ruling).toEqual([]);
    const other = against(baseline, report([service([finding(RULE, 'pass')], { name: 'ledger', dir: 'ledger' })]));
    expect(fixedIn(other)).toEqual([]);
    expect(other.notes).toContain('the baseline accepts problems of payments, which is not judged here');
  });

  it('says so where it was written by other checklists', () => {
    const baseline = { ...baselineOf(noGo()), checklists: [] };
    expect(against(baseline, noGo()).notes?.[0]).toMatch(/the checklists are not the same/);
  });

  it('loses exactly what is fixed', () => {
    fc.assert(
      fc.property(commonReport, commonReport, (then, now) => {
        const baseline = baselineOf(then);
        const change = against(baseline, now);
        const next = withoutFixed(baseline, change);
        expect(next.accepted).toHaveLength(baseline.accepted.length - fixedIn(change).length);
        for (const entry of next.accepted) expect(baseline.accepted).toContain(entry);
        const again = against(next, now);
        expect(fixedIn(again)).toEqual([]);
        expect(newIn(again)).toEqual(newIn(change));
      }),
    );
  });

  it('takes what it accepts out of the way of a gate on changes', () => {
    const change = compareReports(failing('one'), failing('one', 'two'), { what: 'commit', name: 'main' });
    expect(change.passes).toBe(false);
    expect(accepting(change, against(baselineOf(failing('one', 'two')), failing('one', 'two'))).passes).toBe(true);
    expect(accepting(change, against(baselineOf(failing('one')), failing('one', 'two'))).passes).toBe(false);
  });
});
