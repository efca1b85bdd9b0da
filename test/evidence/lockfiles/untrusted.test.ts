/** Lockfiles of JavaScript that nobody vouches for: no text throws or hangs, and nothing is dropped without a count. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { format as bun } from '../../../src/evidence/lockfiles/formats/bun.ts';
import { format as npm } from '../../../src/evidence/lockfiles/formats/npm.ts';
import { format as pnpm } from '../../../src/evidence/lockfiles/formats/pnpm.ts';
import { format as yarn } from '../../../src/evidence/lockfiles/formats/yarn.ts';
import type { LockFormat, LockResult } from '../../../src/evidence/lockfiles/locked.ts';

const FORMATS = { npm, yarn, pnpm, bun };
const FAMILIES = Object.entries(FORMATS);

/** Reads, looks for members and compares, as the collector does; what comes of it is plain data with places. */
function readAll(format: LockFormat, text: string, manifest: string): LockResult {
  const lock = { path: 'web/lock', text };
  const manifests = [{ path: 'web/package.json', text: manifest }];
  const members = format.members?.(lock, manifests) ?? [];
  const result = format.read(lock, manifests, members.slice(0, 1));
  const agreement = format.agree?.(lock, manifests);
  const lines = text.split('\n').length;
  for (const { name, line } of result.packages) {
    expect(name).not.toBe('');
    expect(line).toBeGreaterThan(0);
    expect(line).toBeLessThanOrEqual(lines);
  }
  for (const { count, say } of result.gaps) {
    expect(count).toBeGreaterThanOrEqual(0);
    expect(say).not.toBe('');
  }
  expect(JSON.parse(JSON.stringify([result.gaps, members, agreement]))).toEqual([result.gaps, members, agreement]);
  return format.read(lock, manifests);
}

const NAMES = fc.constantFrom(
  'a',
  'b',
  '@s/a',
  '__proto__',
  'constructor',
  'a b',
  '',
  'node_modules/a',
  '..',
  'a@1',
  'é',
);
const WORDS = fc.oneof(
  NAMES,
  fc.constantFrom(
    '1.0.0',
    '^1',
    'npm:b@1',
    'link:../a',
    'workspace:*',
    'patch:a@npm%3A1#x',
    '%',
    'git+ssh://x#0123456',
    'file:../f',
    '1.0.0(b@1)(c@2)',
    '/a/1.0.0_b@1',
  ),
  fc.string(),
);

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    WORDS,
    fc.constantFrom(1, 3, true, null),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(
        NAMES,
        fc.constantFrom(
          'packages',
          'dependencies',
          'devDependencies',
          'workspaces',
          'version',
          'resolved',
          'link',
          'lockfileVersion',
          'requires',
          'node_modules/a',
          'node_modules/a/node_modules/b',
          'overrides',
          'resolutions',
        ),
      ),
      tie('tree'),
      { maxKeys: 5 },
    ),
  ),
}));
const JSON_TEXT = tree.map((it) => JSON.stringify(it) ?? '');

const LINES = fc
  .array(
    fc.tuple(
      fc.constantFrom('', '  ', '    ', '      ', '        ', '\t'),
      fc.constantFrom('', '? ', ': ', '- ', '"', "'", '<<<<<<< '),
      fc.oneof(
        WORDS,
        fc.constantFrom(
          '__metadata',
          'importers',
          'packages',
          'snapshots',
          'dependencies',
          'lockfileVersion',
          '.',
          'a@1.0.0',
          'resolution',
          'version',
          'time',
        ),
      ),
      fc.constantFrom('', ':', ': 1.0.0', ' "1.0.0"', ': {integrity: x}', ': >-', '", b@2:'),
    ),
    { maxLength: 30 },
  )
  .map((lines) => lines.map((parts) => parts.join('')).join('\n'));

describe.each(FAMILIES)('%s', (family, format) => {
  it('takes any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), JSON_TEXT, LINES), fc.oneof(JSON_TEXT, fc.string()), (text, manifest) => {
        readAll(format, text, manifest);
      }),
      { numRuns: 400 },
    );
  });

  it('counts every entry as a package or as a gap', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.nat(500), fc.constantFrom(...KINDS)), { selector: ([id]) => id, maxLength: 40 }),
        (entries) => {
          const { packages, gaps } = readAll(format, WRITERS[family as keyof typeof FORMATS](entries), '{}');
          expect(packages.length + gaps.reduce((sum, { count }) => sum + count, 0)).toBe(entries.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('does not lose its way in a file that was cut off anywhere', () => {
    const whole = WRITERS[family as keyof typeof FORMATS](KINDS.map((kind, id) => [id, kind]));
    for (let end = 0; end < whole.length; end += 7) readAll(format, whole.slice(0, end), '{"dependencies":{"p0":"1"}}');
  });

  it.each([
    'a',
    '"',
    "'",
    '@',
    ', ',
    ' ',
    '/',
    '\\',
    '{',
    '[',
    ':',
    '? ',
    '"a", ',
    '"a@1", ',
    'a@1, ',
    'node_modules/',
    '#',
    '(',
  ])('takes an endless line of %s', (part) => {
    const long = part.repeat(300_000 / part.length);
    for (const text of [
      long,
      `"${long}":`,
      `lockfileVersion: '9.0'\npackages:\n  ${long}:\n    x: ${long}`,
      `${long}:\n  version "1"`,
      `{"lockfileVersion":3,"packages":{"node_modules/a":{"version":${JSON.stringify(long)},"resolved":${JSON.stringify(long)}},${JSON.stringify(long)}:{}}}`,
    ])
      format.read({ path: 'lock', text }, []);
  });
});

const KINDS = ['plain', 'git', 'odd', 'empty'] as const;
type Entries = readonly (readonly [id: number, kind: (typeof KINDS)[number]])[];

const GIT = 'git+ssh://git@git.example/acme/g.git';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const WRITERS: Readonly<Record<keyof typeof FORMATS, (entries: Entries) => string>> = {
  npm(entries) {
    const values = { plain: { version: '1.0.0' }, git: { resolved: `${GIT}#${COMMIT}` }, odd: 'odd', empty: {} };
    const packages = entries.map(([id, kind]) => [`node_modules/p${id}`, values[kind]]);
    return JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(packages) }, null, 2);
  },
  yarn(entries) {
    const rows = {
      plain: (id: number) => `p${id}@1:\n  version "1.0.0"\n`,
      git: (id: number) => `p${id}@x:\n  version "1.0.0"\n  resolved "${GIT}#${COMMIT}"\n`,
      odd: (id: number) => `p${id}\n  version "1.0.0"\n`,
      empty: (id: number) => `p${id}@1:\n  integrity sha512-AAAA\n`,
    };
    return `# yarn lockfile v1\n\n\n${entries.map(([id, kind]) => rows[kind](id)).join('\n')}`;
  },
  pnpm(entries) {
    const rows = {
      plain: (id: number) => `  p${id}@1.0.0:\n    resolution: {integrity: sha512-AAAA}\n`,
      git: (id: number) => `  p${id}@${GIT}:\n    resolution: {commit: ${COMMIT}, repo: x, type: git}\n`,
      odd: (id: number) => `  odd p${id}\n`,
      empty: (id: number) => `  p${id}:\n    resolution: {integrity: sha512-AAAA}\n`,
    };
    return `lockfileVersion: '9.0'\n\npackages:\n\n${entries.map(([id, kind]) => rows[kind](id)).join('\n')}`;
  },
  bun(entries) {
    const rows = {
      plain: (id: number) => `["p${id}@1.0.0", "", {}, "sha512-AAAA"]`,
      git: (id: number) => `["p${id}@${GIT}#${COMMIT}", {}, "${COMMIT}"]`,
      odd: () => '"odd"',
      empty: () => '[]',
    };
    const lines = entries.map(([id, kind]) => `    "p${id}": ${rows[kind](id)},\n`);
    return `{\n  "lockfileVersion": 1,\n  "workspaces": {},\n  "packages": {\n${lines.join('\n')}  }\n}\n`;
  },
};
