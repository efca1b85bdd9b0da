import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { parseStrict } from '../../src/manifest/parse.ts';
import { anyCharacter } from '../any-character.ts';
import { HEAD, read } from './reading.ts';

const MIB = 1024 * 1024;
/** As much as fits in a file beside the four keys. */
const FULL = MIB - 200;

/** What every manifest is, whatever the text. */
function expectSound(manifest: Manifest, text: string): void {
  const lines = text.split('\n').length;
  expect(['valid', 'invalid']).toContain(manifest.state);
  expect(manifest.state === 'invalid').toBe(manifest.problems.length > 0 && Object.keys(manifest.claims).length === 0);
  expect(manifest.problems.length).toBeLessThanOrEqual(21);
  for (const { at, message, fix } of manifest.problems) {
    expect(message.length).toBeGreaterThan(5);
    expect(fix.length).toBeGreaterThan(5);
    expect(at.line).toBeGreaterThanOrEqual(1);
    expect(at.line).toBeLessThanOrEqual(lines + 1);
    expect(at.column).toBeGreaterThanOrEqual(1);
  }
  expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
}

/** YAML's own characters, so that most texts get past the first line. */
const yamlish = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'-?:,[]{}#&*!|>\'"%@` \n\t~<0',
        '\r\n',
        ': ',
        '\n  ',
        '- ',
        '<<: ',
        '*a',
        '&a ',
        '!!str ',
        '---\n',
      ),
      fc.constantFrom(
        'name',
        'tier',
        'owner',
        'team',
        'dependencies',
        'id',
        'timeout',
        'nfrs',
        'x-a',
        '99.9',
        '300ms',
        '2026-08-01',
        'null',
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

/** Values at keys that the manifest knows, so that the errors are about nested things. */
const keys = fc.constantFrom(
  'name',
  'tier',
  'owner',
  'team',
  'dependencies',
  'id',
  'timeout',
  'request',
  'journeys',
  'steps',
  'parallel',
  'component',
  'budget',
  'slos',
  'target',
  'nfrs',
  'latency_p99',
  'evidence',
  'alerts',
  'sources',
  'runbooks',
  'url_map',
  'stages',
  'live',
  'reviewed',
  'on',
  'x-any',
  '__proto__',
  'constructor',
  'toString',
);
const { value: claims } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom('300ms', '2026-08-01', 'docs/a.md', 'hard', 'beta', 'a'),
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
  ),
}));

describe('any text', () => {
  it('is a manifest or a list of problems', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 300, unit: anyCharacter }), yamlish), (text) => {
        expectSound(read(text), text);
        expectSound(read(HEAD + text), HEAD + text);
      }),
      { numRuns: 300 },
    );
  });

  it('that is JSON is read as JSON reads it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const parsed = parseStrict(text, 'gonogo.json');
        const doubled = parsed.problems.some(({ message }) => /__proto__|finite/.test(message));
        if (!doubled)
          expect(parsed).toMatchObject({
            problems: [],
            value: JSON.parse(text, (_, value) => (Object.is(value, -0) ? 0 : value)),
          });
      }),
      { numRuns: 200 },
    );
  });
});

describe('any data', () => {
  it('is judged without surprises', () => {
    fc.assert(
      fc.property(fc.dictionary(keys, claims, { maxKeys: 6 }), (data) => {
        const text = JSON.stringify({ apiVersion: 'gonogo/v1', kind: 'Service', name: 'a', tier: 1, ...data });
        expectSound(read(text, 'gonogo.json'), text);
      }),
      { numRuns: 300 },
    );
  });

  it('that is valid comes back with each list where lists are', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), { maxLength: 5 }), (names) => {
        const ids = [...new Set(names)];
        const { claims: back, problems } = read(`${HEAD}dependencies: ${JSON.stringify(ids)}\n`);
        expect(problems).toEqual([]);
        expect(back.dependencies).toEqual(ids.map((id) => ({ id })));
      }),
      { numRuns: 50 },
    );
  });
});

/** Small or large texts that make a YAML library slow, deep or fat. What is expected is the problem, not the time; a hang fails by the runner's limit. */
const BOMB = Array.from(
  { length: 9 },
  (_, n) =>
    `x-${n}: &b${n} [${Array(9)
      .fill(n === 0 ? 'lol' : `*b${n - 1}`)
      .join(', ')}]`,
).join('\n');
const MERGES = Array.from({ length: 400 }, (_, n) => `x-${n}: &m${n} { <<: *m${n - 1}, k${n}: 1 }`)
  .join('\n')
  .replace('<<: *m-1, ', '');
const MERGE_BOMB = Array.from({ length: 30 }, (_, n) => `x-${n}: &m${n} { <<: [*m${n - 1}, *m${n - 1}], k${n}: 1 }`)
  .join('\n')
  .replace('<<: [*m-1, *m-1], ', '');
const WIDE_MERGE = `x-a: &a {${Array.from({ length: 9000 }, (_, n) => `k${n}: 1`).join(', ')}}\nx-b: { <<: [${Array(9000).fill('*a').join(', ')}] }`;

describe('pathologies', () => {
  it.each([
    ['a ladder of explicit keys', '? '.repeat(700), /nested more than 100 levels/],
    ['a mebibyte of open maps', '{'.repeat(FULL), /nested more than 100 levels/],
    ['a mebibyte of open lists', '['.repeat(FULL), /nested more than 100 levels/],
    ['a mebibyte of dashes', '- '.repeat(FULL / 2), /nested more than 100 levels/],
    ['lists on every line', '-\n'.repeat(FULL / 2), /more than 100,000 YAML tokens/],
    ['empty lines', '\n'.repeat(FULL), /more than 100,000 YAML tokens/],
    [
      'a hundred thousand keys',
      Array.from({ length: 60_000 }, (_, n) => `k${n}: ${n}`).join('\n'),
      /more than 100,000 YAML tokens/,
    ],
    ['a long block text', `title: |\n${' a\n'.repeat(300_000)}`, /^$/],
    ['an open quotation', `title: "${'x'.repeat(FULL)}`, /Missing closing/],
    ['1200 nested maps', Array.from({ length: 1200 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'), /nested|no key/],
    ['an alias bomb', BOMB, /more than 100,000 values/],
    ['a chain of merges', MERGES, /more than 100 levels deep/],
    ['merges of merges', MERGE_BOMB, /more than 100,000 values|100 levels/],
    ['one map merged a thousand times', WIDE_MERGE, /more than 100,000 values|tokens/],
    ['an alias of itself', 'x-a: &a [*a]', /nested more than 100 levels|no anchor/],
    ['a merge of itself', 'x-a: &a { <<: *a }', /nested more than 100 levels|no anchor/],
    ['ninety open maps', `title: ${'{'.repeat(90)}`, /./],
    ['anchors without end', '&a '.repeat(30_000), /./],
    ['text that is no text', 'title: a\0b', /NUL/],
    ['more than a mebibyte', `# ${'x'.repeat(MIB)}`, /cannot be read/],
  ])('%s', (_, text, expected) => {
    const manifest = read(text.includes('\0') || text.length > MIB ? text : HEAD + text);
    expectSound(manifest, HEAD + text);
    expect(manifest.problems[0]?.message ?? '').toMatch(expected);
  });

  it('of one anchor that is used often is none', () => {
    expect(
      read(
        `${HEAD}x-slow: &slow 2s\ndependencies:\n${Array.from({ length: 150 }, (_, n) => `  - { id: d${n}, timeout: *slow }`).join('\n')}`,
      ).problems,
    ).toEqual([]);
  });

  it('of a version directive changes nothing', () => {
    expect(parseStrict('%YAML 1.1\n---\na: [yes, 012, 1:30]\n', 'f.yaml').value).toEqual({ a: ['yes', 12, '1:30'] });
  });

  it('of a __proto__ key pollutes nothing', () => {
    read(`${HEAD}owner: { __proto__: { polluted: true }, team: a }`);
    read(`${HEAD}x-a: &a { __proto__: { polluted: true } }\nowner: { <<: *a, team: a }`);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
