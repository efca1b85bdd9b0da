/** GitLab's Code Quality report: valid item by item, each with a fingerprint of its own, of what is open and nothing else. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Report } from '../../src/model.ts';
import { format } from '../../src/report/gitlab.ts';
import { canvas } from './canvas.ts';
import { offences } from './hostile.ts';
import { anyReport } from './random-report.ts';
import {
  at,
  conditional,
  finding,
  go,
  noGo,
  nothingJudged,
  problem,
  report,
  service,
  several,
} from './sample-report.ts';

interface Item {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const validate = new Ajv({ allErrors: true }).compile(
  JSON.parse(readFileSync('test/report/conformance/gitlab-codequality-item.schema.json', 'utf8')),
);

/** GitLab stops at the first item that is not valid. */
function itemsOf(it: Report): readonly Item[] {
  const text = format.render(it, canvas());
  const items = JSON.parse(text) as readonly Item[];
  expect(offences(text)).toEqual([]);
  const faults = items.filter((item) => !validate(item) || !isSound(item));
  expect(faults).toEqual([]);
  expect(new Set(items.map(({ fingerprint }) => fingerprint)).size).toBe(items.length);
  return items;
}

function isSound({ description, severity, location: { path, lines } }: Item): boolean {
  return (
    ['info', 'minor', 'major', 'critical', 'blocker'].includes(severity) &&
    path !== '' &&
    !path.split('/').some((segment) => ['', '.', '..'].includes(segment)) &&
    Number.isInteger(lines.begin) &&
    lines.begin >= 1 &&
    offences(description + path).length === 0
  );
}

function one(...findings: readonly Finding[]): Report {
  return report([service([finding('runbooks/fresh', 'pass'), ...findings])]);
}

describe("GitLab's report", () => {
  it.each(['payments', 'orders', 'notifications', 'monorepo', 'unclaimed'])('of the sample %s is valid', (name) => {
    itemsOf(JSON.parse(readFileSync(`test/services/__golden__/${name}.json`, 'utf8')) as Report);
  });

  it('of any report is valid, has all that blocks, and nothing that is met or accepted', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const items = itemsOf(it);
        const findings = it.services.flatMap((each) => each.findings);
        const named = new Set(items.map(({ check_name: rule }) => rule));
        const ruled = (...rulings: readonly string[]) =>
          findings.filter(({ ruling }) => rulings.includes(ruling)).map(({ rule }) => rule);
        expect(ruled('fail', 'warn').filter((rule) => !named.has(rule))).toEqual([]);
        const open = new Set([...ruled('fail', 'warn'), 'gonogo/nothing-judged']);
        expect([...named].filter((rule) => !open.has(rule))).toEqual([]);
        const empty = it.services.filter((each) => each.findings.every(({ ruling }) => ruling === 'skip'));
        expect(items.filter((item) => item.check_name === 'gonogo/nothing-judged')).toHaveLength(empty.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('is as committed, and twice the same bytes', async () => {
    const text = format.render(noGo(), canvas());
    await expect(text).toMatchFileSnapshot('__golden__/gitlab.json.txt');
    expect(format.render(structuredClone(noGo()), canvas({ width: 0 }))).toBe(text);
    for (const sample of [go(), several()]) itemsOf(sample);
  });

  it('leaves out what a waiver accepts', () => {
    expect(itemsOf(conditional())).toEqual([]);
    const half = finding('a/b', 'fail', {
      problems: [problem('x:1', 'open'), problem('y:1', 'known', { waived: true })],
    });
    expect(itemsOf(one(half)).map(({ location }) => location.path)).toEqual(['x']);
  });

  it('grades what blocks above what warns', () => {
    const grades = (ruling: 'fail' | 'warn') =>
      (['critical', 'major', 'standard'] as const).map(
        (severity) => itemsOf(one(finding('a/b', ruling, { severity })))[0]?.severity,
      );
    expect(grades('fail')).toEqual(['blocker', 'critical', 'major']);
    expect(grades('warn')).toEqual(['major', 'minor', 'info']);
  });

  it('numbers the fingerprints of problems of one subject, because one of each is kept', () => {
    const problems = [problem('a:1', 'x'), problem('b:1', 'y'), problem('c:1', 'z')];
    expect(itemsOf(one(finding('a/b', 'fail', { problems }))).map(({ fingerprint }) => fingerprint)).toEqual([
      '4be1a3c09d52',
      '4be1a3c09d52-2',
      '4be1a3c09d52-3',
    ]);
  });

  it('stands at the line, from the root of the checkout', () => {
    const [bare] = one(finding('a/b', 'fail', { claim: at('./gonogo.yaml:9:3') })).services;
    const [item] = itemsOf(report(bare ? [bare] : [], { repo: { name: 'shop', dir: 'services/shop' } }));
    expect(item?.location).toEqual({ path: 'services/shop/gonogo.yaml', lines: { begin: 9 } });
  });

  it('is not empty where nothing was judged', () => {
    expect(itemsOf(nothingJudged())).toMatchObject([{ check_name: 'gonogo/nothing-judged', severity: 'blocker' }]);
  });
});
