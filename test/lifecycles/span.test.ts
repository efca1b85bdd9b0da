/** Sets of versions: what a statement admits, and whether two have a version in common. */
import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { meet, releasesOf, spansOfRange } from '../../src/lifecycles/span.ts';

const part = fc.integer({ min: 0, max: 30 });
const version = fc.tuple(part, part, part).map((it) => it.join('.'));
const operator = fc.constantFrom('', '>=', '>', '<', '<=', '^', '~');
const range = fc
  .array(
    fc.tuple(operator, version).map((it) => it.join('')),
    { minLength: 1, maxLength: 2 },
  )
  .map((it) => it.join(' '));

describe('a span', () => {
  it('of a version is every release that begins with it', () => {
    expect([releasesOf('20'), releasesOf('20.11.1')]).toEqual([
      { from: '20', below: '21' },
      { from: '20.11.1', below: '20.11.2' },
    ]);
  });

  it('of a range admits what npm says the range admits', () => {
    fc.assert(
      fc.property(range, fc.constantFrom(' || ', ''), range, version, (one, or, other, candidate) => {
        const text = or === '' ? one : `${one}${or}${other}`;
        const spans = spansOfRange(text) ?? [];
        expect(meet(spans, [releasesOf(candidate)])).toBe(semver.satisfies(candidate, text));
      }),
    );
  });

  it('meets another whichever is asked first, and itself', () => {
    fc.assert(
      fc.property(version, range, (a, b) => {
        const [one, other] = [[releasesOf(a)], spansOfRange(b) ?? []];
        expect(meet(one, other)).toBe(meet(other, one));
        expect(meet(one, one)).toBe(true);
      }),
    );
  });

  it('of a text that is no range is undefined, and nothing throws', () => {
    expect([spansOfRange('lts/*'), spansOfRange(`>=${'9'.repeat(400)}`)]).toEqual([undefined, undefined]);
    fc.assert(fc.property(fc.string(), (text) => void spansOfRange(text)));
  });
});
