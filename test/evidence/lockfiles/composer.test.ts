/** composer.lock: what it says of each package, and whether composer.json is still what it was locked from. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/composer.ts';
import { contentHash } from '../../../src/evidence/lockfiles/php/content-hash.ts';
import { agree, disagreements, gaps, holdsForAny, hugeLines, named, read, told } from './reading.ts';

const COMMIT = 'abcdef0123456789abcdef0123456789abcdef01';
const REGISTRY = { 'notification-url': 'https://packagist.org/downloads/' };
const JSON_TEXT = JSON.stringify(
  {
    name: 'acme/shop',
    require: { php: '>=8.2', 'acme/Http': '^2.0', 'acme/local': '*' },
    'require-dev': { 'acme/test': '^1' },
  },
  undefined,
  2,
);
const PACKAGES = [
  {
    name: 'Acme/Http',
    version: 'v2.1.0',
    source: { type: 'git', url: 'https://git.example/http.git', reference: COMMIT },
    dist: { type: 'zip', reference: COMMIT },
    require: { php: '>=8', 'ext-json': '*', 'acme/log': '^1.2 || ^2' },
    replace: { 'acme/client': 'self.version', 'acme/other': '*' },
    license: ['MIT', 'Apache-2.0 AND BSD-3-Clause'],
    time: '2024-03-05T09:10:11+00:00',
    abandoned: 'acme/web',
    ...REGISTRY,
  },
  {
    name: 'acme/log',
    version: '1.9.0',
    require: { 'acme/client': '^2' },
    license: ['MIT'],
    abandoned: true,
    ...REGISTRY,
  },
  { name: 'acme/local', version: 'dev-main', dist: { type: 'path', url: '../local', reference: COMMIT } },
  { name: 'acme/fork', version: 'dev-fix', source: { type: 'git', reference: COMMIT }, ...REGISTRY },
  { name: 'acme/mirrored', version: '3.0.0', dist: { type: 'zip' } },
];

function lock(more: object = {}): string {
  return JSON.stringify(
    {
      'content-hash': contentHash(JSON_TEXT),
      packages: PACKAGES,
      'packages-dev': [{ name: 'acme/test', version: '1.4', ...REGISTRY }],
      ...more,
    },
    undefined,
    4,
  );
}

const FILES = { 'composer.lock': lock(), 'composer.json': JSON_TEXT };

describe('composer.lock', () => {
  it('tells versions, sources, scopes and what the registry said', () => {
    const result = read(format, FILES);
    expect(told(result)).toEqual([
      'acme/http 2.1.0 registry production direct',
      'acme/log 1.9.0 registry production indirect',
      'acme/local - path production direct',
      'acme/fork abcdef0 git production indirect',
      'acme/mirrored 3.0.0 unknown production indirect',
      'acme/test 1.4 registry development direct',
    ]);
    expect(named(result, 'acme/http')).toMatchObject({
      registry: 'packagist.org',
      commit: COMMIT,
      released: '2024-03-05',
      licence: 'MIT OR (Apache-2.0 AND BSD-3-Clause)',
      deprecated: 'abandoned; use acme/web instead',
      line: 4,
      requiredBy: [
        { name: '', range: '^2.0' },
        { name: 'acme/log', range: '^2' },
      ],
    });
    expect(named(result, 'acme/log')).toMatchObject({
      deprecated: 'abandoned',
      requiredBy: [{ name: 'acme/http', range: '^1.2 || ^2' }],
    });
    expect(named(read(format, { 'composer.lock': lock() }), 'acme/log').direct).toBeUndefined();
  });

  it('says what it does not understand', () => {
    expect(gaps(read(format, { 'composer.lock': '{"packages": [' }))).toEqual([
      'unparsed 0: it is not the JSON that Composer writes',
    ]);
    expect(gaps(read(format, { 'composer.lock': '{}' }))).toEqual(['unparsed 0: it has no list of packages']);
    const odd = [{ name: 'a/b' }, { name: 'a/c', version: '1\u00001' }, 7, { name: '__proto__', version: '1.0' }];
    const result = read(format, { 'composer.lock': JSON.stringify({ packages: odd }) });
    expect(gaps(result)).toEqual(['unparsed 3: packages are not understood']);
    expect(told(result)).toEqual(['__proto__ 1.0 unknown production ?']);
  });

  it('loses no package, and reads any text', () => {
    const entry = fc.record({ name: fc.string(), version: fc.oneof(fc.string(), fc.integer()) }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(entry), fc.array(entry), (packages, development) => {
        const text = JSON.stringify({ packages, 'packages-dev': development });
        const result = read(format, { 'composer.lock': text });
        const counted = result.gaps.reduce((sum, { count }) => sum + count, 0);
        expect(result.packages.length + counted).toBe(packages.length + development.length);
      }),
    );
    holdsForAny(format, FILES);
    for (const text of hugeLines('[', '{"a":', '"', '\\', '"\\"', '[1,'))
      expect(gaps(read(format, { 'composer.lock': `{"packages":${text}` }))).toHaveLength(1);
  });
});

describe('the content-hash of composer.json', () => {
  // Of Composer\Package\Locker::getContentHash, by Composer 2 on PHP.
  it.each([
    ['{}', 'd751713988987e9331980363e24189ce'],
    ['{"name":"a/b","require":{"php":">=8.1","a/c":"^1.0"}}', 'e2128c15b3d93207e748f231b3f18518'],
    [
      '{"extra":{},"require":{"0":"x","1":"y"},"name":"é/\\u2028\\ud83d\\ude00<&>"}',
      '11ac39d80fbf516f6c9b1708ffb9cf7a',
    ],
    [
      '{"config":{"platform":{"php":"8.2.0"}},"minimum-stability":"dev","prefer-stable":true}',
      '3292e0d3f10cf6345d84dc9b6c268f85',
    ],
    [
      '{"config":{"platform":null},"autoload":{"a":1},"extra":{"n":[1,-2,null,"\\u0001\\u007f/"]}}',
      '16a04e61392bd8ab6d2883da4fc773c8',
    ],
    ['{"name":"a/a","extra":{"x":{}},"name":"b/b"}', '96efc2c4b5947daec2871ef6eb441fd5'],
  ])('is that of Composer for %s', (text, hash) => {
    expect(contentHash(text)).toBe(hash);
  });

  it('is not told where PHP may write a number otherwise, or where there is nothing to hash', () => {
    for (const text of [
      '{"extra":1.50}',
      '{"extra":12345678901234567890}',
      '{"extra":-0}',
      '[]',
      '{',
      '"a"',
      '{"name":"\\ud800"}',
    ])
      expect(contentHash(text)).toBeUndefined();
  });
});

describe('composer.lock and composer.json', () => {
  it('agree where the content-hash is that of the manifest', () => {
    expect(agree(format, FILES)).toEqual({ disagreements: [], compared: 3, untold: [] });
  });

  it('differ where anything relevant has changed, and in names', () => {
    const changed = JSON_TEXT.replace('"acme/local"', '"acme/remote"');
    expect(disagreements(format, { ...FILES, 'composer.json': changed })).toEqual([
      'acme/remote: is asked for and not locked (composer.json:6)',
      `composer.json: has changed since it was locked: its content-hash is ${contentHash(changed)}, and ${contentHash(JSON_TEXT)} was locked (composer.lock:2)`,
    ]);
    expect(
      disagreements(format, {
        ...FILES,
        'composer.json': JSON_TEXT.replace('"name": "acme/shop",', '"description": "x", "name": "acme/shop",'),
      }),
    ).toEqual([]);
  });

  it('compare names alone where there is no content-hash, and take what a package replaces for locked', () => {
    const files = {
      'composer.lock': lock({ 'content-hash': undefined }),
      'composer.json': '{"require": {"acme/client": "^2", "acme/log": "^1", "ext-json": "*", "acme/gone": "^1"}}',
    };
    const answer = agree(format, files);
    expect(answer.disagreements.map(({ name }) => name)).toEqual(['acme/gone']);
    expect(answer.untold).toContain(
      'whether anything else of composer.json has changed: no content-hash can be compared',
    );
  });

  it('say where there is nothing to compare with', () => {
    expect(agree(format, { 'composer.lock': lock() }).untold).toHaveLength(1);
    expect(agree(format, { ...FILES, 'composer.json': '{' }).untold).toHaveLength(1);
  });
});
