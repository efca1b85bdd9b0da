/** The CSV report: a table by RFC 4180 in which no cell is a formula, whatever a spreadsheet splits by. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { format } from '../../src/report/csv.ts';
import { canvas } from './canvas.ts';
import { offences } from './hostile.ts';
import { anyReport } from './random-report.ts';
import { finding, noGo, nothingJudged, report, service, several } from './sample-report.ts';

function rendered(it: Report): string {
  return format.render(it, canvas());
}

function rowsOf(it: Report): readonly Record<string, string>[] {
  return parse(rendered(it), { columns: true, record_delimiter: '\r\n' });
}

/** What begins a formula, also behind what spreadsheets pass over, at the start of a cell by comma or by semicolon. */
const FORMULA = /^[\s"]*[=+\-@\t\r＝＋－＠]/u;
function formulas(text: string): readonly string[] {
  return [...cellsOf(text).flat(), ...text.split(/[;\n]/)].filter((cell) => FORMULA.test(cell));
}

function cellsOf(text: string): readonly (readonly string[])[] {
  return parse(text, { record_delimiter: '\r\n' });
}

function withBecause(because: string): Report {
  return report([service([finding('data/a', 'fail', { because })])]);
}

describe('the CSV report', () => {
  it('is as committed', async () => {
    await expect(rendered(noGo())).toMatchFileSnapshot('__golden__/csv-no-go.csv.txt');
  });

  it('has a header and a row a finding', () => {
    const rows = rowsOf(several());
    expect(rows).toHaveLength(several().services.flatMap(({ findings }) => findings).length);
    expect(rows.find(({ rule }) => rule === 'data/restore-tested')).toMatchObject({
      service: 'payments',
      folder: 'services/payments',
      verdict: 'NO-GO',
      severity: 'critical',
      standing: 'stale',
      ruling: 'fail',
      open_problems: '1',
      place: 'docs/drills/restore-2025-12-20.md:3',
      as_of: '2026-11-16',
    });
  });

  it('has the columns that are documented, in that order', () => {
    const [, documented = ''] = /## csv[\s\S]*?```\n([\s\S]*?)```/.exec(readFileSync('docs/formats.md', 'utf8')) ?? [];
    expect(rendered(noGo()).split('\r\n')[0]?.split(',')).toEqual(documented.trim().split(/[,\s]+/));
  });

  it('calls no verdict what was not judged', () => {
    expect(rowsOf(nothingJudged())).toEqual([]);
    expect(rowsOf(report([service([finding('data/a', 'skip')])]))).toMatchObject([{ verdict: 'nothing judged' }]);
  });

  it.each([
    '=cmd()',
    '+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u3000=1',
    '\u00A0=1',
    '＝1',
    '＋1',
    '－1',
    '＠A1',
    'a;=1',
    'a; =1',
    'a;"=1',
    'a;""@A1',
    'a\n=1',
  ])('makes no formula of %j', (because) => {
    expect(formulas(rendered(withBecause(because)))).toEqual([]);
    expect(rowsOf(withBecause(because))[0]?.because).toContain(because.trim().slice(-1));
  });

  it('would notice one', () => {
    expect(formulas('a,b\r\n"x;=1",c\r\n')).toEqual(['=1",c\r']);
    expect(formulas('a,b\r\n"x",=1\r\n')).toContain('=1');
  });

  it('of any report has as many rows as findings, and no formula', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const text = rendered(it);
        expect(offences(text.replaceAll('\r\n', '\n'))).toEqual([]);
        const [header = [], ...rows] = cellsOf(text);
        const [rule, ruling] = [header.indexOf('rule'), header.indexOf('ruling')];
        const findings = it.services.flatMap((one) => one.findings);
        expect(rows.map((row) => [row[rule], row[ruling]])).toEqual(findings.map((one) => [one.rule, one.ruling]));
        expect([...rows.flat(), ...text.split(/[;\n]/)].filter((cell) => FORMULA.test(cell))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
