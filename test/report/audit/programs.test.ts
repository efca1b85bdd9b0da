/** The formats of an audit for programs: tables and metrics that any reader takes, inert whatever a repository says, and honest about what was not judged. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Audit } from '../../../src/model-audit.ts';
import { format as csv } from '../../../src/report/audit/csv.ts';
import { format as findings } from '../../../src/report/audit/csv-findings.ts';
import { format as jsonl } from '../../../src/report/audit/jsonl.ts';
import { format as metrics } from '../../../src/report/audit/openmetrics.ts';
import { anyAudit, auditOf, rowOf, unjudgedRow } from '../../audit/sample-audit.ts';
import { canvas } from '../canvas.ts';
import { offences } from '../hostile.ts';
import { parseOpenMetrics } from '../openmetrics-parser.ts';
import { conditional, noGo, nothingJudged, several } from '../sample-report.ts';

const FORMATS = { csv, findings, jsonl, metrics };
type Name = keyof typeof FORMATS;
const NAMES = Object.keys(FORMATS) as Name[];

function rendered(name: Name, audit: Audit): string {
  return [...FORMATS[name].render(audit, canvas())].join('');
}

function rows(name: Name, audit: Audit): readonly Record<string, string>[] {
  return parse(rendered(name, audit), { columns: true, record_delimiter: '\r\n' });
}

const SAMPLE = auditOf(
  [
    rowOf('acme/shop', several()),
    rowOf('acme/orders', noGo()),
    rowOf('acme/mail', conditional()),
    unjudgedRow('acme/gone', { because: 'there is no such repository, or no access to it' }),
  ],
  // What today's checklists say is no matter of a format.
  { rules: {}, checklists: [{ name: 'ownership', digest: '47c8c455512103f7' }] },
);

/** What begins a formula, also behind what spreadsheets pass over. */
const FORMULA = /^[\s"]*[=+\-@\t\r＝＋－＠]/u;

describe('the formats of an audit for programs', () => {
  it.each(NAMES)('%s is as committed', async (name) => {
    await expect(rendered(name, SAMPLE)).toMatchFileSnapshot(`__golden__/${name}.txt`);
  });

  it.each(NAMES)('%s says the same bytes of the same audit, and holds nothing that acts where it is read', (name) => {
    fc.assert(
      fc.property(anyAudit, (audit) => {
        const text = rendered(name, audit);
        expect(text === rendered(name, structuredCloneOf(audit))).toBe(true);
        expect(offences(text.replaceAll('\r\n', '\n'))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('have a row a service, and one for each repository that was not judged', () => {
    const table = rows('csv', SAMPLE);
    expect(table.map(({ repository }) => repository)).toEqual([
      'acme/gone',
      'acme/mail',
      'acme/orders',
      ...several().services.map(() => 'acme/shop'),
    ]);
    expect(table[0]).toMatchObject({
      outcome: 'unreachable',
      verdict: '',
      met: '',
      because: expect.stringMatching('no access'),
    });
    expect(table[2]).toMatchObject({ outcome: 'judged', verdict: 'NO-GO', tier: expect.stringMatching(/^[1-4]$/) });
  });

  it.each(NAMES)(
    '%s says what is missing of a set that is not whole, and nothing of the kind of one that is',
    (name) => {
      const missing = { shards: ['2/3'], repositories: ['acme/lost', 'acme/zeta'] };
      const text = rendered(name, { ...SAMPLE, missing });
      for (const repo of missing.repositories) expect(text).toContain(repo);
      expect(text).toMatch(/gonogo_audit_complete 0|shard 2\/3 is missing|"shards":\["2\/3"\]/);
      expect(rendered(name, { ...SAMPLE, missing: { shards: ['2/3'], repositories: [] } })).not.toBe(
        rendered(name, SAMPLE),
      );
      expect(rendered(name, SAMPLE)).not.toMatch(/gonogo_audit_complete 0|This audit is incomplete|"shards"/);
    },
  );

  it('name what was not judged where it has no finding', () => {
    const missing = { shards: ['2/3'], repositories: ['acme/lost'] };
    const its = rows('findings', { ...SAMPLE, missing }).filter(({ ruling }) => ruling === 'not judged');
    expect(its).toMatchObject([
      { repository: 'acme/gone', rule: '', standing: '', because: expect.stringMatching('no access') },
      { repository: 'acme/lost', rule: '', standing: '', because: expect.stringMatching('incomplete') },
    ]);
    const judged = parseOpenMetrics(rendered('metrics', { ...SAMPLE, missing })).filter(
      ({ name, value }) => name === 'gonogo_repository_judged' && value === 0,
    );
    expect(judged.map(({ labels }) => [labels.repo, labels.outcome])).toEqual([
      ['acme/gone', 'unreachable'],
      ['acme/lost', 'missing'],
    ]);
  });

  it('call no verdict what was not judged', () => {
    expect(rows('csv', auditOf([rowOf('a', nothingJudged())]))).toMatchObject([
      { repository: 'a', verdict: 'nothing judged' },
    ]);
  });

  it.each(['csv', 'findings'] as const)('%s has as many rows as there are, and no formula', (name) => {
    fc.assert(
      fc.property(anyAudit, (audit) => {
        const its = [...audit.rows()].map(({ services }) => services);
        const wanted =
          name === 'csv'
            ? its.reduce((sum, { length }) => sum + Math.max(1, length), 0)
            : its.flat().flatMap((it) => it.findings).length +
              [...audit.rows()].filter(({ outcome }) => outcome !== 'judged').length;
        const cells: string[][] = parse(rendered(name, audit), { record_delimiter: '\r\n' });
        expect(cells).toHaveLength(wanted + 1);
        expect(cells.flat().filter((cell) => FORMULA.test(cell))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('are metrics that a strict reader takes, of every service and of what was not judged', () => {
    fc.assert(
      fc.property(anyAudit, (audit) => {
        const samples = parseOpenMetrics(rendered('metrics', audit));
        const judged = samples.filter(({ name }) => name === 'gonogo_repository_judged');
        expect(judged.length).toBeGreaterThanOrEqual(Math.min(1, [...audit.rows()].length));
      }),
      { numRuns: 100 },
    );
    const samples = parseOpenMetrics(rendered('metrics', SAMPLE));
    const judged = samples.filter(({ name }) => name === 'gonogo_repository_judged');
    expect(judged.map(({ labels, value }) => [labels.repo, labels.outcome, value])).toEqual([
      ['acme/gone', 'unreachable', 0],
      ['acme/mail', 'judged', 1],
      ['acme/orders', 'judged', 1],
      ['acme/shop', 'judged', 1],
    ]);
    const verdicts = samples.filter(({ name, value }) => name === 'gonogo_verdict' && value === 1);
    expect(verdicts.map(({ labels }) => labels.repo)).toEqual([
      'acme/mail',
      'acme/orders',
      ...several().services.map(() => 'acme/shop'),
    ]);
  });

  it('have the columns that are documented, in that order', () => {
    const [, documented = ''] =
      /## csv\b[\s\S]*?```\n([\s\S]*?)```/.exec(readFileSync('docs/audit-formats.md', 'utf8')) ?? [];
    expect(rendered('csv', SAMPLE).split('\r\n')[0]?.split(',')).toEqual(documented.trim().split(/[,\s]+/));
  });
});

function structuredCloneOf(audit: Audit): Audit {
  const { rows: its, ...rest } = audit;
  const copies = structuredClone([...its()]);
  return { ...structuredClone(rest), rows: () => copies };
}
