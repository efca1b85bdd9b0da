/** pnpm-lock.yaml of versions 5, 6 and 9, whose keys differ. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/pnpm.ts';
import { gapRows, readWith, rows, textsOf } from './shown.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const NINE = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

catalogs:
  default:
    b:
      specifier: ^2.0.0
      version: 2.5.0

overrides:
  e: 1.0.1

importers:

  .:
    devDependencies:
      d:
        specifier: ~4.0.0
        version: 4.0.1(b@2.5.0)

  packages/api:
    dependencies:
      '@scope/a':
        specifier: ^1.0.0
        version: 1.2.0(b@2.5.0)(c@3.0.0)
      '@shop/money':
        specifier: workspace:*
        version: link:../money
      b:
        specifier: 'catalog:'
        version: 2.5.0
      g:
        specifier: acme/g#main
        version: https://codeload.git.example/acme/g/tar.gz/${COMMIT}
      short:
        specifier: npm:long/name@^3.0.0
        version: '@long/name@3.1.0'
    optionalDependencies:
      o:
        specifier: '*'
        version: 9.0.0

  packages/money:
    dependencies:
      f:
        specifier: file:../f
        version: file:../f
      t:
        specifier: https://files.example/t.tgz
        version: https://files.example/t.tgz

packages:

  '@long/name@3.1.0':
    resolution: {integrity: sha512-AAAA}

  '@scope/a@1.2.0':
    resolution: {integrity: sha512-AAAA, tarball: https://registry.example/a/-/a-1.2.0.tgz}
    engines: {node: '>=18'}
    deprecated: 'use b: it is better'
    peerDependencies:
      b: '>=2'
      c: ^3.0.0

  b@2.5.0:
    resolution: {integrity: sha512-AAAA}
    deprecated: >-
      no longer
      supported

  c@3.0.0:
    resolution: {integrity: sha512-AAAA}

  d@4.0.1:
    resolution: {integrity: sha512-AAAA}

  e@1.0.1:
    resolution: {integrity: sha512-AAAA}
    cpu: [x64]

  f@file:../f:
    resolution: {directory: ../f, type: directory}

  g@https://codeload.git.example/acme/g/tar.gz/${COMMIT}:
    resolution: {tarball: https://codeload.git.example/acme/g/tar.gz/${COMMIT}}
    version: 0.0.1

  o@9.0.0:
    resolution: {integrity: sha512-AAAA}

  t@https://files.example/t.tgz:
    resolution: {tarball: https://files.example/t.tgz}
    version: 1.0.0

snapshots:

  '@long/name@3.1.0': {}

  '@scope/a@1.2.0(b@2.5.0)(c@3.0.0)':
    dependencies:
      b: 2.5.0
      c: 3.0.0
    transitivePeerDependencies:
      - supports-color

  '@scope/a@1.2.0(b@2.5.0)':
    dependencies:
      b: 2.5.0

  b@2.5.0: {}

  c@3.0.0: {}

  d@4.0.1(b@2.5.0):
    dependencies:
      b: 2.5.0
      e: 1.0.1

  e@1.0.1: {}

  f@file:../f: {}

  g@https://codeload.git.example/acme/g/tar.gz/${COMMIT}: {}

  o@9.0.0:
    optional: true

  t@https://files.example/t.tgz: {}
`;

const NINE_ROWS = [
  '@long/name@3.1.0 production direct as short :57 <- . npm:long/name@^3.0.0',
  '@scope/a@1.2.0 registry.example production direct deprecated "use b: it is better" :60 <- . ^1.0.0',
  'b@2.5.0 production direct deprecated "no longer supported" :68 <- @scope/a >=2, d, . catalog:',
  'c@3.0.0 production indirect :74 <- @scope/a ^3.0.0',
  'd@4.0.1 development direct :77 <- . ~4.0.0',
  'e@1.0.1 development indirect :80 <- d',
  'f@ path production direct :84 <- . file:../f',
  'g@ git 0123456 production direct :87 <- . acme/g#main',
  'o@9.0.0 optional direct :91 <- . *',
  't@ url production direct :94 <- . https://files.example/t.tgz',
];

describe('pnpm-lock.yaml 9', () => {
  it('has packages once, whatever peers they were resolved with', () => {
    const result = readWith(format, { 'pnpm-lock.yaml': NINE });
    expect([rows(result), result.gaps]).toEqual([NINE_ROWS, []]);
  });

  it('is the same with line ends of Windows', () => {
    expect(rows(readWith(format, { 'pnpm-lock.yaml': NINE.replaceAll('\n', '\r\n') }))).toEqual(NINE_ROWS);
  });

  it('knows whose a package is, through links, too', () => {
    const files = { 'web/pnpm-lock.yaml': NINE };
    expect(format.members?.(textsOf(files)[0] ?? { path: '', text: '' }, [])).toEqual([
      'web',
      'web/packages/api',
      'web/packages/money',
    ]);
    const { packages, elsewhere } = readWith(format, files, ['web/packages/money']);
    expect([packages.map(({ name }) => name), elsewhere]).toEqual([['f', 't'], 8]);
    const api = readWith(format, files, ['web/packages/api']);
    expect(api.packages.map(({ name }) => name)).toEqual(['@long/name', '@scope/a', 'b', 'c', 'f', 'g', 'o', 't']);
  });

  it('reads long keys, and the document that pnpm keeps for itself', () => {
    const long = `a@1.0.0(${'x'.repeat(1100)}@1.0.0)`;
    const text = `---
lockfileVersion: '9.0'
importers:
  .:
    configDependencies:
      k:
        specifier: 1.0.0
        version: 1.0.0
packages:
  k@1.0.0:
    resolution: {integrity: sha512-AAAA}
snapshots:
  k@1.0.0: {}
---
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      a:
        specifier: ^1
        version: ${long.slice(2)}
packages:
  a@1.0.0:
    resolution: {integrity: sha512-AAAA}
  b@1.0.0:
    resolution: {integrity: sha512-AAAA}
snapshots:
  ? ${long}
  : dependencies:
      b: 1.0.0
  b@1.0.0: {}
`;
    expect(rows(readWith(format, { 'pnpm-lock.yaml': text }))).toEqual([
      'k@1.0.0 development direct :10 <- . 1.0.0',
      'a@1.0.0 production direct :23 <- . ^1',
      'b@1.0.0 production indirect :25 <- a',
    ]);
  });

  it('counts what it does not understand, and what is needed and nowhere described', () => {
    const text = `lockfileVersion: '9.0'\npackages:\n  a@1.0.0: odd\n  - b\n  c\nsnapshots:\n  z@1.0.0: {}\n`;
    const result = readWith(format, { 'pnpm-lock.yaml': text });
    expect([rows(result), gapRows(result)]).toEqual([
      ['a@1.0.0 unknown ? :3 <- '],
      ['3 unparsed: entries are not understood'],
    ]);
    const said = (whole: string): readonly string[] => gapRows(readWith(format, { 'pnpm-lock.yaml': whole }));
    expect(said('{lockfileVersion: 9}')).toEqual(['0 unparsed: it does not say which version of the format it has']);
    expect(said("lockfileVersion: '12.0'\n")).toEqual(['0 unparsed: version 12 of the format is not known']);
    expect(said("lockfileVersion: '9.0'\n<<<<<<< main\n=======\n>>>>>>> x\n")).toEqual([
      '0 unparsed: it holds the marks of a merge that was not finished',
    ]);
  });

  it('is not confused by names such as __proto__', () => {
    const text = `lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      __proto__:\n        specifier: '1'\n        version: 1.0.0\npackages:\n  __proto__@1.0.0:\n    resolution: {integrity: x}\nsnapshots:\n  __proto__@1.0.0:\n    dependencies:\n      constructor: 1.0.0\n`;
    expect(rows(readWith(format, { 'pnpm-lock.yaml': text }))).toEqual(['__proto__@1.0.0 production direct :9 <- . 1']);
  });
});

describe('pnpm-lock.yaml 6', () => {
  it('has keys with a slash before them, flags, and times of release', () => {
    const text = `lockfileVersion: '6.0'

dependencies:
  '@scope/a':
    specifier: ^1.0.0
    version: 1.2.0(b@2.5.0)
  short:
    specifier: npm:real@3
    version: /real@3.0.0

time:
  /b@2.5.0: '2025-03-04T10:00:00.000Z'

packages:

  /@scope/a@1.2.0(b@2.5.0):
    resolution: {integrity: sha512-AAAA}
    peerDependencies:
      b: '>=2'
    dependencies:
      b: 2.5.0
    dev: false

  /b@2.5.0:
    resolution: {integrity: sha512-AAAA}

  /left@1.0.0:
    resolution: {integrity: sha512-AAAA}
    dev: true

  /real@3.0.0:
    resolution: {integrity: sha512-AAAA}

  github.com/acme/g/${COMMIT}:
    resolution: {tarball: https://codeload.git.example/acme/g/tar.gz/${COMMIT}}
    name: g
    version: 1.0.0
    dev: false
`;
    expect(rows(readWith(format, { 'pnpm-lock.yaml': text }))).toEqual([
      '@scope/a@1.2.0 production direct :16 <- . ^1.0.0',
      'b@2.5.0 production indirect 2025-03-04 :24 <- @scope/a >=2',
      'left@1.0.0 development indirect :27 <- ',
      'real@3.0.0 production direct as short :31 <- . npm:real@3',
      'g@ git 0123456 production indirect :34 <- ',
    ]);
  });
});

describe('pnpm-lock.yaml 5', () => {
  it('has versions behind a slash, peers behind an underscore, and what was asked for apart', () => {
    const text = `lockfileVersion: 5.4

importers:

  packages/api:
    specifiers:
      '@scope/a': ^1.0.0
      d: ~4.0.0
      odd_name: '1'
      short: npm:real@3
    dependencies:
      '@scope/a': 1.2.0_b@2.5.0
      odd_name: 1.0.0
      short: /real/3.0.0_@x+y@1.0.0
    devDependencies:
      d: registry.example/d/4.0.1

packages:

  /@scope/a/1.2.0_b@2.5.0:
    resolution: {integrity: sha512-AAAA}
    dependencies:
      b: 2.5.0
    dev: false

  /b/2.5.0:
    resolution:
      integrity: sha512-AAAA
      tarball: https://registry.example/b/-/b-2.5.0.tgz
    dev: false

  /odd_name/1.0.0:
    resolution: {integrity: sha512-AAAA}

  /real/3.0.0_@x+y@1.0.0:
    resolution: {integrity: sha512-AAAA}

  registry.example/d/4.0.1:
    resolution: {integrity: sha512-AAAA}
    dev: true
`;
    const result = readWith(format, { 'pnpm-lock.yaml': text });
    expect([rows(result), result.gaps]).toEqual([
      [
        '@scope/a@1.2.0 production direct :20 <- . ^1.0.0',
        'b@2.5.0 registry.example production indirect :26 <- @scope/a',
        'odd_name@1.0.0 production direct :32 <- . 1',
        'real@3.0.0 production direct as short :35 <- . npm:real@3',
        'd@4.0.1 registry.example development direct :38 <- . ~4.0.0',
      ],
      [],
    ]);
  });
});

describe('agreement with package.json', () => {
  function differences(files: Readonly<Record<string, string | object>>): unknown {
    const [lock = { path: '', text: '' }, ...manifests] = textsOf(files);
    const { disagreements, compared, untold } = format.agree?.(lock, manifests) ?? {};
    return [disagreements?.map(({ name, say, at }) => `${at.path}:${at.line} ${name} ${say}`), compared, untold];
  }

  it('is that each member asks for the same', () => {
    const api = {
      dependencies: {
        '@scope/a': '^1.0.0',
        '@shop/money': 'workspace:*',
        b: 'catalog:',
        g: 'acme/g#main',
        short: 'npm:long/name@^3.0.0',
      },
      optionalDependencies: { o: '*' },
    };
    const root = { devDependencies: { d: '~4.0.0' } };
    expect(differences({ 'pnpm-lock.yaml': NINE, 'package.json': root, 'packages/api/package.json': api })).toEqual([
      [],
      7,
      [],
    ]);
    expect(
      differences({ 'pnpm-lock.yaml': NINE, 'package.json': { devDependencies: { d: '~4.1.0', n: '1' } } }),
    ).toEqual([
      [
        'package.json:3 d asks for ~4.1.0, and the lockfile was written for ~4.0.0',
        'package.json:4 n asks for 1 in devDependencies, and the lockfile remembers no such thing',
      ],
      2,
      [],
    ]);
  });

  it('leaves to overrides what they replace', () => {
    const lock = `lockfileVersion: '9.0'\noverrides:\n  x>e@1: 1.0.1\nimporters:\n  .:\n    dependencies:\n      e:\n        specifier: 1.0.1\n        version: 1.0.1\n`;
    expect(differences({ 'pnpm-lock.yaml': lock, 'package.json': { dependencies: { e: '^1' } } })).toEqual([[], 1, []]);
  });
});
