/** package-lock.json and npm-shrinkwrap.json: what npm 5 to 11 write, and what nobody should. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/npm.ts';
import { gapRows, readWith, rows, textsOf } from './shown.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const HOST = 'https://registry.example';

/** A version 3 lockfile. */
function v3(packages: object): object {
  return { name: 'ledger', lockfileVersion: 3, requires: true, packages };
}

describe('package-lock.json 3', () => {
  it('has places, scopes, ranges and what the registry said', () => {
    const lock = v3({
      '': {
        dependencies: { a: '^1.0.0' },
        devDependencies: { d: '~4.0.0' },
        optionalDependencies: { o: '*' },
      },
      'node_modules/a': {
        version: '1.2.0',
        resolved: `${HOST}/a/-/a-1.2.0.tgz`,
        license: 'MIT',
        dependencies: { b: '2.x' },
      },
      'node_modules/b': { version: '2.5.0', deprecated: 'use c', license: { type: 'ISC' } },
      'node_modules/d': { version: '4.0.1', dev: true, dependencies: { b: '^2.1.0', e: '1' } },
      'node_modules/d/node_modules/e': { version: '1.0.0', dev: true },
      'node_modules/o': { version: '9.0.0', optional: true, dependencies: { p: '1' } },
      'node_modules/p': { version: '1.0.0', optional: true },
    });
    const result = readWith(format, { 'package-lock.json': lock });
    expect(rows(result)).toEqual([
      'a@1.2.0 registry.example production direct MIT :17 <- . ^1.0.0',
      'b@2.5.0 production indirect deprecated "use c" ISC :25 <- a 2.x, d ^2.1.0',
      'd@4.0.1 development direct :32 <- . ~4.0.0',
      'e@1.0.0 development indirect :40 <- d 1',
      'o@9.0.0 optional direct :44 <- . *',
      'p@1.0.0 optional indirect :51 <- o 1',
    ]);
    expect(result.gaps).toEqual([]);
  });

  it('knows aliases, bundled packages, git, addresses, files and folders', () => {
    const lock = v3({
      '': {
        dependencies: {
          short: 'npm:@long/name@^3.0.0',
          g: 'github:acme/g#main',
          u: 'https://files.example/u.tgz',
          t: 'file:vendor/t.tgz',
          f: 'file:../f',
        },
      },
      '../f': { name: 'f', version: '1.0.0', dependencies: { x: '1' } },
      'node_modules/f': { resolved: '../f', link: true },
      'node_modules/g': { version: '1.0.0', resolved: `git+ssh://git@git.example/acme/g.git#${COMMIT}` },
      'node_modules/short': { name: '@long/name', version: '3.1.0', bundleDependencies: ['in'] },
      'node_modules/short/node_modules/in': { version: '0.1.0', inBundle: true },
      'node_modules/t': { version: '1.0.0', resolved: 'file:vendor/t.tgz' },
      'node_modules/u': { version: '1.0.0', resolved: 'https://files.example/u.tgz' },
      'node_modules/x': { version: '1.0.0' },
    });
    expect(rows(readWith(format, { 'web/package-lock.json': lock }))).toEqual([
      'f@ path production direct :22 <- . file:../f',
      'g@ git 0123456 production direct :26 <- . github:acme/g#main',
      '@long/name@3.1.0 production direct as short :30 <- . npm:@long/name@^3.0.0',
      'in@0.1.0 production indirect bundled :37 <- ',
      't@ path production direct :41 <- . file:vendor/t.tgz',
      'u@ url production direct :45 <- . https://files.example/u.tgz',
      'x@1.0.0 production direct :49 <- f 1',
    ]);
  });

  const workspace = v3({
    '': { workspaces: ['packages/*'], devDependencies: { w: '1' } },
    'node_modules/@shop/api': { resolved: 'packages/api', link: true },
    'node_modules/@shop/money': { resolved: 'packages/money', link: true },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/m': { version: '1.0.0' },
    'node_modules/w': { version: '1.0.0', dev: true },
    'packages/api': { name: '@shop/api', dependencies: { a: '2', '@shop/money': '*' } },
    'packages/api/node_modules/a': { version: '2.0.0' },
    'packages/money': { name: '@shop/money', dependencies: { m: '1' }, devDependencies: { a: '1' } },
  });

  it('has members, whose packages are told apart', () => {
    const files = { 'package-lock.json': workspace };
    expect(format.members?.(textsOf(files)[0] ?? { path: '', text: '' }, [])).toEqual([
      '',
      'packages/api',
      'packages/money',
    ]);
    expect(rows(readWith(format, files)).map((it) => it.split(' :')[0])).toEqual([
      'a@1.0.0 development direct',
      'm@1.0.0 production direct',
      'w@1.0.0 development direct',
      'a@2.0.0 production direct',
    ]);
    const api = readWith(format, files, ['packages/api']);
    expect([rows(api).map((it) => it.split(' :')[0]), api.elsewhere]).toEqual([
      ['m@1.0.0 production direct', 'a@2.0.0 production direct'],
      2,
    ]);
  });

  it('keeps what nobody leads to, by what npm itself says of it', () => {
    const lock = v3({
      '': {},
      'node_modules/a': { version: '1.0.0', extraneous: true },
      'node_modules/b': { version: '1.0.0', dev: true },
      'node_modules/c': { version: '1.0.0', peer: true },
    });
    expect(rows(readWith(format, { 'package-lock.json': lock })).map((it) => it.split(' :')[0])).toEqual([
      'a@1.0.0 unknown indirect',
      'b@1.0.0 development indirect',
      'c@1.0.0 production indirect',
    ]);
  });

  it('counts what it does not understand', () => {
    const lock = v3({
      '': { dependencies: { a: '1' } },
      'node_modules/a': {},
      'node_modules/b': 'gone',
      'node_modules/c': { link: true, resolved: 'packages/nowhere' },
      [`node_modules/${'d/'.repeat(3000)}`]: { version: '1.0.0' },
    });
    const result = readWith(format, { 'package-lock.json': lock });
    expect([rows(result), gapRows(result)]).toEqual([
      [],
      ['3 unparsed: entries are not understood', '1 no-version: entries say neither version nor address'],
    ]);
  });

  it('is not confused by names such as __proto__', () => {
    const text =
      '{"lockfileVersion":3,"packages":{"":{"dependencies":{"__proto__":"1","constructor":"1"}},"node_modules/__proto__":{"version":"1.0.0"},"node_modules/constructor":{"version":"2.0.0","dependencies":{"toString":"1"}}}}';
    expect(rows(readWith(format, { 'package-lock.json': text }))).toEqual([
      '__proto__@1.0.0 production direct :1 <- . 1',
      'constructor@2.0.0 production direct :1 <- . 1',
    ]);
  });

  it('says what is wrong with the file as a whole', () => {
    const said = (text: string): readonly string[] => gapRows(readWith(format, { 'package-lock.json': text }));
    expect(said('{ "packages": {')).toEqual(['0 unparsed: it is not valid JSON']);
    expect(said('[]')).toEqual(['0 unparsed: it is not valid JSON']);
    expect(said('{"lockfileVersion":4,"packages":{}}')).toEqual(['0 unparsed: version 4 of the format is not known']);
  });
});

describe('package-lock.json 2', () => {
  it('is read by its places, and not a second time by what it repeats for older versions', () => {
    const lock = {
      lockfileVersion: 2,
      packages: { '': { dependencies: { a: '1' } }, 'node_modules/a': { version: '1.0.0' } },
      dependencies: { a: { version: '1.0.0' } },
    };
    expect(rows(readWith(format, { 'npm-shrinkwrap.json': lock }))).toEqual(['a@1.0.0 production direct :9 <- . 1']);
  });
});

describe('package-lock.json 1', () => {
  const lock = {
    lockfileVersion: 1,
    requires: true,
    dependencies: {
      a: {
        version: '1.0.0',
        resolved: `${HOST}/a/-/a-1.0.0.tgz`,
        requires: { b: '^1', short: '3' },
        dependencies: { b: { version: '1.5.0', bundled: true } },
      },
      b: { version: '2.0.0', dev: true },
      g: { version: `git+https://git.example/acme/g.git#${COMMIT}`, from: 'git+https://git.example/acme/g.git' },
      short: { version: 'npm:@long/name@3.0.0', optional: true },
      t: { version: 'file:vendor/t.tgz' },
    },
  };

  it('is read with its manifest, which alone knows what was asked for', () => {
    const manifest = {
      dependencies: { a: '^1.0.0', g: 'acme/g', t: 'file:vendor/t.tgz' },
      devDependencies: { b: '2' },
    };
    expect(rows(readWith(format, { 'package-lock.json': lock, 'package.json': manifest }))).toEqual([
      'a@1.0.0 registry.example production direct :5 <- . ^1.0.0',
      'b@1.5.0 production indirect bundled :13 <- a ^1',
      'b@2.0.0 development direct :19 <- . 2',
      'g@ git 0123456 production direct :23 <- . acme/g',
      '@long/name@3.0.0 optional indirect as short :27 <- a 3',
      't@ path production direct :31 <- . file:vendor/t.tgz',
    ]);
  });

  it('tells scopes by itself where there is no manifest, and not what is direct', () => {
    const [a, , b] = rows(readWith(format, { 'package-lock.json': lock }));
    expect([a, b]).toEqual(['a@1.0.0 registry.example production ? :5 <- ', 'b@2.0.0 development ? :19 <- ']);
  });

  it('is followed so deep and no deeper, with a count', () => {
    let deep: object = { version: '1.0.0' };
    for (let level = 0; level < 80; level += 1) deep = { version: '1.0.0', dependencies: { a: deep } };
    const result = readWith(format, { 'package-lock.json': { lockfileVersion: 1, dependencies: { a: deep } } });
    expect([result.packages.length, gapRows(result)]).toEqual([30, ['51 unparsed: entries are not understood']]);
  });
});

describe('agreement with package.json', () => {
  const lock = v3({
    '': { dependencies: { a: '^1.0.0', o: '1' }, peerDependencies: { p: '>=1' } },
    'packages/api': { dependencies: { b: '2' } },
    'node_modules/api': { resolved: 'packages/api', link: true },
  });

  function differences(files: Readonly<Record<string, string | object>>): unknown {
    const [first = { path: '', text: '' }, ...manifests] = textsOf({ 'package-lock.json': lock, ...files });
    const { disagreements, compared, untold } = format.agree?.(first, manifests) ?? {};
    return [disagreements?.map(({ name, say, at }) => `${at.path}:${at.line} ${name} ${say}`), compared, untold];
  }

  it('holds for each member, its peers and its optional packages', () => {
    const root = { dependencies: { a: '^1.0.0', o: '1' }, peerDependencies: { p: '>=1' } };
    expect(differences({ 'package.json': root, 'packages/api/package.json': { dependencies: { b: '2' } } })).toEqual([
      [],
      4,
      [],
    ]);
  });

  it('is broken by a changed range, a new name and one that is gone', () => {
    const root = { dependencies: { a: '^1.1.0', n: '1' }, peerDependencies: { p: '>=1' } };
    expect(differences({ 'package.json': root })).toEqual([
      [
        'package.json:3 a asks for ^1.1.0, and the lockfile was written for ^1.0.0',
        'package.json:4 n asks for 1 in dependencies, and the lockfile remembers no such thing',
        'package.json:1 o no longer asks for it, and the lockfile was written for 1',
      ],
      4,
      [],
    ]);
  });

  it('is not told where a manifest is no JSON or no member', () => {
    expect(differences({ 'package.json': '{', 'packages/new/package.json': {} })).toEqual([
      [],
      0,
      ['package.json is not valid JSON', 'the lockfile does not know packages/new/package.json'],
    ]);
  });
});
