import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intervalText } from '../../src/advisories/interval.ts';
import { readRecord } from '../../src/advisories/record.ts';
import type { Ecosystem } from '../../src/versions/order.ts';
import { orderOf } from '../../src/versions/orders.ts';
import { type Json, NO_SCORE, range, record } from './osv.ts';

function read(value: unknown, ecosystem: Ecosystem = 'npm') {
  const found = readRecord(value, { ecosystem, order: orderOf(ecosystem), score: NO_SCORE });
  if ('trouble' in found) throw new Error(found.trouble);
  return found;
}

/** What the first mention says, in short. */
function first(affected: Json, over: Json = {}, ecosystem: Ecosystem = 'npm') {
  const { affected: all, troubles } = read(record(over, affected, ecosystem), ecosystem);
  const [{ intervals = [], versions = [], uncertain = [], custom = [], informational } = {}] = all;
  return {
    ranges: intervals.map(intervalText),
    versions,
    uncertain: uncertain.map(intervalText),
    custom: custom.map(intervalText),
    informational,
    troubles,
  };
}

const FIXED = range('SEMVER', 'introduced 0', 'fixed 1.2.3');

describe('readRecord', () => {
  it('reads what is needed', () => {
    const given = record({ aliases: ['CVE-2026-1'], summary: ' Board\n overflows ' }, { ranges: [FIXED] });
    expect(read(given)).toMatchObject({
      id: 'GHSA-aaaa-bbbb-cccc',
      aliases: ['CVE-2026-1'],
      modified: '2026-02-03T04:05:06Z',
      published: '2026-01-02',
      title: 'Board overflows',
      withdrawn: false,
      malicious: false,
      unreviewed: false,
      troubles: [],
    });
  });

  it('takes a record of schema 1.0, which has no version of the schema, and ignores fields it does not know', () => {
    const { schema_version: _, ...old } = record({ hovercraft: { eels: true } }, { ranges: [FIXED], purls: 3 });
    expect(read(old).affected).toHaveLength(1);
  });

  it('says of a withdrawn record that it affects nothing', () => {
    const withdrawn = read(record({ withdrawn: '2026-03-01T00:00:00Z' }, { ranges: [FIXED] }));
    expect(withdrawn.withdrawn).toBe(true);
    expect(withdrawn.affected).toEqual([]);
  });

  it('reads each mention of a package, and only those of the ecosystem, spelled exactly', () => {
    const affected = [
      { package: { ecosystem: 'npm', name: 'a' }, ranges: [FIXED] },
      { package: { ecosystem: 'npm', name: 'a' }, ranges: [range('SEMVER', 'introduced 2.0.0', 'fixed 2.0.1')] },
      { package: { ecosystem: 'NPM', name: 'b' }, ranges: [FIXED] },
      { package: { ecosystem: 'PyPI', name: 'c' }, ranges: [FIXED] },
      { ranges: [range('GIT', 'introduced 0')] },
    ];
    expect(read(record({ affected })).affected.map(({ name }) => name)).toEqual(['a', 'a']);
  });

  it.each([
    ['PyPI', 'PyPI', 'Django_Rest.Framework', 'django-rest-framework'],
    ['NuGet', 'NuGet', 'Newtonsoft.Json', 'newtonsoft.json'],
    ['Packagist:https://packages.drupal.org/8', 'Packagist', 'Drupal/Core', 'drupal/core'],
    ['Maven:https://repo1.maven.org/maven2', 'Maven', 'Org.Acme:Tool', 'Org.Acme:Tool'],
    ['Go', 'Go', 'github.com/Acme/Tool', 'github.com/Acme/Tool'],
    ['npm', 'npm', '__proto__', '__proto__'],
  ] as const)('compares names of %s as its registry does', (written, ecosystem, name, compared) => {
    expect(read(record({}, { ranges: [FIXED] }, written, name), ecosystem).affected.map((it) => it.name)).toEqual([
      compared,
    ]);
  });

  it.each([
    [{}, {}, false],
    [{ id: 'MAL-2026-1' }, {}, true],
    [{ aliases: ['MAL-2026-1'] }, {}, true],
    [{ database_specific: { cwe_ids: ['CWE-506'] } }, {}, true],
    [{ database_specific: { cwe_ids: ['CWE-79'] } }, {}, false],
  ])('tells malice: %j', (over, affected, malicious) => {
    expect(read(record(over, affected)).malicious).toBe(malicious);
  });

  it.each([null, 3, 'x', [], {}, { id: 7 }, { id: '' }, { id: 'a b' }, { id: 'a\u0007' }, { id: 'x'.repeat(201) }])(
    'leaves out what has no usable id: %j',
    (value) => {
      expect(readRecord(value, { ecosystem: 'npm', order: orderOf('npm'), score: NO_SCORE })).toEqual({
        trouble: 'A record without a usable id was left out.',
      });
    },
  );

  it('names what it cannot read', () => {
    const affected = [{ package: { ecosystem: 'npm', name: 'a b' }, ranges: [FIXED] }];
    expect(read(record({ aliases: ['CVE-2026-1', 7], affected })).troubles).toEqual([
      'GHSA-aaaa-bbbb-cccc: some of its aliases cannot be read.',
      'GHSA-aaaa-bbbb-cccc: a package of npm without a usable name was left out.',
    ]);
    expect(read(record({ affected: 'all' })).troubles).toEqual([
      'GHSA-aaaa-bbbb-cccc: its list of affected packages cannot be read, or has more than 20000.',
    ]);
  });

  it('takes no day that is none', () => {
    expect(read(record({ published: '2026-02-30T00:00:00Z', modified: 'yesterday' }))).toMatchObject({ modified: '' });
    expect('published' in read(record({ published: '2026-02-30T00:00:00Z' }))).toBe(false);
  });

  it.each(['0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z'])('takes %s for the empty date that it is', (empty) => {
    const found = read(record({ published: empty, modified: empty }));
    expect(found.modified).toBe('');
    expect('published' in found).toBe(false);
  });
});

describe('affected versions', () => {
  it('unite several ranges', () => {
    const ranges = [range('ECOSYSTEM', 'introduced 2.0.0', 'fixed 2.1.0'), FIXED];
    expect(first({ ranges })).toMatchObject({ ranges: ['<1.2.3', '>=2.0.0 <2.1.0'], versions: [], uncertain: [] });
  });

  it('skip commits and go on', () => {
    const commits = range('GIT', 'introduced 0', 'fixed 1234567890abcdef1234567890abcdef12345678');
    expect(first({ ranges: [commits, FIXED] })).toMatchObject({ ranges: ['<1.2.3'], uncertain: [] });
    expect(first({ ranges: [commits], versions: ['1.0.0'] })).toMatchObject({ versions: ['1.0.0'], uncertain: [] });
  });

  it('are uncertain where there are only commits', () => {
    expect(first({ ranges: [range('GIT', 'introduced 0')] })).toMatchObject({ ranges: [], uncertain: ['*'] });
  });

  it('are listed ones where there are no ranges, and none where there is nothing', () => {
    expect(first({ versions: ['1.0.0', '1.0.1'] })).toMatchObject({
      ranges: [],
      versions: ['1.0.0', '1.0.1'],
      uncertain: [],
    });
    expect(first({})).toMatchObject({ ranges: [], versions: [], uncertain: [], troubles: [] });
  });

  it('keep of those listed what no range covers, and what cannot be compared', () => {
    expect(first({ ranges: [FIXED], versions: ['1.0.0', '1.2.3', '1.2.3', 'odd\u0000one'] }).versions).toEqual([
      '1.2.3',
      'odd\u0000one',
    ]);
  });

  it('may be told by events that are no published versions', () => {
    expect(first({ ranges: [range('ECOSYSTEM', 'introduced 1.0.0-0', 'fixed 1.2.3-0')] }).ranges).toEqual([
      '>=1.0.0-0 <1.2.3-0',
    ]);
  });

  it('count a range of SemVer in its own order where the ecosystem has another', () => {
    const ranges = [range('SEMVER', 'introduced 1.0.0', 'fixed 1.2.3')];
    expect(first({ ranges }, {}, 'PyPI').ranges).toEqual(['semver >=1.0.0 <1.2.3']);
    expect(first({ ranges: [range('SEMVER', 'introduced 0')] }, {}, 'PyPI').ranges).toEqual(['*']);
    expect(first({ ranges }, {}, 'Go').ranges).toEqual(['>=1.0.0 <1.2.3']);
  });

  it('split an event of old that holds two', () => {
    expect(first({ ranges: [{ type: 'SEMVER', events: [{ introduced: '1.0.0', fixed: '1.2.3' }] }] }).ranges).toEqual([
      '>=1.0.0 <1.2.3',
    ]);
  });

  it.each<[string, unknown]>([
    ['no list', 'all'],
    ['a range that is none', [7]],
    ['a type of tomorrow', [range('CALENDAR', 'introduced 0')]],
    ['no events', [{ type: 'SEMVER', events: { introduced: '0' } }]],
    ['an event of tomorrow', [range('SEMVER', 'introduced 1.0.0', 'paused 1.1.0')]],
    ['an event that is no text', [{ type: 'SEMVER', events: [{ introduced: 0 }] }]],
    ['an endless version', [range('SEMVER', `introduced ${'1'.repeat(301)}`)]],
  ])('are uncertain where a range cannot be read: %s', (_, ranges) => {
    expect(first({ ranges })).toMatchObject({
      uncertain: ['*'],
      troubles: ['GHSA-aaaa-bbbb-cccc: a range of left-board cannot be read.'],
    });
  });

  it('keep the ranges that can be read beside one that cannot', () => {
    expect(first({ ranges: [7, FIXED] })).toMatchObject({ ranges: ['<1.2.3'], uncertain: ['*'] });
  });

  it('are uncertain where listed versions cannot be read', () => {
    expect(first({ ranges: [FIXED], versions: [1] })).toMatchObject({ ranges: ['<1.2.3'], uncertain: ['*'] });
  });

  it('of Go are uncertain where the real range counts in a numbering of its own', () => {
    const affected = {
      ranges: [range('SEMVER', 'introduced 0')],
      ecosystem_specific: { custom_ranges: [range('ECOSYSTEM', 'introduced 0', 'fixed 4.5.6')] },
    };
    const over = { id: 'GO-2026-1', database_specific: { review_status: 'UNREVIEWED' } };
    expect(first(affected, over, 'Go')).toMatchObject({
      ranges: [],
      uncertain: ['*'],
      custom: ['<4.5.6'],
      troubles: [],
    });
    expect(read(record(over, affected, 'Go'), 'Go').unreviewed).toBe(true);
    const { ecosystem_specific, ...rest } = affected;
    expect(first({ ...rest, database_specific: ecosystem_specific }, over, 'Go').custom).toEqual(['<4.5.6']);
  });

  it('of an unreviewed record are as they are written', () => {
    const over = { id: 'GO-2026-2', database_specific: { review_status: 'UNREVIEWED' } };
    expect(first({ ranges: [FIXED] }, over, 'Go')).toMatchObject({ ranges: ['<1.2.3'], uncertain: [] });
  });

  it.each(['unmaintained', 'unsound', 'notice'])('of RustSec may be no flaw: %s', (informational) => {
    const affected = { ranges: [range('SEMVER', 'introduced 0')], database_specific: { informational } };
    expect(first(affected, { id: 'RUSTSEC-2026-0001' }, 'crates.io').informational).toBe(informational);
  });
});

describe('properties of records', () => {
  const odd = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, 0, '', '0', '1.2.3', 'npm', 'SEMVER', 'GIT', '__proto__'),
      fc.string(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.constantFrom(
          'package',
          'ecosystem',
          'name',
          'ranges',
          'type',
          'events',
          'introduced',
          'fixed',
          'versions',
          'severity',
          'score',
          'database_specific',
          'cvss',
          'custom_ranges',
          'ecosystem_specific',
          '__proto__',
        ),
        tie('value'),
        { maxKeys: 5 },
      ),
    ),
  })).value;

  it('never throw, whatever the JSON', () => {
    fc.assert(
      fc.property(odd, odd, odd, odd, (affected, aliases, severity, rest) => {
        const options = { ecosystem: 'npm', order: orderOf('npm'), score: NO_SCORE } as const;
        readRecord(rest, options);
        readRecord(
          { id: 'X-1', aliases, severity, affected: [affected], database_specific: rest, modified: rest },
          options,
        );
        readRecord(record({}, { ranges: [affected], versions: aliases, severity, database_specific: rest }), options);
      }),
      { numRuns: 500 },
    );
  });
});
