/** bun.lock. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/bun.ts';
import { strictJson } from '../../../src/evidence/lockfiles/json-lenient.ts';
import { gapRows, readWith, rows, textsOf } from './shown.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const LOCK = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "shop",
      "devDependencies": {
        "d": "~4.0.0",
      },
    },
    "packages/api": {
      "name": "@shop/api",
      "dependencies": {
        "@scope/a": "^1.0.0",
        "@shop/money": "workspace:*",
        "g": "github:acme/g#main",
        "short": "npm:@long/name@^3.0.0",
      },
      "optionalDependencies": {
        "o": "*",
      },
    },
    "packages/money": {
      "name": "@shop/money",
      "dependencies": {
        "b": "^1.0.0",
        "f": "file:../f",
        "u": "https://files.example/u.tgz",
      },
    },
  },
  "overrides": {
    "o": "9.0.0",
  },
  "packages": {
    "@scope/a": ["@scope/a@1.2.0", "https://registry.example/", { "dependencies": { "b": "2.x" }, "peerDependencies": { "p": "*", "q": "*" }, "optionalPeers": ["q"] }, "sha512-AAAA"],

    "@shop/api": ["@shop/api@workspace:packages/api"],

    "@shop/money": ["@shop/money@workspace:packages/money"],

    "b": ["b@1.9.0", "", {}, "sha512-AAAA"],

    "d": ["d@4.0.1", "", {}, "sha512-AAAA"],

    "f": ["f@file:packages/f", {}],

    "g": ["g@github:acme/g#0123456", {}, "acme-g-0123456"],

    "o": ["o@9.0.0", "", {}, "sha512-AAAA"],

    "p": ["p@1.0.0", "", {}, "sha512-AAAA"],

    "q": ["q@git+ssh://git@git.example/acme/q.git#${COMMIT}", {}, "${COMMIT}"],

    "short": ["@long/name@3.1.0", "", {}, "sha512-AAAA"],

    "u": ["u@https://files.example/u.tgz", {}],

    "@scope/a/b": ["b@2.5.0", "", {}, "sha512-AAAA"],
  }
}
`;

describe('bun.lock', () => {
  it('has places, members and origins', () => {
    const result = readWith(format, { 'bun.lock': LOCK });
    expect([rows(result), result.gaps]).toEqual([
      [
        '@scope/a@1.2.0 registry.example production direct :35 <- . ^1.0.0',
        'b@1.9.0 production direct :41 <- . ^1.0.0',
        'd@4.0.1 development direct :43 <- . ~4.0.0',
        'f@ path production direct :45 <- . file:../f',
        'g@ git 0123456 production direct :47 <- . github:acme/g#main',
        'o@9.0.0 optional direct :49 <- . *',
        'p@1.0.0 production indirect :51 <- @scope/a *',
        'q@ git 0123456 unknown indirect :53 <- ',
        '@long/name@3.1.0 production direct as short :55 <- . npm:@long/name@^3.0.0',
        'u@ url production direct :57 <- . https://files.example/u.tgz',
        'b@2.5.0 production indirect :59 <- @scope/a 2.x',
      ],
      [],
    ]);
  });

  it('knows whose a package is', () => {
    const files = { 'bun.lock': LOCK };
    expect(format.members?.(textsOf(files)[0] ?? { path: '', text: '' }, [])).toEqual([
      '',
      'packages/api',
      'packages/money',
    ]);
    const { packages, elsewhere } = readWith(format, files, ['packages/money']);
    expect([packages.map(({ name }) => name), elsewhere]).toEqual([['b', 'f', 'u'], 8]);
  });

  it('counts what it does not understand', () => {
    const said = (text: string): readonly string[] => gapRows(readWith(format, { 'bun.lock': text }));
    expect(said('{"lockfileVersion":1,"packages":{"a":"a@1.0.0","b":[],"c":["c"]}}')).toEqual([
      '3 unparsed: entries are not understood',
    ]);
    expect(said('{"lockfileVersion":7,"packages":{}}')).toEqual(['0 unparsed: version 7 of the format is not known']);
    expect(said('{')).toEqual(['0 unparsed: it is not valid JSON']);
  });

  it('agrees with its manifests, or does not', () => {
    const [lock = { path: '', text: '' }, ...manifests] = textsOf({
      'bun.lock': LOCK,
      'package.json': { devDependencies: { d: '~4.0.0' } },
      'packages/money/package.json': { dependencies: { b: '^2.0.0', f: 'file:../f' } },
    });
    const { disagreements, compared } = format.agree?.(lock, manifests) ?? {};
    expect([disagreements?.map(({ name, say }) => `${name} ${say}`), compared]).toEqual([
      [
        'b asks for ^2.0.0, and the lockfile was written for ^1.0.0',
        'u no longer asks for it, and the lockfile was written for https://files.example/u.tgz',
      ],
      4,
    ]);
  });
});

describe('JSON with comments and commas', () => {
  it.each([
    ['{"a": [1, 2,], }', { a: [1, 2] }],
    ['// first\n{"a": "//, ]", /* second */ "b": "\\",}"}', { a: '//, ]', b: '",}' }],
    ['{"a": 1, // why\n}', { a: 1 }],
  ])('%s', (text, value) => {
    expect(JSON.parse(strictJson(text))).toEqual(value);
  });
});
