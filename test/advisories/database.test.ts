import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Advisory } from '../../src/advisories/advisory.ts';
import { buildDatabase } from '../../src/advisories/database/build.ts';
import type { BuildOptions, Database, DatabaseBytes } from '../../src/advisories/database/database.ts';
import { hashOf, indexBytes } from '../../src/advisories/database/index-file.ts';
import { openDatabase, verifyDatabase } from '../../src/advisories/database/open.ts';
import { advisoryOfRow, rowOf } from '../../src/advisories/database/row.ts';
import { advisoriesOf } from '../../src/advisories/merged.ts';
import type { Ecosystem } from '../../src/versions/order.ts';
import { orderOf } from '../../src/versions/orders.ts';
import { type Json, range, record } from './osv.ts';

const FIXED = { ranges: [range('SEMVER', 'introduced 0', 'fixed 1.2.3')] };
const SOURCES = [
  { name: 'Our own', licence: 'CC0-1.0', url: 'https://advisories.example', asOf: '2026-11-20T00:00:00Z' },
];

function options(ecosystem: Ecosystem = 'npm'): BuildOptions {
  return { ecosystem, order: orderOf(ecosystem), asOf: '2026-11-20T00:00:00Z', sources: SOURCES, builder: '0.1.0' };
}

function inMemory(bytes: Uint8Array): DatabaseBytes {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

function opened(adv: Uint8Array, idx?: Uint8Array): Database {
  const answer = openDatabase(inMemory(adv), idx);
  if ('trouble' in answer) throw new Error(answer.trouble);
  return answer.database;
}

function troubleOf(adv: Uint8Array, idx?: Uint8Array): string | undefined {
  const answer = openDatabase(inMemory(adv), idx);
  return 'trouble' in answer ? answer.trouble : undefined;
}

const RECORDS = [
  record({ aliases: ['CVE-2026-1'], summary: 'Tab\tand end\nof line' }, FIXED),
  record({ id: 'GHSA-2' }, { versions: ['1\u0000\n', '2.0.0'] }),
  record({ id: 'GHSA-3' }, FIXED, 'npm', 'ærlig'),
  record({ id: 'GHSA-4' }, FIXED, 'npm', '__proto__'),
  record({ id: 'GHSA-5', withdrawn: '2026-01-01T00:00:00Z' }, FIXED, 'npm', 'gone'),
];
const built = await buildDatabase(RECORDS, options());

describe('buildDatabase', () => {
  it('writes a header and a line for each package, as text', () => {
    const [header = '', ...lines] = Buffer.from(built.adv).toString().split('\n');
    expect(JSON.parse(header)).toEqual(built.header);
    expect(built.header).toMatchObject({
      gonogoDb: 1,
      ecosystem: 'npm',
      asOf: '2026-11-20T00:00:00Z',
      newestModified: '2026-02-03T04:05:06Z',
      records: 4,
      packages: 3,
      complete: true,
      sources: SOURCES,
      builder: '0.1.0',
    });
    expect(lines).toEqual([
      '__proto__\t[["GHSA-4","",0,"","2026-01-02",["<1.2.3"]]]',
      'left-board\t[["GHSA-2","",0,"","2026-01-02",[],{"v":["1\\u0000\\n","2.0.0"]}],["GHSA-aaaa-bbbb-cccc","CVE-2026-1",0,"","2026-01-02",["<1.2.3"],{"t":"Tab and end of line"}]]',
      'ærlig\t[["GHSA-3","",0,"","2026-01-02",["<1.2.3"]]]',
      '',
    ]);
  });

  it('gives the same bytes for the same records in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(RECORDS, { minLength: RECORDS.length }), async (shuffled) => {
        const again = await buildDatabase(shuffled, options());
        expect(Buffer.compare(again.adv, built.adv)).toBe(0);
        expect(Buffer.compare(again.idx, built.idx)).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  it('takes records as they come', async () => {
    async function* stream(): AsyncGenerator<unknown> {
      yield* RECORDS;
    }
    expect((await buildDatabase(stream(), options())).header).toEqual(built.header);
  });

  it('never throws, whatever the JSON, and tells what it left out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.jsonValue(), fc.object())), async (records) => {
        const odd = await buildDatabase(records, options());
        expect(odd.header.records).toBe(0);
        expect(odd.troubles.length > 0).toBe(records.length > 0);
      }),
      { numRuns: 100 },
    );
  });

  it('can be empty', async () => {
    const { adv, idx } = await buildDatabase([], options('PyPI'));
    expect(opened(adv, idx).lookup(['requests'])).toEqual({ advisories: new Map(), troubles: [] });
  });
});

describe('openDatabase', () => {
  it('finds those that are there, under the names they are asked for', () => {
    const { advisories, troubles } = opened(built.adv, built.idx).lookup([
      'left-board',
      'nothing',
      '__proto__',
      'ærlig',
      '',
    ]);
    expect([...advisories].map(([name, all]) => [name, all.map(({ id }) => id)])).toEqual([
      ['left-board', ['GHSA-2', 'GHSA-aaaa-bbbb-cccc']],
      ['__proto__', ['GHSA-4']],
      ['ærlig', ['GHSA-3']],
    ]);
    expect(troubles).toEqual([]);
  });

  it('gives what was merged', async () => {
    const { byPackage } = await advisoriesOf('npm', orderOf('npm'), RECORDS);
    expect(opened(built.adv, built.idx).lookup(byPackage.keys()).advisories).toEqual(byPackage);
  });

  it('compares names as the ecosystem does', async () => {
    const { adv, idx } = await buildDatabase([record({}, FIXED, 'PyPI', 'Zope.Interface')], options('PyPI'));
    expect([...opened(adv, idx).lookup(['zope_interface']).advisories.keys()]).toEqual(['zope_interface']);
  });

  it('reads only the lines it is asked for', () => {
    const reads: number[] = [];
    const bytes = {
      ...inMemory(built.adv),
      read: (offset: number, length: number) => {
        reads.push(offset);
        return built.adv.subarray(offset, offset + length);
      },
    };
    const answer = openDatabase(bytes, built.idx);
    if ('trouble' in answer) throw new Error(answer.trouble);
    answer.database.lookup(['ærlig', 'nothing']);
    expect(reads).toHaveLength(2);
  });

  it('makes the index anew where there is none', () => {
    const database = opened(built.adv);
    expect(database.troubles).toEqual([]);
    expect(database.lookup(['ærlig']).advisories.size).toBe(1);
  });

  it.each<[string, (idx: Uint8Array) => Uint8Array]>([
    ['empty', () => new Uint8Array()],
    ['cut short', (idx) => idx.subarray(0, -1)],
    ['too long', (idx) => Buffer.concat([idx, Buffer.of(0)])],
    ['foreign', () => Buffer.from('SQLite format 3\u0000 and so on and so forth')],
    ['with a bit turned', (idx) => Buffer.from(idx).fill(1, 30, 31)],
    ['of another file', () => indexBytes([], 'f'.repeat(64))],
    ['of fewer packages', () => indexBytes([], built.header.digest)],
  ])('makes an index anew that is %s, and says so', (_, spoilt) => {
    const database = opened(built.adv, spoilt(built.idx));
    expect(database.troubles).toEqual(['its index is not of this file, and was made anew in memory']);
    expect(database.lookup(['left-board']).advisories.size).toBe(1);
  });

  it('takes an index at any place in memory', () => {
    const moved = Buffer.concat([Buffer.of(7), built.idx]).subarray(1);
    expect(opened(built.adv, moved).troubles).toEqual([]);
  });

  it('scans files that are larger than what it reads at once', async () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      record(
        { id: `GHSA-${at}` },
        { versions: Array.from({ length: 4000 }, (_, patch) => `${at}.0.${patch}`) },
        'npm',
        `package-${at}`,
      ),
    );
    const { adv } = await buildDatabase(many, options());
    expect(adv.length).toBeGreaterThan(1024 * 1024);
    expect(opened(adv).lookup(many.map((_, at) => `package-${at}`)).advisories.size).toBe(40);
  });

  it.each<[string, (adv: Buffer) => Uint8Array, string]>([
    ['empty', () => new Uint8Array(), 'it is no advisory database: its first line is not a header'],
    ['foreign', () => Buffer.from('{"name":"x"}\n'), 'it is no advisory database: its first line is not a header'],
    ['binary', () => Buffer.alloc(100_000, 1), 'it is no advisory database: its first line is not a header'],
    [
      'of tomorrow',
      () => Buffer.from('{"gonogoDb":2}\n'),
      'it is of another version of the format; update it, or update gonogo',
    ],
    ['without what a header holds', () => Buffer.from('{"gonogoDb":1}\n'), 'its header is damaged'],
    ['cut short', (adv) => adv.subarray(0, -10), 'it is cut short: 10 bytes are missing'],
    ['too long', (adv) => Buffer.concat([adv, Buffer.from('x\n')]), 'it is damaged: it has 2 bytes too many'],
  ])('says what is wrong with a file that is %s', (_, spoilt, sentence) => {
    expect(troubleOf(spoilt(Buffer.from(built.adv)), built.idx)).toBe(sentence);
  });

  it('says that a line cannot be read, and does not take it for no advisories', () => {
    const adv = Buffer.from(built.adv);
    adv.write('?', adv.indexOf('ærlig') + 8);
    expect(opened(adv, built.idx).lookup(['ærlig', 'left-board'])).toMatchObject({
      troubles: ['ærlig: its line cannot be read'],
    });
    expect(verifyDatabase(inMemory(adv))).toEqual(['it is damaged: its contents are not what its digest says']);
  });

  it.each([
    ['beyond the file', 0xffff_fff0, 50],
    ['at the header', 0, 20],
    ['into a line', -3, 30],
    ['at too much', 500, 0xffff_ffff],
  ])('trusts no index that points %s', (_, offset, length) => {
    const start = built.adv.indexOf(10) + 1;
    const entries = ['left-board', '__proto__', 'ærlig'].map((name) => ({
      hash: hashOf(name),
      offset: offset < 0 ? start - offset : offset,
      length,
    }));
    const found = opened(built.adv, indexBytes(entries, built.header.digest)).lookup(['left-board']);
    expect(found.advisories.size).toBe(0);
    expect(found.troubles).toHaveLength(1);
  });

  it('says so where reading fails, at opening and later', () => {
    const broken: DatabaseBytes = {
      size: built.adv.length,
      read: () => {
        throw new Error('EIO');
      },
    };
    expect(openDatabase(broken)).toEqual({ trouble: 'it is no advisory database: its first line is not a header' });
    let reads = 0;
    const breaking: DatabaseBytes = {
      ...broken,
      read: (offset, length) => (reads++ === 0 ? built.adv.subarray(offset, offset + length) : broken.read(0, 0)),
    };
    const answer = openDatabase(breaking, built.idx);
    if ('trouble' in answer) throw new Error(answer.trouble);
    expect(answer.database.lookup(['left-board']).troubles).toEqual([
      'left-board: its line is not where the index says',
    ]);
  });

  it('never throws, whatever the bytes', () => {
    const spoilt = fc
      .tuple(fc.nat(built.adv.length), fc.uint8Array({ maxLength: 20 }), fc.nat(20))
      .map(([at, bytes, skipped]) =>
        Buffer.concat([built.adv.subarray(0, at), bytes, built.adv.subarray(at + skipped)]),
      );
    fc.assert(
      fc.property(fc.oneof(spoilt, fc.uint8Array()), fc.option(fc.uint8Array()), (adv, idx) => {
        const answer = openDatabase(inMemory(adv), idx ?? built.idx);
        if ('database' in answer) answer.database.lookup(['left-board', '__proto__', 'ærlig']);
        verifyDatabase(inMemory(adv));
      }),
      { numRuns: 500 },
    );
  });
});

describe('verifyDatabase', () => {
  it('has nothing to say about a whole file', () => {
    expect(verifyDatabase(inMemory(built.adv))).toEqual([]);
  });
});

describe('rows', () => {
  const text = fc.string({ minLength: 1, maxLength: 20 });
  const word = text.filter((it) => !/[\s\p{Cc}]/u.test(it));
  const rangeText = fc.constantFrom('*', '<1.2.3', '>=1.0.0 <=2.0.0', 'until 3', 'semver >=1.0.0');

  it('are read back', () => {
    const advisory: fc.Arbitrary<Advisory> = fc.record(
      {
        id: word,
        aliases: fc.array(word),
        severity: fc.constantFrom(0, 1, 2, 3, 4),
        severityFrom: fc.string({ maxLength: 20 }),
        published: fc.constant('2026-02-28'),
        ranges: fc.array(rangeText),
        versions: fc.array(text),
        uncertain: fc.array(rangeText),
        custom: fc.array(rangeText, { minLength: 1 }),
        flags: fc.constantFrom([], ['malicious'], ['unmaintained', 'unreviewed']),
        title: text,
      },
      { requiredKeys: ['id', 'aliases', 'severity', 'severityFrom', 'ranges', 'versions', 'uncertain', 'flags'] },
    );
    fc.assert(
      fc.property(advisory, (given) => {
        expect(advisoryOfRow(JSON.parse(JSON.stringify(rowOf(given))))).toEqual(given);
      }),
    );
  });

  it.each<Json | unknown[]>([
    [],
    {},
    [1, '', 0, '', '', []],
    ['A 1', '', 0, '', '', []],
    ['A-1', [], 0, '', '', []],
    ['A-1', '', 5, '', '', []],
    ['A-1', '', '3', '', '', []],
    ['A-1', '', 0, null, '', []],
    ['A-1', '', 0, '', 'today', []],
    ['A-1', '', 0, '', '', '*'],
    ['A-1', '', 0, '', '', ['1.2.3']],
    ['A-1', '', 0, '', '', [], { v: [1] }],
    ['A-1', '', 0, '', '', [], { u: ['?'] }],
    ['A-1', '', 0, '', '', [], { f: 'malicious' }],
  ])('that are none are not taken: %j', (row) => {
    expect(advisoryOfRow(row)).toBeUndefined();
  });
});
