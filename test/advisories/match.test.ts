import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Advisory } from '../../src/advisories/advisory.ts';
import { isVulnerability, matchesOf } from '../../src/advisories/match.ts';
import type { Ecosystem } from '../../src/versions/order.ts';
import { orderOf } from '../../src/versions/orders.ts';
import { advisories, range, record } from './osv.ts';

function advisory(over: Partial<Advisory> = {}): Advisory {
  return {
    id: 'GHSA-1',
    aliases: [],
    severity: 3,
    severityFrom: 'GHSA',
    ranges: [],
    versions: [],
    uncertain: [],
    flags: [],
    ...over,
  };
}

function verdict(version: string, over: Partial<Advisory>, ecosystem: Ecosystem = 'npm'): string | undefined {
  return matchesOf(orderOf(ecosystem), version, [advisory(over)])[0]?.verdict;
}

function why(version: string, over: Partial<Advisory>): string | undefined {
  return matchesOf(orderOf('npm'), version, [advisory(over)])[0]?.why;
}

describe('matchesOf', () => {
  it('gives those that concern the version, and why', () => {
    const all = [advisory({ ranges: ['<1.0.0'] }), advisory({ id: 'GHSA-2', ranges: ['>=1.0.0 <1.2.3'] })];
    expect(matchesOf(orderOf('npm'), '1.2.0', all)).toEqual([
      { advisory: all[1], verdict: 'affected', why: '1.2.0 lies in >=1.0.0 <1.2.3' },
    ]);
  });

  it('says that no fixed version was known, where only the last affected one was', () => {
    expect(why('1.2.0', { ranges: ['<=1.2.3'] })).toBe(
      '1.2.0 lies in <=1.2.3; no fixed version was known when it was written',
    );
    expect(verdict('1.2.3', { ranges: ['<=1.2.3'] })).toBe('affected');
    expect(verdict('1.2.4', { ranges: ['<=1.2.3'] })).toBeUndefined();
  });

  it('takes listed versions as they are written, and as they compare', () => {
    expect(why('1.2.3', { versions: ['1.2.3'] })).toBe('1.2.3 is listed as affected');
    expect(why('v1.2.3', { versions: ['1.2.3'] })).toBe('v1.2.3 is listed as affected, as 1.2.3');
    expect(verdict('1.2.4', { versions: ['1.2.3'] })).toBeUndefined();
  });

  it('counts a prerelease of the fixed version as affected', () => {
    expect(verdict('1.2.3-rc.1', { ranges: ['<1.2.3'] })).toBe('affected');
  });

  it('is uncertain where the range is not vouched for, and shows the one in the own numbering', () => {
    expect(verdict('1.2.3', { uncertain: ['*'] })).toBe('uncertain');
    expect(why('1.2.3', { uncertain: ['*'], custom: ['<4.5.6'] })).toBe(
      "its range <4.5.6 counts in the project's own numbering",
    );
    expect(verdict('1.2.3', { uncertain: ['*'], ranges: ['<2.0.0'] })).toBe('affected');
  });

  it.each(['main', 'latest', '', '\u0007', 'file:../x'])('is uncertain about what is no version: %j', (version) => {
    expect(verdict(version, { ranges: ['<1.2.3'] })).toBe('uncertain');
    expect(verdict(version, { versions: ['1.2.3'] })).toBeUndefined();
    expect(verdict(version, { ranges: ['*'] })).toBe('affected');
    expect(verdict(version, { versions: [version] })).toBe('affected');
  });

  it('tells flaws and malice from notes on how a package is kept', () => {
    expect(isVulnerability(advisory({ flags: ['malicious'] }))).toBe(true);
    expect(isVulnerability(advisory({ flags: ['unreviewed'] }))).toBe(true);
    for (const flag of ['unmaintained', 'unsound', 'notice'] as const)
      expect(isVulnerability(advisory({ flags: [flag] }))).toBe(false);
  });

  it('agrees from record to match', async () => {
    const commits = range('GIT', 'introduced 0');
    const given = record(
      {},
      { ranges: [commits, range('ECOSYSTEM', 'introduced 1.0.0', 'fixed 1.2.3')], versions: ['0.9.0'] },
    );
    const found = await advisories([given]);
    const affected = ['0.8.0', '0.9.0', '1.0.0', '1.2.2', '1.2.3'].filter(
      (it) => matchesOf(orderOf('npm'), it, found).length > 0,
    );
    expect(affected).toEqual(['0.9.0', '1.0.0', '1.2.2']);
  });

  it('never throws, whatever the texts', () => {
    const text = fc.string();
    fc.assert(
      fc.property(text, fc.array(text), fc.array(text), fc.array(text), (version, ranges, versions, uncertain) => {
        matchesOf(orderOf('npm'), version, [advisory({ ranges, versions, uncertain })]);
      }),
    );
  });
});
