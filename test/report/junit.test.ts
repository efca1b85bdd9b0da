/** The JUnit report: valid by Jenkins' schema, a case a rule, and nothing that is not met is a passed case. */
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { visible } from '../../src/report/escape-terminal.ts';
import { format } from '../../src/report/junit.ts';
import { canvas } from './canvas.ts';
import { offences } from './hostile.ts';
import { schemaErrors } from './junit-schema.ts';
import { anyReport } from './random-report.ts';
import { conditional, finding, go, noGo, nothingJudged, report, service, several, waiver } from './sample-report.ts';

interface Case {
  readonly suite: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly outcomes: { name: string; attributes: Readonly<Record<string, string>>; text: string }[];
}

function rendered(it: Report): string {
  return format.render(it, canvas());
}

/** The cases of a document, by a parser that refuses whatever is not well-formed. */
function casesOf(text: string): { cases: Case[]; suites: Record<string, string>[] } {
  const cases: Case[] = [];
  const suites: Record<string, string>[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const plain = attributes as Record<string, string>;
    if (name === 'testsuite') suites.push(plain);
    if (name === 'testcase') cases.push({ suite: suites.at(-1)?.name ?? '', attributes: plain, outcomes: [] });
    if (['failure', 'error', 'skipped', 'system-out'].includes(name))
      cases.at(-1)?.outcomes.push({ name, attributes: plain, text: '' });
  });
  parser.on('text', (words) => {
    const outcome = cases.at(-1)?.outcomes.at(-1);
    if (outcome) outcome.text += words;
  });
  parser.write(text).close();
  return { cases, suites };
}

function outcomesOf(it: Report, rule: string): readonly string[] {
  return casesOf(rendered(it))
    .cases.filter(({ attributes }) => attributes.name === rule)
    .flatMap(({ outcomes }) => outcomes.map(({ name }) => name));
}

describe('the JUnit report', () => {
  it('is as committed', async () => {
    await expect(rendered(noGo())).toMatchFileSnapshot('__golden__/junit-no-go.xml.txt');
  });

  it('is valid for samples by hand', async () => {
    const samples = [noGo(), conditional(), go(), several(), nothingJudged(), report([])];
    expect(await schemaErrors(samples.map(rendered))).toEqual([]);
  });

  it('of any report is valid by the schema', async () => {
    expect(await schemaErrors(fc.sample(anyReport, 1000).map(rendered))).toEqual([]);
  });

  it('is held against a schema that refuses', async () => {
    const [line = ''] = await schemaErrors([rendered(noGo()).replace('<testcase ', '<testcase file="x" ')]);
    expect(line).toContain("The attribute 'file' is not allowed");
  });

  it.each([
    ['fail', 'missing', ['failure']],
    ['fail', 'unknown', ['error']],
    ['waived', 'missing', ['skipped', 'system-out']],
    ['warn', 'unknown', ['skipped', 'system-out']],
    ['warn', 'missing', ['skipped', 'system-out']],
    ['trust', 'declared', ['system-out']],
    ['pass', 'verified', ['system-out']],
    ['skip', 'not-applicable', []],
  ] as const)('%s for what is %s comes to %j', (ruling, standing, outcomes) => {
    const rule = 'runbooks/fresh';
    const waived = ruling === 'waived' ? { waiver: waiver(rule) } : {};
    expect(outcomesOf(report([service([finding(rule, ruling, { standing, ...waived })])]), rule)).toEqual(outcomes);
  });

  it('says why a case is skipped, by whom and until when', () => {
    const messages = casesOf(rendered(noGo())).cases.flatMap(({ outcomes }) =>
      outcomes.filter(({ name }) => name === 'skipped').map(({ attributes }) => attributes),
    );
    expect(messages).toContainEqual({
      type: 'waived',
      message:
        'waived until 2026-12-01, accepted by team-payments, approved by Ngozi Obi: The second region is paid for from January; until then the failover is by hand.',
    });
    expect(messages).toContainEqual({
      type: 'warning',
      message: 'warning, major: unknown: the ServiceMonitor is a Helm template that was not rendered',
    });
  });

  it('gives a failure its severity, and every problem with its place and fix', () => {
    const { cases } = casesOf(rendered(noGo()));
    const [failure] =
      cases.find(({ attributes }) => attributes.name === 'runbooks/alert-links-runbook')?.outcomes ?? [];
    expect(failure?.attributes.type).toBe('critical');
    expect(failure?.text).toContain('\n- ops/alerts/payments.yaml:41:11 PaymentsLatencyHigh links');
    expect(failure?.text).toContain('\n  fix: Link docs/runbooks/latency.md');
  });

  it('has a skipped case and never an empty or a green suite where nothing was judged', () => {
    const skipped = report([service([finding('data/dead-letters', 'skip')]), service([finding('data/x', 'pass')])]);
    for (const [it, count] of [
      [nothingJudged(), 1],
      [report([]), 1],
      [skipped, 2],
    ] as const) {
      const { cases, suites } = casesOf(rendered(it));
      expect(cases).toHaveLength(count);
      expect(cases[0]?.outcomes.map(({ name }) => name)).toEqual(['skipped']);
      expect(suites[0]).toMatchObject({ tests: '1', skipped: '1' });
      expect(rendered(it).slice(0, 600)).not.toContain('value="GO"');
    }
  });

  it('tells two services of one name apart', () => {
    const twins = ['a', 'b'].map((dir) => service([finding('data/x', 'fail')], { dir }));
    const { suites, cases } = casesOf(rendered(report(twins)));
    expect(suites.map(({ name }) => name)).toEqual(['payments (a)', 'payments (b)']);
    expect(new Set(cases.map(({ attributes }) => attributes.classname)).size).toBe(2);
  });

  it('of any report says each applicable rule once, and what its numbers say', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const text = rendered(it);
        expect(offences(text)).toEqual([]);
        const { cases, suites } = casesOf(text);
        const numbers = suites.map(({ tests, failures, errors }) => [tests, failures, errors].map(Number));
        const expected = it.services.map(({ findings }) => {
          const failed = findings.filter(({ ruling }) => ruling === 'fail');
          const unread = failed.filter(({ standing }) => standing === 'unknown').length;
          const applicable = findings.filter(({ ruling }) => ruling !== 'skip').length;
          return [Math.max(1, applicable), failed.length - unread, unread];
        });
        expect(numbers).toEqual(expected);
        const green = cases.filter(({ outcomes }) => outcomes.every(({ name }) => name === 'system-out'));
        const met = it.services.flatMap(({ findings }) => findings.filter((f) => ['pass', 'trust'].includes(f.ruling)));
        expect(green.map(({ attributes }) => attributes.name)).toEqual(met.map(({ rule }) => rule));
        for (const [index, { because }] of met.entries())
          expect(green[index]?.outcomes[0]?.text).toContain(visible(because));
      }),
      { numRuns: 1000 },
    );
  });
});
