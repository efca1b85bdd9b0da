import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advisoriesOf } from '../../src/advisories/merged.ts';
import { orderOf } from '../../src/versions/orders.ts';
import { advisories, type Json, range, record } from './osv.ts';

const FIXED = { ranges: [range('SEMVER', 'introduced 0', 'fixed 1.2.3')] };
const FIXED_LATER = { ranges: [range('SEMVER', 'introduced 0', 'fixed 1.3.0')] };
const V31_HIGH = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N';

async function ids(...records: readonly Json[]): Promise<readonly string[]> {
  return (await advisories(records)).map(({ id }) => id);
}

describe('merging', () => {
  it('makes one advisory of a flaw under four ids, joined by a chain of aliases', async () => {
    const [merged, ...others] = await advisories([
      record({ id: 'CVE-2026-1', aliases: ['X-1'], published: '2025-12-31T00:00:00Z' }, FIXED),
      record({ id: 'X-1' }, { ...FIXED_LATER, versions: ['2.0.0'] }),
      record(
        { id: 'GHSA-1', aliases: ['CVE-2026-1'], severity: [{ type: 'CVSS_V3', score: V31_HIGH }], summary: 'Bad' },
        FIXED,
      ),
      record({ id: 'Y-1', aliases: ['GHSA-1'], database_specific: { severity: 'LOW' }, summary: 'Other' }, FIXED),
    ]);
    expect(others).toEqual([]);
    expect(merged).toEqual({
      id: 'GHSA-1',
      aliases: ['CVE-2026-1', 'X-1', 'Y-1'],
      severity: 3,
      severityFrom: 'CVSS 3.1',
      published: '2025-12-31',
      ranges: ['<1.3.0'],
      versions: ['2.0.0'],
      uncertain: [],
      flags: [],
      title: 'Bad',
    });
  });

  it('joins records that only share an alias', async () => {
    expect(
      await ids(record({ id: 'A-1', aliases: ['CVE-1'] }, FIXED), record({ id: 'B-1', aliases: ['CVE-1'] }, FIXED)),
    ).toEqual(['CVE-1']);
  });

  it('does not join what is only related, or upstream', async () => {
    const related = { related: ['B-1'], upstream: ['B-1'] };
    expect(await ids(record({ id: 'A-1', ...related }, FIXED), record({ id: 'B-1' }, FIXED))).toEqual(['A-1', 'B-1']);
  });

  it('joins within one package only', async () => {
    const other = record({ id: 'B-1', aliases: ['CVE-1'] }, FIXED, 'npm', 'other');
    const { byPackage } = await advisoriesOf('npm', orderOf('npm'), [
      record({ id: 'A-1', aliases: ['CVE-1'] }, FIXED),
      other,
    ]);
    expect([...byPackage].map(([name, all]) => [name, all.length])).toEqual([
      ['left-board', 1],
      ['other', 1],
    ]);
  });

  it.each([
    [['CVE-1', 'GO-1', 'GHSA-1'], 'GHSA-1'],
    [['CVE-1', 'GO-1'], 'GO-1'],
    [['CVE-1', 'ZZ-1'], 'CVE-1'],
    [['ZZ-1', 'AA-1'], 'ZZ-1'],
  ])('of %j names it by %s', async ([id = '', ...aliases], best) => {
    const [merged] = await advisories([record({ id, aliases }, FIXED, 'Go')], 'left-board', 'Go');
    expect(merged?.id).toBe(best);
  });

  it('unites several mentions of a package in one record', async () => {
    const affected = [FIXED, { ranges: [range('SEMVER', 'introduced 2.0.0', 'fixed 2.0.1')] }].map((it) => ({
      package: { ecosystem: 'npm', name: 'left-board' },
      ...it,
    }));
    expect((await advisories([record({ affected })])).map(({ ranges }) => ranges)).toEqual([
      ['<1.2.3', '>=2.0.0 <2.0.1'],
    ]);
  });

  it('leaves out withdrawn records, and their aliases', async () => {
    const withdrawn = record({ id: 'W-1', aliases: ['A-1', 'B-1'], withdrawn: '2026-01-01T00:00:00Z' }, FIXED);
    expect(await ids(withdrawn, record({ id: 'A-1' }, FIXED), record({ id: 'B-1' }, FIXED))).toEqual(['A-1', 'B-1']);
  });

  it('takes of a record that is there twice the one modified last, also where that was withdrawn', async () => {
    const old = record({ modified: '2026-01-01T00:00:00Z' }, FIXED);
    const newer = record({ modified: '2026-01-01T00:00:00.5Z' }, FIXED_LATER);
    const gone = record({ modified: '2026-01-02T00:00:00Z', withdrawn: '2026-01-02T00:00:00Z' }, FIXED);
    expect((await advisories([newer, old]))[0]?.ranges).toEqual(['<1.3.0']);
    expect(await advisories([gone, newer, old])).toEqual([]);
  });

  it('names no flaw where all say so, and a flaw where any does', async () => {
    const informational = { ...FIXED, database_specific: { informational: 'unsound' } };
    const rust = record({ id: 'RUSTSEC-1', aliases: ['GHSA-1'] }, informational, 'crates.io');
    const github = record({ id: 'GHSA-1' }, FIXED, 'crates.io');
    expect((await advisories([rust], 'left-board', 'crates.io'))[0]?.flags).toEqual(['unsound']);
    expect((await advisories([rust, github], 'left-board', 'crates.io'))[0]?.flags).toEqual([]);
  });

  it('drops listed versions that the range of another record covers', async () => {
    const listed = record({ id: 'A-1', aliases: ['B-1'] }, { versions: ['1.0.0', '1.2.3'] });
    expect((await advisories([listed, record({ id: 'B-1' }, FIXED)]))[0]?.versions).toEqual(['1.2.3']);
  });

  it('counts records, tells the newest change, and gives no more troubles than can be read', async () => {
    const bad = Array.from({ length: 150 }, (_, at) => record({ id: `B-${at}` }, { ranges: [7] }));
    const merged = await advisoriesOf('npm', orderOf('npm'), [
      ...bad,
      record({ modified: '2026-05-01T00:00:00Z' }, FIXED),
      record({ id: 'P-1' }, FIXED, 'PyPI'),
    ]);
    expect(merged.records).toBe(151);
    expect(merged.newestModified).toBe('2026-05-01T00:00:00Z');
    expect(merged.troubles).toHaveLength(101);
    expect(merged.troubles.at(-1)).toBe('50 more like these.');
  });
});

describe('properties of merging', () => {
  it('the order of the records does not matter', async () => {
    const id = fc.constantFrom('GHSA-1', 'GHSA-2', 'CVE-1', 'CVE-2', 'X-1', 'X-2', 'X-3');
    const one = fc
      .record({
        id,
        aliases: fc.array(id, { maxLength: 2 }),
        modified: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
        summary: fc.constantFrom('a', 'b', undefined),
        fixed: fc.constantFrom('1.0.0', '1.1.0', '2.0.0'),
        word: fc.constantFrom('LOW', 'HIGH', undefined),
      })
      .map(({ fixed, word, ...over }) =>
        record(
          { ...over, database_specific: { severity: word } },
          { ranges: [range('SEMVER', 'introduced 0', `fixed ${fixed}`)] },
        ),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 8 }), async (records) => {
        const there = await advisories(records);
        expect(await advisories([...records].reverse())).toEqual(there);
        const names = there.flatMap((advisory) => [advisory.id, ...advisory.aliases]);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 200 },
    );
  });
});
