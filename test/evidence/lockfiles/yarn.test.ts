/** yarn.lock of yarn 1 and of later versions. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/yarn.ts';
import { gapRows, readWith, rows, textsOf } from './shown.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const CLASSIC = `# yarn lockfile v1


"@scope/a@^1.0.0", "@scope/a@^1.1.0":
  version "1.2.0"
  resolved "https://registry.example/@scope/a/-/a-1.2.0.tgz#${COMMIT}"
  integrity sha512-AAAA==
  dependencies:
    b "2.x"
  optionalDependencies:
    "@scope/o" "*"

"@scope/o@*":
  version "3.0.0"
  resolved "https://registry.example/@scope/o/-/o-3.0.0.tgz#${COMMIT}"

b@2.x, b@^2.1.0:
  version "2.5.0"
  resolved "https://user:secret@registry.example:8443/b/-/b-2.5.0.tgz#${COMMIT}"

b@^1.0.0:
  version "1.9.0"
  resolved "https://registry.example/b/-/b-1.9.0.tgz#${COMMIT}"

"f@file:../f":
  version "1.0.0"

"g@acme/g#main":
  version "0.0.1"
  resolved "https://codeload.git.example/acme/g/tar.gz/${COMMIT}"

"short@npm:@long/name@^3.0.0":
  version "3.1.0"
  resolved "https://registry.example/@long/name/-/name-3.1.0.tgz#${COMMIT}"

"u@https://files.example/u.tgz":
  version "1.0.0"
  resolved "https://files.example/u.tgz#${COMMIT}"
`;

const MANIFEST = {
  dependencies: {
    '@scope/a': '^1.0.0',
    b: '^1.0.0',
    f: 'file:../f',
    g: 'acme/g#main',
    short: 'npm:@long/name@^3.0.0',
    u: 'https://files.example/u.tgz',
  },
};

const CLASSIC_ROWS = [
  '@scope/a@1.2.0 registry.example production direct :4 <- . ^1.0.0',
  '@scope/o@3.0.0 registry.example optional indirect :13 <- @scope/a *',
  'b@2.5.0 registry.example production indirect :17 <- @scope/a 2.x',
  'b@1.9.0 registry.example production direct :21 <- . ^1.0.0',
  'f@ path production direct :25 <- . file:../f',
  'g@ git 0123456 production direct :28 <- . acme/g#main',
  '@long/name@3.1.0 registry.example production direct as short :32 <- . npm:@long/name@^3.0.0',
  'u@ url production direct :36 <- . https://files.example/u.tgz',
];

describe('yarn.lock 1', () => {
  it('may have every word in quotes', () => {
    const text =
      '# yarn lockfile v1\n\n\n"a@^1.0.0":\n  "integrity" "sha512-AA=="\n  "resolved" "https://registry.example/a/-/a-1.2.0.tgz"\n  "version" "1.2.0"\n  "dependencies":\n    "b" "^2.0.0"\n\n"b@^2.0.0":\n  "version" "2.1.0"\n';
    const read = readWith(format, { 'yarn.lock': text });
    expect(rows(read)).toEqual(['a@1.2.0 registry.example unknown ? :4 <- ', 'b@2.1.0 unknown ? :11 <- a ^2.0.0']);
    expect(gapRows(read)).toEqual([]);
  });

  it('has versions by range; the manifest says what is direct and what for', () => {
    const result = readWith(format, { 'yarn.lock': CLASSIC, 'package.json': MANIFEST });
    expect([rows(result), result.gaps]).toEqual([CLASSIC_ROWS, []]);
  });

  it('is the same with line ends of Windows', () => {
    const files = { 'yarn.lock': CLASSIC.replaceAll('\n', '\r\n'), 'package.json': MANIFEST };
    expect(rows(readWith(format, files))).toEqual(CLASSIC_ROWS);
  });

  it('tells neither scope nor directness without a manifest', () => {
    const [first] = rows(readWith(format, { 'yarn.lock': CLASSIC }));
    expect(first).toBe('@scope/a@1.2.0 registry.example unknown ? :4 <- ');
  });

  const workspace = {
    'yarn.lock': 'a@^1.0.0:\n  version "1.0.0"\n\nb@^2.0.0:\n  version "2.0.0"\n\nc@^3.0.0:\n  version "3.0.0"\n',
    'package.json': { workspaces: { packages: ['packages/*', '!packages/old'] }, devDependencies: { c: '^3.0.0' } },
    'packages/api/package.json': { name: '@shop/api', dependencies: { '@shop/money': '^1.0.0', a: '^1.0.0' } },
    'packages/money/package.json': {
      name: '@shop/money',
      dependencies: { b: '^2.0.0' },
      devDependencies: { c: '^3.0.0' },
    },
    'packages/old/package.json': { dependencies: { a: '*' } },
  };

  it('finds the members of its workspace by their globs, and follows one to another', () => {
    const [lock = { path: '', text: '' }, ...manifests] = textsOf(workspace);
    expect(format.members?.(lock, manifests)).toEqual(['packages/api', 'packages/money']);
    const { packages, elsewhere } = readWith(format, workspace, ['packages/api']);
    expect([rows({ packages }), elsewhere]).toEqual([
      ['a@1.0.0 production direct :1 <- . ^1.0.0', 'b@2.0.0 production direct :4 <- . ^2.0.0'],
      1,
    ]);
  });

  it('follows resolutions to the version that they decide', () => {
    const files = {
      'yarn.lock':
        'a@1.0.0:\n  version "1.0.0"\n  dependencies:\n    b "^2"\n\nb@1.9.9:\n  version "1.9.9"\n\nb@^3:\n  version "3.0.0"\n',
      'package.json': { dependencies: { a: '1.0.0' }, resolutions: { 'a/**/b': '1.9.9' } },
    };
    expect(rows(readWith(format, files))).toEqual([
      'a@1.0.0 production direct :1 <- . 1.0.0',
      'b@1.9.9 production indirect :6 <- a ^2',
      'b@3.0.0 unknown indirect :9 <- ',
    ]);
  });

  it('counts what it does not understand', () => {
    const said = (text: string): readonly string[] => gapRows(readWith(format, { 'yarn.lock': text }));
    expect(said('a@1:\n  resolved "x"\n')).toEqual(['1 no-version: entries say neither version nor address']);
    expect(said('nonsense\n  version "1"\n:::\n')).toEqual(['2 unparsed: entries are not understood']);
    expect(said('<<<<<<< main\na@1:\n  version "1.0.0"\n=======\n>>>>>>> next\n')).toEqual([
      '0 unparsed: it holds the marks of a merge that was not finished',
    ]);
  });
});

const BERRY = `# This file is generated by running "yarn install" inside your project.
# Manual changes might be lost - proceed with caution!

__metadata:
  version: 8
  cacheKey: 10c0

"@scope/a@npm:^1.0.0, @scope/a@npm:^1.1.0":
  version: 1.2.0
  resolution: "@scope/a@npm:1.2.0"
  dependencies:
    b: "npm:2.x"
    o: "npm:*"
  dependenciesMeta:
    o:
      optional: true
  checksum: 10c0/aaaa
  languageName: node
  linkType: hard

"b@npm:2.x":
  version: 2.5.0
  resolution: "b@npm:2.5.0::__archiveUrl=https%3A%2F%2Fregistry.example%2Fb%2F-%2Fb-2.5.0.tgz"
  languageName: node
  linkType: hard

"c@npm:^5.0.0":
  version: 5.1.0
  resolution: "c@npm:5.1.0"
  linkType: hard

"c@patch:c@npm%3A^5.0.0#optional!builtin<compat/c>":
  version: 5.1.0
  resolution: "c@patch:c@npm%3A5.1.0#optional!builtin<compat/c>::version=5.1.0&hash=aaaa"
  linkType: hard

"f@file:../f::locator=shop%40workspace%3A.":
  version: 1.0.0
  resolution: "f@file:../f#../f::hash=aaaa&locator=shop%40workspace%3A."
  linkType: hard

"g@git@git.example:acme/g.git#main":
  version: 0.0.1
  resolution: "g@git@git.example:acme/g.git#commit=${COMMIT}"
  linkType: hard

"o@npm:*":
  version: 9.0.0
  resolution: "o@npm:9.0.0"
  linkType: hard

"short@npm:@long/name@^3.0.0":
  version: 3.1.0
  resolution: "@long/name@npm:3.1.0"
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    "@scope/a": "npm:^1.0.0"
    api: "workspace:*"
    c: "npm:^5.0.0"
  languageName: unknown
  linkType: soft

"api@workspace:*, api@workspace:packages/api":
  version: 0.0.0-use.local
  resolution: "api@workspace:packages/api"
  dependencies:
    f: "file:../f"
    g: "git@git.example:acme/g.git#main"
    short: "npm:@long/name@^3.0.0"
  languageName: unknown
  linkType: soft
`;

const ROOT = {
  name: 'shop',
  workspaces: ['packages/*'],
  dependencies: { '@scope/a': '^1.0.0', api: 'workspace:*' },
  devDependencies: { c: '^5.0.0' },
};
const API = {
  name: 'api',
  dependencies: { f: 'file:../f', g: 'git@git.example:acme/g.git#main', short: 'npm:@long/name@^3.0.0' },
};

describe('yarn.lock of later versions', () => {
  const files = { 'yarn.lock': BERRY, 'package.json': ROOT, 'packages/api/package.json': API };

  it('has members among the packages, and patched packages beside what they patch', () => {
    const result = readWith(format, files);
    expect([rows(result), result.gaps]).toEqual([
      [
        '@scope/a@1.2.0 production direct :8 <- . ^1.0.0',
        'b@2.5.0 registry.example production indirect :21 <- @scope/a 2.x',
        'c@5.1.0 development direct :27 <- c 5.1.0, . ^5.0.0',
        'c@5.1.0 development direct :32 <- . ^5.0.0',
        'f@ path production direct :37 <- . file:../f',
        'g@ git 0123456 production direct :42 <- . git@git.example:acme/g.git#main',
        'o@9.0.0 optional indirect :47 <- @scope/a *',
        '@long/name@3.1.0 production direct as short :52 <- . npm:@long/name@^3.0.0',
      ],
      [],
    ]);
  });

  it('knows whose a package is', () => {
    const [lock = { path: '', text: '' }] = textsOf(files);
    expect(format.members?.(lock, [])).toEqual(['', 'packages/api']);
    const { packages, elsewhere } = readWith(format, files, ['packages/api']);
    expect([packages.map(({ name }) => name), elsewhere]).toEqual([['f', 'g', '@long/name'], 5]);
  });

  it('writes long keys on a line of their own', () => {
    const text = `__metadata:\n  version: 8\n\n? "a@npm:^1.0.0, a@npm:^1.0.1"\n:\n  version: 1.0.1\n  resolution: "a@npm:1.0.1"\n`;
    expect(rows(readWith(format, { 'yarn.lock': text }))).toEqual(['a@1.0.1 unknown ? :4 <- ']);
  });

  it('is confused neither by names such as __proto__ nor by percent signs that mean nothing', () => {
    const text = `__metadata:\n  version: 8\n\n"__proto__@npm:1":\n  version: 1.0.0\n  resolution: "__proto__@npm:1.0.0"\n  dependencies:\n    constructor: "npm:1"\n\n"x@patch:x@npm%3A1%#%E0%A4%A":\n  version: 1.0.0\n  resolution: "x@patch:x@npm%3A1%#%E0%A4%A"\n`;
    expect(rows(readWith(format, { 'yarn.lock': text }))).toEqual([
      '__proto__@1.0.0 unknown ? :4 <- ',
      'x@ unknown unknown ? :10 <- ',
    ]);
  });
});

describe('agreement with package.json', () => {
  function differences(files: Readonly<Record<string, string | object>>): unknown {
    const [lock = { path: '', text: '' }, ...manifests] = textsOf(files);
    const { disagreements, compared, untold } = format.agree?.(lock, manifests) ?? {};
    return [disagreements?.map(({ name, say, at }) => `${at.path}:${at.line} ${name} ${say}`), compared, untold];
  }

  it('of yarn 1 is that it answers every range', () => {
    expect(differences({ 'yarn.lock': CLASSIC, 'package.json': MANIFEST })).toEqual([[], 6, []]);
    expect(differences({ 'yarn.lock': CLASSIC, 'package.json': { dependencies: { b: '^3.0.0' } } })).toEqual([
      ['package.json:3 b asks for ^3.0.0, and the lockfile answers no such range'],
      1,
      [],
    ]);
  });

  it('of later versions is that each member asks for the same', () => {
    expect(differences({ 'yarn.lock': BERRY, 'package.json': ROOT, 'packages/api/package.json': API })).toEqual([
      [],
      6,
      [],
    ]);
    const changed = { ...ROOT, devDependencies: {} };
    expect(differences({ 'yarn.lock': BERRY, 'package.json': changed })).toEqual([
      ['package.json:1 c no longer asks for it, and the lockfile was written for ^5.0.0'],
      3,
      [],
    ]);
  });
});
