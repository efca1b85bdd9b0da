/** SARIF: valid, complete, of what is not met, and inert whatever a repository says. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import type { Log, Result } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Finding, Report } from '../../src/model.ts';
import { format as codeScanning } from '../../src/report/code-scanning.ts';
import { format } from '../../src/report/sarif.ts';
import { canvas } from './canvas.ts';
import { offences, poisoned } from './hostile.ts';
import { openText } from './random-parts.ts';
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
  waiver,
} from './sample-report.ts';
import { logOf, resultsOf, shownTexts } from './sarif.ts';

const BY_HAND = { 'no-go': noGo(), conditional: conditional(), go: go(), several: several() };
const SERVICES = ['payments', 'orders', 'notifications', 'monorepo', 'unclaimed'];

function one(it: Finding, more: Partial<Report> = {}): Report {
  return report([service([finding('runbooks/fresh', 'pass'), it])], more);
}

function onlyResult(it: Report): Result {
  const [result, ...others] = resultsOf(logOf(format, it));
  expect(others).toEqual([]);
  return result ?? { message: {} };
}

function uriOf({ locations }: Result): string | undefined {
  return locations?.[0]?.physicalLocation?.artifactLocation?.uri;
}

describe('both logs', () => {
  it.each(SERVICES)('of the sample %s are valid', (name) => {
    const sample = JSON.parse(readFileSync(`test/services/__golden__/${name}.json`, 'utf8')) as Report;
    for (const each of [format, codeScanning]) logOf(each, sample);
  });

  it.each(Object.entries(BY_HAND))('of %s are valid, and twice the same bytes', (_, sample) => {
    for (const each of [format, codeScanning]) {
      logOf(each, sample);
      expect(each.render(sample, canvas())).toBe(each.render(structuredClone(sample), canvas({ width: 0 })));
    }
  });

  it('of any report are valid, show all that blocks as errors, and nothing that is met', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const log = logOf(format, it);
        expect(shownTexts(log).flatMap(offences)).toEqual([]);
        expectFaithful(it, log);
        const open = resultsOf(log).filter(({ suppressions }) => suppressions === undefined);
        expect(resultsOf(logOf(codeScanning, it)).map(known)).toEqual(open.map(known));
      }),
      { numRuns: 1000 },
    );
  });

  it('are as committed', async () => {
    const all = [...noGo().services, ...conditional().services];
    const sample = report(
      all.map((it, index) => ({ ...it, service: { ...it.service, dir: `services/${index}` } })),
      { notes: ['the check of release/sbom-published failed: unexpected end of input. This is a fault of gonogo.'] },
    );
    await expect(format.render(sample, canvas())).toMatchFileSnapshot('__golden__/sarif.sarif');
    await expect(codeScanning.render(sample, canvas())).toMatchFileSnapshot('__golden__/code-scanning.sarif');
  });
});

/** What a help text is made of. */
const OURS = ['paragraph', 'inline', 'text', 'text_special', 'code_inline', 'strong', 'bullet_list', 'list_item'];

function known({ ruleId, message, locations, partialFingerprints, level }: Result): unknown {
  return { ruleId, message, locations, partialFingerprints, level };
}

/** Each blocking finding is an open error, each other unmet one at least a result, and no other is there. */
function expectFaithful({ services }: Report, { runs }: Log): void {
  for (const [index, { findings }] of services.entries()) {
    const results = runs[index]?.results ?? [];
    const judged = findings.some(({ ruling }) => ruling !== 'skip');
    expect(runs[index]?.invocations?.[0]?.executionSuccessful).toBe(judged);
    if (!judged)
      expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([['gonogo/nothing-judged', 'error']]);
    for (const { rule, ruling, severity } of findings) {
      const own = results.filter(({ ruleId }) => ruleId === rule);
      const open = own.filter(({ suppressions }) => suppressions === undefined);
      if (ruling === 'fail') expect(open.map(({ level }) => level)).toContain('error');
      else expect(own.map(({ level }) => level)).not.toContain('error');
      if (ruling === 'warn')
        expect(open.some(({ level }) => level === (severity === 'standard' ? 'note' : 'warning'))).toBe(true);
      if (ruling === 'waived') expect([own.length > 0, open]).toEqual([true, []]);
      if (['pass', 'trust', 'skip'].includes(ruling)) expect(own).toEqual([]);
    }
  }
}

describe('a result', () => {
  it('is written for each problem, with its fix, place and fingerprints', () => {
    const it = finding('release/pinned', 'fail', {
      standing: 'contradicted',
      severity: 'critical',
      claim: at('gonogo.yaml:9:3'),
      problems: [problem('deploy/a b.yaml:3:5', 'the tag moves', { fix: 'Pin it.', fingerprint: 'aaaaaaaaaaaa' })],
    });
    const lines = [{ path: 'deploy/a b.yaml', line: 3, length: 17, hash: 'a7f2ff13bc495cf2:2' }];
    expect(onlyResult(one(it, { lines }))).toEqual({
      ruleId: 'release/pinned',
      ruleIndex: 0,
      level: 'error',
      message: { text: 'Contradicted: the tag moves. To fix it: Pin it.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'deploy/a%20b.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 18 },
          },
        },
      ],
      relatedLocations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'gonogo.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 9, startColumn: 3, endLine: 9, endColumn: 4 },
          },
          message: { text: 'what the manifest claims' },
        },
      ],
      partialFingerprints: { 'gonogo/v1': 'aaaaaaaaaaaa', primaryLocationLineHash: 'a7f2ff13bc495cf2:2' },
      properties: { service: 'payments', severity: 'critical', standing: 'contradicted', ruling: 'fail' },
    });
  });

  it.each([
    [{ claim: at('gonogo.yaml:9'), evidence: [at('a.yaml:2')] }, 'gonogo.yaml', 9],
    [{ evidence: [at('a.yaml:2')] }, 'a.yaml', 2],
    [{}, 'gonogo.yaml', 1],
  ])('of a finding without problems stands at the best place there is', (more, uri, line) => {
    const result = onlyResult(one(finding('release/pinned', 'fail', more)));
    expect([uriOf(result), result.locations?.[0]?.physicalLocation?.region?.startLine]).toEqual([uri, line]);
    expect(result.message.text).toBe('Missing: the sample says so');
  });

  it('names a place once, whether its first line is told or not', () => {
    const evidence = [at('b.txt:1'), { path: 'b.txt' }, { path: 'a.yaml' }];
    const it = finding('release/pinned', 'fail', { evidence, problems: [problem('a.yaml:1', 'the tag moves')] });
    const related = onlyResult(one(it)).relatedLocations ?? [];
    expect(related.map(({ physicalLocation }) => physicalLocation?.artifactLocation?.uri)).toEqual(['b.txt']);
  });

  it('stands at the manifest to write where there is none', () => {
    const { manifest: _, ...bare } = service([finding('release/pinned', 'fail')], { dir: 'services/shop' });
    expect(uriOf(onlyResult(report([bare])))).toBe('services/shop/gonogo.yaml');
  });

  it('never stands outside the checkout, and says where its place is', () => {
    const elsewhere = { path: 'docs/down.md', line: 3, root: 'acme/runbooks' };
    const it = finding('runbooks/a', 'fail', {
      claim: at('gonogo.yaml:7'),
      problems: [{ ...problem(undefined, 'it is stale'), at: elsewhere }],
    });
    const result = onlyResult(one(it));
    expect(uriOf(result)).toBe('gonogo.yaml');
    expect(result.message.text).toBe('Missing: it is stale (in repo:acme/runbooks//docs/down.md:3)');
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'a/../../b', '.', ''])('takes no place at %j', (path) => {
    const bad = finding('runbooks/a', 'fail', { claim: { path }, evidence: [{ path }] });
    expect(uriOf(onlyResult(one(bad)))).toBe('gonogo.yaml');
  });

  it('writes a name like a scheme as a name', () => {
    const it = finding('runbooks/a', 'fail', { claim: { path: 'javascript:alert(1)/x?y#z%2e' } });
    expect(uriOf(onlyResult(one(it)))).toBe('javascript%3Aalert%281%29/x%3Fy%23z%252e');
  });

  it('has its address from the root of the checkout where the service was set apart in a folder', () => {
    const repo = { name: 'shop', dir: 'services/shop' };
    expect(uriOf(onlyResult(one(finding('a/b', 'fail'), { repo })))).toBe('services/shop/gonogo.yaml');
  });

  it('says who accepted it where a waiver covers it, and is not in the log for code scanning', () => {
    const [result] = resultsOf(logOf(format, conditional()));
    expect(result?.level).toBe('warning');
    expect(result?.suppressions).toMatchObject([
      {
        kind: 'external',
        status: 'accepted',
        justification:
          'The second region is paid for from January; until then the failover is by hand. (owner team-payments, until 2026-12-01)',
        properties: { owner: 'team-payments', expires: '2026-12-01', approvedBy: 'Ngozi Obi' },
      },
    ]);
    const log = logOf(codeScanning, conditional());
    expect(resultsOf(log)).toEqual([]);
    expect(log.runs[0]?.invocations?.[0]?.toolExecutionNotifications).toMatchObject([
      { level: 'note', message: { text: '1 waived result not shown' } },
    ]);
  });

  it('that only warns is suppressed by its waiver as well', () => {
    const accepted = finding('a/b', 'warn', { waiver: waiver('a/b') });
    expect(onlyResult(one(accepted))).toMatchObject({ level: 'warning', suppressions: [{ status: 'accepted' }] });
    expect(resultsOf(logOf(codeScanning, one(accepted)))).toEqual([]);
  });

  it('never begins behind the end of its line', () => {
    const lines = [{ path: 'a.yaml', line: 3, length: 0, hash: 'a7f2ff13bc495cf2:1' }];
    const result = onlyResult(one(finding('a/b', 'fail', { claim: at('a.yaml:3:99') }), { lines }));
    const region = { startLine: 3, startColumn: 1, endLine: 3, endColumn: 1 };
    expect(result.locations?.[0]?.physicalLocation?.region).toEqual(region);
  });

  it('is suppressed alone where only its problem is waived', () => {
    const half = finding('a/b', 'fail', {
      problems: [problem('x:1', 'open'), problem('y:1', 'known', { waived: true })],
    });
    const sample = report([service([half], {}, { waivers: [waiver('a/b'), waiver('c/d', { reason: 'another' })] })]);
    const results = resultsOf(logOf(format, sample));
    expect(results.map(({ level, suppressions }) => [level, suppressions?.length])).toEqual([
      ['error', undefined],
      ['warning', 1],
    ]);
    expect(JSON.stringify(results[1]?.suppressions)).not.toContain('another');
    expect(resultsOf(logOf(codeScanning, sample)).map(uriOf)).toEqual(['x']);
  });
});

describe('a rule', () => {
  it('carries why, fix and sources, graded as its worst result', () => {
    const refs = ['Site Reliability Workbook, On-Call', 'https://standards.lumenpay.io/on-call#pages'];
    const more = { why: 'At night `nobody` knows.', fix: 'Set `runbook_url` at most once.', refs } as const;
    const log = logOf(
      format,
      one(
        finding('runbooks/alert-links-runbook', 'warn', {
          ...more,
          standing: 'unknown',
          problems: [problem('a:1', 'x'), problem('b:1', 'y')],
        }),
      ),
    );
    expect(log.runs[0]?.tool.driver.rules).toEqual([
      {
        id: 'runbooks/alert-links-runbook',
        name: 'RunbooksAlertLinksRunbook',
        shortDescription: { text: 'The service meets the rule.' },
        fullDescription: { text: 'At night `nobody` knows.' },
        help: {
          text: [
            'At night `nobody` knows.',
            'To meet it: Set `runbook_url` at most once.',
            ...refs.map((ref) => `Source: ${ref}`),
            'More: gonogo explain runbooks/alert-links-runbook',
          ].join('\n\n'),
          markdown: [
            'At night `nobody` knows.',
            '**To meet it:** Set `runbook_url` at most once.',
            '**Sources**',
            `- ${refs[0]}\n- [https://standards.lumenpay.io/on-call#pages](${refs[1]})`,
            '**More:** `gonogo explain runbooks/alert-links-runbook`',
          ].join('\n\n'),
        },
        helpUri: refs[1],
        defaultConfiguration: { level: 'warning' },
        properties: { tags: ['runbooks'], precision: 'low', 'problem.severity': 'warning' },
      },
    ]);
  });

  it('holds no markup, link or image of a text, whatever the text is', () => {
    const markdown = new MarkdownIt({ html: true, linkify: false });
    fc.assert(
      fc.property(openText, openText, openText, (why, fix, ref) => {
        const help = logOf(format, one(finding('a/b', 'fail', { why, fix, refs: [`Book, ${ref}`] }))).runs[0]?.tool
          .driver.rules?.[0]?.help;
        const tokens = markdown.parse(help?.markdown ?? '', {}).flatMap((token) => [token, ...(token.children ?? [])]);
        const count = (wanted: string) => tokens.filter(({ type }) => type === wanted).length;
        const foreign = tokens.filter(({ type }) => !OURS.includes(type.replace(/_(open|close)$/, '')));
        expect(foreign).toEqual([]);
        expect(['strong_open', 'bullet_list_open', 'list_item_open'].map(count)).toEqual([3, 1, 1]);
      }),
    );
  });
});

describe('a message', () => {
  it.each([
    ['[click](https://attacker.lumenpay.io)', '[click] (https://attacker.lumenpay.io)'],
    ['image {0} of {12} in {name}', 'image { 0} of { 12} in {name}'],
    ['\u001B[2J\u202Eevil', '\\u{1b}[2J\\u{202e}evil'],
  ])('shows %j as text', (text, shown) => {
    expect(onlyResult(one(finding('a/b', 'fail', { because: text }))).message.text).toBe(`Missing: ${shown}`);
  });

  it('is cut between characters, so that it stays within what GitHub takes', () => {
    const text = onlyResult(one(finding('a/b', 'fail', { because: '\u{1F600}'.repeat(900) }))).message.text ?? '';
    expect(text.length).toBeLessThanOrEqual(1000);
    expect(text.isWellFormed()).toBe(true);
    expect(text.endsWith('\u{1F600}…')).toBe(true);
  });

  it('is inert wherever a text may stand', () => {
    const texts = ['[x](1)', '<script>alert(1)</script>', '::error::x', '\u001B[31m', '\u202E', '{0}'];
    const { runs } = logOf(format, poisoned(noGo(), texts));
    for (const text of shownTexts(runs.map(({ results }) => results))) {
      expect(offences(text)).toEqual([]);
      expect(text).not.toMatch(/\]\(|\{\d+\}/);
    }
  });

  it('leaves no control or invisible character in the bytes either', () => {
    const texts = ['\u001B[2J', '\u202E', '\u{E0041}', '\u200B', '\uD800'];
    for (const each of [format, codeScanning])
      expect(offences(each.render(poisoned(noGo(), texts), canvas()))).toEqual([]);
  });
});

describe('runs', () => {
  it('are one for each service, named apart where two services have one name', () => {
    const ids = (services: Report['services']) =>
      logOf(format, report(services)).runs.map(({ automationDetails }) => automationDetails?.id);
    const met = [finding('a/b', 'pass')];
    expect(
      ids([
        service(met, { name: 'a b/c', dir: 'x' }),
        service(met, { name: 'pay', dir: 'p/q' }),
        service(met, { name: 'pay', dir: 'r' }),
      ]),
    ).toEqual(['gonogo/a%20b%2Fc/', 'gonogo/pay@p%2Fq/', 'gonogo/pay@r/']);
  });

  it('are one for all services of more than twenty, and each result says whose it is', () => {
    const services = Array.from({ length: 21 }, (_, index) =>
      service([finding('a/b', index === 20 ? 'fail' : 'warn')], { name: `s${index}`, dir: `s${index}` }),
    );
    const { runs } = logOf(format, report(services));
    expect(runs.map(({ automationDetails }) => automationDetails?.id)).toEqual(['gonogo/all-services/']);
    expect(runs[0]?.results?.map(({ message }) => message.text).slice(0, 2)).toEqual([
      's20: Missing: the sample says so',
      's0: Missing: the sample says so',
    ]);
    expect(logOf(format, report(services.slice(1))).runs).toHaveLength(20);
  });

  it('hold the most severe results where there are too many, and count the others', () => {
    const problems = Array.from({ length: 4999 }, (_, index) => problem(`a.yaml:${index + 1}`, `the ${index}th`));
    const sample = report([
      service([finding('a/b', 'warn', { problems }), finding('c/d', 'fail', { problems: problems.slice(0, 3) })]),
    ]);
    const log = logOf(codeScanning, sample);
    expect(resultsOf(log)).toHaveLength(5000);
    expect(resultsOf(log).filter(({ ruleId }) => ruleId === 'c/d')).toHaveLength(3);
    expect(log.runs[0]?.invocations?.[0]?.toolExecutionNotifications).toMatchObject([
      { level: 'warning', message: { text: '2 results left out: the log holds the most severe' } },
    ]);
    expect(resultsOf(logOf(format, sample))).toHaveLength(5002);
  });

  it('stay within 10 MB after gzip, even of noise', () => {
    const noise = (seed: number) =>
      Array.from({ length: 11 }, (_, index) => createHash('sha512').update(`${seed} ${index}`).digest('base64')).join(
        '',
      );
    const problems = Array.from({ length: 9000 }, (_, index) => problem(`a/${index}.yaml:1`, noise(index)));
    const sample = report([service([finding('a/b', 'warn', { problems }), finding('c/d', 'fail')])]);
    const text = format.render(sample, canvas());
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
    const log = JSON.parse(text) as Log;
    expect(resultsOf(log).length).toBeLessThan(9000);
    expect(resultsOf(log)[0]?.ruleId).toBe('c/d');
    expect(JSON.stringify(log.runs[0]?.invocations)).toMatch(/"\d+ results left out/);
  });

  it('never look green where nothing was judged', () => {
    for (const sample of [nothingJudged(), report([service([finding('a/b', 'skip')])])]) {
      for (const each of [format, codeScanning]) {
        const log = logOf(each, sample);
        expect(resultsOf(log).map(({ level }) => level)).toEqual(['error']);
        expect(log.runs[0]?.invocations?.[0]?.executionSuccessful).toBe(false);
      }
    }
    expect(logOf(format, report([])).runs[0]?.invocations?.[0]?.executionSuccessful).toBe(false);
  });

  it('tell what went wrong with the run itself', () => {
    const [first, ...others] = logOf(format, several()).runs.map(
      ({ invocations }) => invocations?.[0]?.toolExecutionNotifications,
    );
    expect(first).toMatchObject([
      { level: 'warning', message: { text: expect.stringContaining('release/sbom-published') } },
    ]);
    expect(others).toEqual([[], []]);
  });
});
