/** The TAP report: a strict reader takes it and gets back what the report says, whatever that is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Report, Ruling } from '../../src/model.ts';
import { visible } from '../../src/report/escape-terminal.ts';
import { format } from '../../src/report/tap.ts';
import { canvas } from './canvas.ts';
import { offences } from './hostile.ts';
import { anyReport } from './random-report.ts';
import { finding, noGo, nothingJudged, problem, report, service, waiver } from './sample-report.ts';
import { parseTap, type TapPoint } from './tap-parser.ts';

function rendered(it: Report): string {
  return format.render(it, canvas());
}

const LOOKS: Readonly<Record<Ruling, readonly [ok: boolean, directive: string | undefined]>> = {
  fail: [false, undefined],
  warn: [false, 'TODO'],
  waived: [true, 'SKIP'],
  skip: [true, 'SKIP'],
  trust: [true, undefined],
  pass: [true, undefined],
};

/** How a finding is told from others; a service without any is skipped. */
function lookOf(one: Finding | undefined): readonly [ok: boolean, directive: string | undefined] {
  return LOOKS[one?.ruling ?? 'skip'];
}

function pointsOf(it: Report): readonly TapPoint[] {
  return parseTap(rendered(it)).points;
}

describe('the reader of TAP in these tests', () => {
  it.each([
    ['no version', 'TAP version 13\n1..0\n'],
    ['another plan', 'TAP version 14\n1..2\nok 1 - a\n'],
    ['a wrong number', 'TAP version 14\n1..1\nok 2 - a\n'],
    ['a line of its own', 'TAP version 14\n1..1\nok 1 - a\nBail out!\n'],
    ['a bare hash', 'TAP version 14\n1..1\nok 1 - a #b\n'],
    ['a directive it does not know', 'TAP version 14\n1..1\nok 1 - a # DONE b\n'],
    ['an unknown escape', 'TAP version 14\n1..1\nok 1 - a\\b\n'],
    ['YAML that does not end', 'TAP version 14\n1..1\nok 1 - a\n  ---\n  a: 1\n'],
    ['YAML that is none', 'TAP version 14\n1..1\nok 1 - a\n  ---\n  a: "\n  ...\n'],
  ])('refuses %s', (_, text) => {
    expect(() => parseTap(text)).toThrow();
  });
});

describe('the TAP report', () => {
  it('is as committed', async () => {
    await expect(rendered(noGo())).toMatchFileSnapshot('__golden__/tap-no-go.tap.txt');
  });

  it('has a point a rule, and only what is met passes without a word', () => {
    const rules = {
      fail: finding('data/a', 'fail', { problems: [problem('a.yaml:3:1', 'it is #1 \\ of 2')] }),
      warn: finding('data/b', 'warn', { standing: 'unknown', because: 'not read' }),
      waived: finding('data/c', 'waived', { waiver: waiver('data/c') }),
      skip: finding('data/d', 'skip', { because: 'no queue' }),
      trust: finding('data/e', 'trust'),
      pass: finding('data/f', 'pass', { statement: 'C# \\ # SKIP' }),
    };
    const [fail, warn, waived, skip, trust, pass] = pointsOf(report([service(Object.values(rules))]));
    expect(fail).toMatchObject({
      ok: false,
      diagnostics: { severity: 'major', problems: [{ at: 'a.yaml:3:1', message: 'it is #1 \\ of 2' }] },
    });
    expect(fail).not.toHaveProperty('directive');
    expect(warn).toMatchObject({ ok: false, directive: 'TODO', reason: 'warning, unknown: not read' });
    expect(waived).toMatchObject({ ok: true, directive: 'SKIP' });
    expect(waived?.reason).toMatch(/^waived until 2026-12-01, accepted by team-payments: /);
    expect(skip).toMatchObject({ ok: true, directive: 'SKIP', reason: 'not applicable: no queue' });
    expect(trust?.description).toMatch(/\(only declared\)$/);
    expect(pass).toEqual({ ok: true, description: 'payments data/f: C# \\ # SKIP' });
  });

  it('skips what was not judged', () => {
    const reason = 'no rule applies, so nothing was judged';
    expect(pointsOf(nothingJudged())).toMatchObject([{ directive: 'SKIP', reason }]);
    expect(parseTap(rendered(report([])))).toEqual({ points: [], skippedWhole: reason });
  });

  it('of any report is read back by a strict reader', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const text = rendered(it);
        expect(offences(text)).toEqual([]);
        const { points } = parseTap(text);
        const findings = it.services.flatMap((one): readonly (Finding | undefined)[] =>
          one.findings.length > 0 ? one.findings : [undefined],
        );
        expect(points.map(({ ok, directive }) => [ok, directive])).toEqual(findings.map(lookOf));
        for (const [index, one] of findings.entries()) {
          if (one) expect(points[index]?.description).toContain(visible(`${one.rule}: ${one.statement}`));
          if (one?.ruling === 'fail') expect(points[index]?.diagnostics?.because).toBe(visible(one.because));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
