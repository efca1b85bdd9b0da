/** Every order is a total order over any text, and none of its answers throws or hangs. */
import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { npm } from '../../src/versions/npm.ts';
import { orderOf } from '../../src/versions/orders.ts';
import { anyCharacter } from '../any-character.ts';
import { NAMED_ORDERS } from './named-orders.ts';

const PIECES = [
  '0',
  '1',
  '2',
  '10',
  '01',
  '00',
  '99999999999999999999',
  '.',
  '.',
  '-',
  '+',
  '_',
  '~',
  ':',
  '!',
  ' ',
  'v',
]
  .concat([
    'a',
    'b',
    'm',
    'rc',
    'RC',
    'alpha',
    'beta',
    'dev',
    'post',
    'pre',
    'SNAPSHOT',
    'ga',
    'final',
    'sp',
    'p',
    'x',
    '*',
  ])
  .concat(['dev-main', 'stable', 'jre', 'é', '漢', '\0', '__proto__', '1.0', '1.0.0', '.0', '-0', '.x-dev']);
const SIGNS = [
  '^',
  '~',
  '~>',
  '>=',
  '<',
  '<=',
  '>',
  '=',
  '==',
  '===',
  '!=',
  '~=',
  ',',
  ' ',
  '||',
  ' - ',
  ' and ',
  ' or ',
  '[',
  ']',
  '(',
  ')',
  '@',
  '#',
];

const versionLike = fc.array(fc.constantFrom(...PIECES), { maxLength: 7 }).map((pieces) => pieces.join(''));
const text = fc.oneof({ weight: 6, arbitrary: versionLike }, fc.string(), fc.string({ unit: anyCharacter }));
/** Maven's own order runs in a circle where a word stands behind a dot (1 < 1.foo.1 < 1-rc1 < 1), or something behind a word for the release (01-Final1). */
const mavenLike = fc
  .tuple(
    fc.array(fc.constantFrom('0', '1', '2', '10', '01'), { minLength: 1, maxLength: 4 }),
    fc.option(fc.constantFrom('-', '')),
    fc.oneof(
      fc.tuple(
        fc.constantFrom('alpha', 'a', 'b', 'm', 'rc', 'cr', 'RC', 'SNAPSHOT', 'sp', 'jre', 'v'),
        fc.constantFrom('', '0', '1', '10', '-1', '-SNAPSHOT'),
      ),
      fc.tuple(fc.constantFrom('ga', 'Final'), fc.constant('')),
    ),
  )
  .map(([numbers, separator, [word, end]]) => numbers.join('.') + (separator === null ? '' : separator + word + end));
const requirement = fc.array(fc.constantFrom(...PIECES, ...SIGNS), { maxLength: 12 }).map((pieces) => pieces.join(''));
const LONG = 1_000_000;
const LONG_TEXTS = ['1', '1.', '0', 'a', '-', '.', '~', ' ', '1-', 'a1', '\0', '1.0 || ', '>=1, ', '[1,2),'].map(
  (piece) => piece.repeat(LONG / piece.length),
);

it('runs in the very circle that Maven does', () => {
  // Verdicts of ComparableVersion, maven-artifact 3.8.7.
  const circle = ['01-Final1', '01.0.alpha-SNAPSHOT', '01', '01-Final1'] as const;
  const maven = orderOf('Maven');
  for (const [index, version] of circle.slice(0, -1).entries())
    expect(maven.compare(version, circle[index + 1] ?? '')).toBeLessThan(0);
});

describe.each([...NAMED_ORDERS])('the order of %s', (name, order) => {
  it('says the same both ways', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(order.compare(a, a)).toBe(0);
        expect(Math.sign(order.compare(a, b)) + Math.sign(order.compare(b, a))).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('never runs in a circle', () => {
    const any = name === 'maven' ? mavenLike : text;
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        const [low = '', mid = '', high = ''] = [a, b, c].sort(order.compare);
        expect(order.compare(low, mid)).toBeLessThanOrEqual(0);
        expect(order.compare(mid, high)).toBeLessThanOrEqual(0);
        expect(order.compare(low, high)).toBeLessThanOrEqual(0);
        if (order.compare(a, b) === 0) expect(Math.sign(order.compare(a, c))).toBe(Math.sign(order.compare(b, c)));
      }),
      { numRuns: 1000 },
    );
  });

  it('answers any question without throwing', () => {
    fc.assert(
      fc.property(text, fc.oneof(requirement, text), (version, asked) => {
        expect(typeof order.isVersion(version)).toBe('boolean');
        expect(typeof order.isPrerelease(version)).toBe('boolean');
        expect([true, false, undefined]).toContain(order.satisfies(version, asked));
      }),
      { numRuns: 1000 },
    );
  });

  it('puts what is no version below every version', () => {
    for (const odd of ['', 'not a version', 'é', '\0']) {
      if (!order.isVersion(odd)) expect(order.compare(odd, '1.0.0')).toBeLessThan(0);
    }
  });

  it('reads nothing longer than a version can be', () => {
    for (const long of LONG_TEXTS) {
      expect(order.isVersion(long)).toBe(false);
      expect(order.isPrerelease(long)).toBe(false);
      expect(order.satisfies('1.0.0', long)).toBeUndefined();
      expect(order.satisfies(long, '1.0.0')).toBeUndefined();
      expect(order.compare(long, '1.0.0')).toBeLessThan(0);
      expect(order.compare(long, long)).toBe(0);
    }
  });

  it('reads what is as long as it may be', () => {
    for (const long of LONG_TEXTS) {
      const [version, asked] = [long.slice(0, 500), long.slice(0, 2000)];
      expect(order.compare(version, `${version.slice(1)}!`)).not.toBeNaN();
      expect([true, false, undefined]).toContain(order.satisfies('1.0.0', `${asked.slice(1)}!`));
    }
  });
});

it('orders as semver does, wherever semver reads both', () => {
  const identifiers = fc.array(fc.constantFrom('0', '1', '10', 'alpha', 'beta-2', '-', '0a', 'rc'), {
    minLength: 1,
    maxLength: 3,
  });
  const version = fc
    .tuple(fc.nat(3), fc.nat(3), fc.nat(12), fc.option(identifiers))
    .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre ? `-${pre.join('.')}` : ''}`);
  fc.assert(
    fc.property(version, version, (a, b) => Math.sign(npm.compare(a, b)) === semver.compare(a, b)),
    {
      numRuns: 1000,
    },
  );
});
