/** An audit as one page: what it carries, that nothing in it is markup whatever a repository says, and that rows are gone through once. */
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Audit } from '../../src/model-audit.ts';
import { format } from '../../src/report/audit/html.ts';
import type { Pack, PageData, PageService } from '../../src/report/audit/page-data.ts';
import { keptOf } from '../../src/store/line.ts';
import { movedBetween } from '../../src/trends/trend.ts';
import { manyServices } from '../audit/many-services.ts';
import { anyAudit, auditOf, HEADER, rowOf, unjudgedRow } from '../audit/sample-audit.ts';
import { runOf } from '../trends/sample-runs.ts';
import { canvas } from './canvas.ts';
import { offences } from './hostile.ts';
import { at, conditional, finding, go, noGo, nothingJudged, report, service, several } from './sample-report.ts';

const page = (audit: Audit): string => [...format.render(audit, canvas())].join('');

/** One of each verdict, a monorepo, one that was not judged, trends, a graph, estate findings, a campaign, and a set that is not whole. */
function small(): Audit {
  const { estate, campaigns } = manyServices(6, 5);
  const score = { applicable: 10, met: 4, verified: 4, declared: 0 };
  return auditOf(
    [
      rowOf('lumenpay/payments', noGo()),
      rowOf('lumenpay/platform', several()),
      rowOf('lumenpay/rates', go()),
      rowOf('lumenpay/vault', conditional()),
      rowOf('lumenpay/empty', nothingJudged()),
      unjudgedRow('lumenpay/gone'),
    ],
    {
      missing: { shards: ['3/4'], repositories: ['lumenpay/wallet'] },
      trends: { 'lumenpay/payments': [{ asOf: '2026-11-09', verdict: 'NO-GO', score }] },
      moved: movedBetween(
        runOf('2026-11-09', { 'lumenpay/payments': { a: 'met' }, 'lumenpay/rates': { a: 'fails' } }),
        runOf('2026-11-16', { 'lumenpay/payments': { a: 'fails' }, 'lumenpay/rates': { a: 'met' } }),
      ),
      campaigns: campaigns ?? [],
      estate: {
        findings: estate.findings,
        edges: [
          {
            ...{ from: 'lumenpay/payments', to: 'lumenpay/platform//services/ledger', name: 'ledger' },
            ...{ criticality: 'hard', rules: ['estate/no-tier-inversion'] },
          },
          { from: 'lumenpay/vault', name: 'kms', rules: [] },
        ],
      },
    },
  );
}

/** Elements `script` that hold data or packs, and the one that runs. */
function scriptsOf(html: string): readonly { readonly attributes: string; readonly text: string }[] {
  return [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, attributes = '', text = '']) => ({
    attributes,
    text,
  }));
}

function dataOf(html: string): { data: PageData; services: readonly PageService[]; packs: readonly Pack[] } {
  const scripts = scriptsOf(html);
  const texts = (mark: string) => scripts.filter(({ attributes }) => attributes.includes(mark)).map(({ text }) => text);
  return {
    data: JSON.parse(texts('id="data"')[0] ?? ''),
    services: texts('class="services"').flatMap((text) => JSON.parse(text) as readonly PageService[]),
    packs: texts('id="pack-').map(unpacked),
  };
}

function unpacked(text: string): Pack {
  return JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString());
}

describe('an audit as a page', () => {
  it('reads as before: packs unpacked, style and script left out', async () => {
    const readable = page(small())
      .replace(
        /<script type="text\/plain"([^>]*)>([^<]*)</g,
        (_, id, text) => `<script${id}>${JSON.stringify(unpacked(text), null, 1)}<`,
      )
      .replace(/<style>[\s\S]*?<\/style>/, '<style></style>')
      .replace(/<script>[\s\S]*?<\/script>/, '<script></script>')
      .replaceAll(/sha256-[\w+/=]+/g, 'sha256');
    await expect(readable).toMatchFileSnapshot('__golden__/audit-html-small.html');
  });

  it('may use its own style and script, and nothing else', () => {
    const html = page(small());
    const digest = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    const script = scriptsOf(html).find(({ attributes }) => attributes === '')?.text ?? '';
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'");
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src '${digest(script)}'`,
      `style-src '${digest(style)}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(html).not.toMatch(/<(link|img|iframe|object|base)\b/);
    expect(style).not.toMatch(/@import|url\((?!#)/);
  });

  it('carries every finding: a letter for each, and what the unmet ones say', () => {
    const { data, services, packs } = dataOf(page(small()));
    const payments = services.findIndex(([repo]) => repo === 'lumenpay/payments');
    const answers = [...(services[payments]?.[10] ?? '')].flatMap((letter, rule) => {
      const answer = data.answers[data.letters.indexOf(letter)];
      return answer ? [`${data.rules[rule]?.[0]} ${answer.join(' ')}`] : [];
    });
    const [judged] = noGo().services;
    const all = judged?.findings ?? [];
    expect(answers.toSorted()).toEqual(
      all.map(({ rule, severity, standing, ruling }) => `${rule} ${severity} ${standing} ${ruling}`).toSorted(),
    );
    const unmet = all.filter(({ ruling }) => ['fail', 'waived', 'warn'].includes(ruling));
    const packed = packs.flat()[payments] ?? [];
    expect(packed.map(({ rule, because }) => [data.rules[rule]?.[0], because])).toEqual(
      unmet.map(({ rule, because }) => [rule, because]),
    );
    expect(packed.flatMap(({ problems }) => problems.map(({ message }) => message))).toEqual(
      unmet.flatMap(({ problems }) => problems.map(({ message }) => message)),
    );
  });

  it('counts what it leaves out: places, and problems that the audit itself does not list', () => {
    const evidence = Array.from({ length: 57 }, (_, index) => at(`ops/alerts-${index}.yaml:1`));
    const audit = auditOf([rowOf('a', report([service([finding('acme/own', 'warn', { evidence })])]))]);
    const [[[packed] = []] = []] = dataOf(page(audit)).packs;
    expect([packed?.evidence.length, packed?.moreEvidence]).toEqual([50, 7]);
    const [across, ...others] = manyServices(6, 5).estate.findings;
    const findings = across ? [{ ...across, more: 2000 }, ...others] : [];
    const html = page({ ...audit, estate: { findings, edges: [] } });
    expect(html).toContain('And 2000 more.');
    expect(html).toContain(`${(across?.problems.length ?? 0) + 2000} problems`);
  });

  it('finds the earlier runs of a folder of a repository that was audited by itself', () => {
    const folder = report([service([finding('acme/own', 'pass')], { dir: 'services/pay' })]);
    const score = { applicable: 4, met: 1, verified: 1, declared: 0 };
    const trends = { 'acme/mono//services/pay': [{ asOf: '2026-11-09', verdict: 'NO-GO' as const, score }] };
    const { services } = dataOf(page(auditOf([rowOf('acme/mono//services/pay', folder)], { trends })));
    expect(services[0]?.slice(0, 2)).toEqual(['acme/mono//services/pay', '']);
    expect(services[0]?.[11]).toEqual([25]);
  });

  it('tells a first run from one in which nothing moved', () => {
    const rows = [rowOf('a', go())];
    const score = go().services[0]?.score ?? { applicable: 1, met: 1, verified: 1, declared: 0 };
    expect(page(auditOf(rows, { trends: {} }))).toContain('The store has no earlier run');
    const trends = { a: [{ asOf: '2026-11-09', verdict: 'GO', score } as const] };
    const before = keptOf({ ...HEADER, asOf: '2026-11-09' }, rows);
    const same = page(auditOf(rows, { trends, moved: movedBetween(before, keptOf(HEADER, rows)) }));
    expect(same).toContain('No service met more or fewer rules');
  });

  it('names a service once: on the way through the graph, where it leads to what stands about it', () => {
    const [across] = manyServices(6, 5).estate.findings;
    const problem = {
      message: 'x',
      path: ['payments', 'kms'],
      services: ['lumenpay/payments'],
      places: [],
      fingerprint: '0a1b2c3d4e5f',
    };
    const findings = across ? [{ ...across, problems: [problem] }] : [];
    const html = page({ ...small(), estate: { findings, edges: [] } });
    const section = /<ul class="problems">[\s\S]*?<\/ul>/.exec(html)?.[0] ?? '';
    expect(section.match(/>payments</g)).toHaveLength(1);
    expect(section).toContain('<span class="hop"><a href="#service=lumenpay%2Fpayments"');
    expect(section).toContain('<span class="hop">kms</span>');
  });

  it('keeps apart rules of the same id that say different things', () => {
    const own = (statement: string) => report([service([finding('acme/own', 'warn', { statement })])]);
    const { data, services } = dataOf(page(auditOf([rowOf('a', own('One.')), rowOf('b', own('Two.'))])));
    expect(data.rules.map(([, , statement]) => statement)).toEqual(['One.', 'Two.']);
    expect(services.map((it) => it[10].trimStart().length)).toEqual([1, 1]);
  });

  it('says in front of everything that the set is not whole, and which repositories were not judged', () => {
    const html = page(small());
    for (const words of ['This audit is incomplete: shard 3/4 is missing', 'lumenpay/wallet']) {
      expect(html).toContain(words);
      expect(html.indexOf(words)).toBeLessThan(html.indexOf('<main'));
    }
    expect(html).toMatch(/lumenpay\/gone<\/th><td>unreachable<\/td><td>nobody answered/);
    expect(page(auditOf([rowOf('a', go())]))).not.toContain('This audit is incomplete');
  });

  it('shows a service to which no rule applies as nothing judged, and counts it as not ready', () => {
    const html = page(auditOf([rowOf('a', nothingJudged())]));
    expect(html).toContain('0 of 1 service is ready (0 %)');
    expect(dataOf(html).data.words.verdicts[dataOf(html).services[0]?.[6] ?? 0]?.[2]).toBe('nothing judged');
  });

  it.each([
    ['no repository', auditOf([])],
    ['no service', auditOf([unjudgedRow('a'), unjudgedRow('b', { outcome: 'empty' })])],
  ])('is a page where there is %s', (_, audit) => {
    expect(page(audit)).toContain('No service was judged');
    expect(dataOf(page(audit)).services).toEqual([]);
  });

  it('goes through the rows once, and keeps no more than their lines and packs', () => {
    const audit = manyServices(200, 10);
    let [times, read] = [0, 0];
    const counted: Audit = {
      ...audit,
      *rows() {
        times += 1;
        for (const row of audit.rows()) {
          read += 1;
          yield row;
        }
      },
    };
    const pieces = [...format.render(counted, canvas())];
    expect([times, read]).toEqual([1, 200]);
    expect(pieces.filter((it) => it.includes('id="pack-'))).toHaveLength(Math.ceil(198 / 64));
  });

  it('is the same for the same audit', () => {
    expect(page(small())).toBe(page(small()));
  });

  it('is never more than its own elements, and hides nothing, whatever a repository says', () => {
    fc.assert(
      fc.property(anyAudit, (audit) => {
        const html = page(audit);
        const scripts = scriptsOf(html);
        expect(html.split('<script').length - 1).toBe(scripts.length);
        expect(html.split(/<\/script/i).length - 1).toBe(scripts.length);
        for (const { attributes, text } of scripts) {
          if (attributes.includes('application/json')) expect(text).not.toMatch(/[<>&\u2028\u2029]/);
          if (attributes.includes('text/plain')) expect(text).toMatch(/^[\w+/=]*$/);
        }
        const { data, services, packs } = dataOf(html);
        expect(packs.flat()).toHaveLength(services.length);
        const said = JSON.stringify([data, services, packs]);
        const markup = html.replace(/<(style|script)\b[\s\S]*?<\/\1>/g, '');
        expect(offences(said)).toEqual([]);
        expect(offences(markup)).toEqual([]);
        expect(markup).not.toMatch(/<(img|iframe|svg onload)|href="(?!#|https:\/\/)/);
      }),
      { numRuns: 100 },
    );
  });
});
