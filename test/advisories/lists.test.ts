import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Advisory } from '../../src/advisories/advisory.ts';
import { buildExploited, readExploited, withExploited } from '../../src/advisories/database/exploited.ts';
import {
  buildMalware,
  type MalwareList,
  maliciousAdvisory,
  openMalware,
} from '../../src/advisories/database/malware.ts';
import { matchesOf } from '../../src/advisories/match.ts';
import { orderOf } from '../../src/versions/orders.ts';
import { range, record } from './osv.ts';

const OPTIONS = { ecosystem: 'npm', asOf: '2026-11-20T00:00:00Z' } as const;
const EVERYTHING = { ranges: [range('SEMVER', 'introduced 0')] };
const RECORDS = [
  record({ id: 'MAL-2026-1' }, EVERYTHING, 'npm', 'bad'),
  record({ id: 'MAL-2026-2' }, { versions: ['1.2.3', '1.2.4'] }, 'npm', 'taken-over'),
  record({ id: 'MAL-2026-3' }, { ranges: [range('SEMVER', 'introduced 2.0.0', 'fixed 2.0.1')] }, 'npm', 'some'),
  record({ id: 'MAL-2026-4', withdrawn: '2026-01-01T00:00:00Z' }, EVERYTHING, 'npm', 'cleared'),
  record({ id: 'GHSA-1' }, EVERYTHING, 'npm', 'flawed'),
  record({ id: 'MAL-2026-5' }, EVERYTHING, 'PyPI', 'elsewhere'),
];
const built = await buildMalware(RECORDS, OPTIONS);

function opened(file: Uint8Array): MalwareList {
  const answer = openMalware(file);
  if ('trouble' in answer) throw new Error(answer.trouble);
  return answer.list;
}

describe('the list of malware', () => {
  it.each([
    ['bad', '1.0.0', 'every-version'],
    ['bad', undefined, 'every-version'],
    ['taken-over', '1.2.3', 'this-version'],
    ['taken-over', '1.2.5', undefined],
    ['taken-over', undefined, undefined],
    ['some', '1.0.0', 'some-versions'],
    ['cleared', '1.0.0', undefined],
    ['flawed', '1.0.0', undefined],
    ['elsewhere', '1.0.0', undefined],
    ['', '', undefined],
  ])('says of %s %s: %s', (name, version, malice) => {
    expect(opened(built.file).malice(name, version)).toBe(malice);
  });

  it('tells its ecosystem, its day and its records', () => {
    expect(opened(built.file)).toMatchObject({ ecosystem: 'npm', asOf: '2026-11-20T00:00:00Z', records: 3 });
    expect(built).toMatchObject({ records: 3, troubles: [] });
  });

  it('is the same bytes for the same records in any order, six a name or version', async () => {
    const again = await buildMalware([...RECORDS].reverse(), OPTIONS);
    expect(Buffer.compare(again.file, built.file)).toBe(0);
    expect(built.file.length - built.file.indexOf(10) - 1).toBe(4 * 6);
  });

  it('compares names as the ecosystem does', async () => {
    const { file } = await buildMalware(RECORDS, { ...OPTIONS, ecosystem: 'PyPI' });
    expect(opened(file).malice('Else_Where')).toBeUndefined();
    expect(opened(file).malice('ELSEWHERE')).toBe('every-version');
  });

  it('names what it cannot read, and then says that some versions may be malicious', async () => {
    const { file, troubles } = await buildMalware([7, record({ id: 'MAL-1' }, { versions: [1] })], OPTIONS);
    expect(troubles).toEqual(['MAL-1: the listed versions of left-board cannot all be read.']);
    expect(opened(file).malice('left-board', '1.0.0')).toBe('some-versions');
  });

  it.each([
    ['empty', new Uint8Array(), 'it is no list of malware: its first line is not a header'],
    ['foreign', Buffer.from('{"gonogoMalware":2}\n'), 'it is no list of malware: its first line is not a header'],
    ['cut short', built.file.subarray(0, -1), 'it is cut short or damaged: its contents are not what its digest says'],
  ])('is not used where it is %s', (_, file, trouble) => {
    expect(openMalware(file)).toEqual({ trouble });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void openMalware(bytes)));
  });

  it('makes an advisory of a hit', () => {
    const list = opened(built.file);
    const verdicts = (['every-version', 'this-version', 'some-versions'] as const).map(
      (malice) => matchesOf(orderOf('npm'), '1.0.0', [maliciousAdvisory(list, 'bad', '1.0.0', malice)])[0],
    );
    expect(verdicts.map((it) => it?.verdict)).toEqual(['affected', 'affected', 'uncertain']);
    expect(verdicts[0]?.advisory).toMatchObject({
      flags: ['malicious'],
      title: 'bad matches the list of malicious packages of 2026-11-20',
    });
  });
});

describe('the list of exploited flaws', () => {
  const catalogue = {
    vulnerabilities: [
      { cveID: 'CVE-2026-2', dateAdded: '2026-02-02', vendorProject: 'x' },
      { cveID: 'CVE-2026-1', dateAdded: '2026-01-01' },
      { cveID: 'CVE-2026-3', dateAdded: 'soon' },
    ],
  };
  const text = textOf(catalogue);
  const advisory: Advisory = {
    id: 'GHSA-1',
    aliases: ['CVE-2026-1', 'CVE-2026-2'],
    severity: 3,
    severityFrom: '',
    ranges: ['*'],
    versions: [],
    uncertain: [],
    flags: [],
  };

  function textOf(value: unknown): string {
    const answer = buildExploited(value, '2026-11-20T00:00:00Z');
    if ('trouble' in answer) throw new Error(answer.trouble);
    return answer.text;
  }

  function listed() {
    const answer = readExploited(text);
    if ('trouble' in answer) throw new Error(answer.trouble);
    return answer;
  }

  it('is text, sorted, an entry a line', () => {
    expect(text).toBe(
      '{"gonogoExploited":1,"asOf":"2026-11-20T00:00:00Z","cves":[\n["CVE-2026-1","2026-01-01"],\n["CVE-2026-2","2026-02-02"]\n]}\n',
    );
    expect([...listed().exploited]).toEqual([
      ['CVE-2026-1', '2026-01-01'],
      ['CVE-2026-2', '2026-02-02'],
    ]);
  });

  it('flags advisories under any of their ids, since the first day', () => {
    expect(withExploited(advisory, listed().exploited)).toEqual({
      ...advisory,
      flags: ['exploited'],
      exploitedSince: '2026-01-01',
    });
    const other = { ...advisory, aliases: ['CVE-2026-9'] };
    expect(withExploited(other, listed().exploited)).toBe(other);
  });

  it.each([null, {}, { vulnerabilities: [] }, { vulnerabilities: 'all' }, { vulnerabilities: [{ cveID: 7 }] }])(
    'is not made of anything: %j',
    (value) => {
      expect(buildExploited(value, '2026-11-20T00:00:00Z')).toHaveProperty('trouble');
    },
  );

  it.each([
    '',
    '{}',
    'null',
    text.slice(0, -5),
    text.replace('2026-01-01', 'soon'),
    text.replace('Exploited":1', 'Exploited":2'),
  ])('is not read where it is damaged or foreign', (spoilt) => {
    expect(readExploited(spoilt)).toHaveProperty('trouble');
  });
});
