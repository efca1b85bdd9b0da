/** Poetry's ranges as PEP 440 says them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poetryRange } from '../../../src/evidence/lockfiles/poetry-range.ts';

describe('ranges of Poetry', () => {
  it('are put as specifiers', () => {
    const put = (text: string) => poetryRange(text)?.join(' or ');
    expect(put('^1.2.3')).toBe('>=1.2.3,<2');
    expect(put('^0.2.3')).toBe('>=0.2.3,<0.3');
    expect(put('^0.0.3')).toBe('>=0.0.3,<0.0.4');
    expect(put('^0.0')).toBe('>=0.0,<0.1');
    expect(put('^0')).toBe('>=0,<1');
    expect(put('^2.0b1')).toBe('>=2.0b1,<3');
    expect(put('~1.2.3')).toBe('>=1.2.3,<1.3');
    expect(put('~1.2')).toBe('>=1.2,<1.3');
    expect(put('~1')).toBe('>=1,<2');
    expect(put('~=1.2')).toBe('~=1.2');
    expect(put('1.2.3')).toBe('==1.2.3');
    expect(put('1.2.*')).toBe('==1.2.*');
    expect(put('*')).toBe('');
    expect(put('>= 1.2, < 2')).toBe('>=1.2,<2');
    expect(put('>=1.2 <2 !=1.5')).toBe('>=1.2,<2,!=1.5');
    expect(put('^1 || ^3')).toBe('>=1,<2 or >=3,<4');
  });

  it('are not guessed', () => {
    expect(['latest', '^', '', '>=', '1 ^ 2 x'].map(poetryRange)).toEqual(Array(5).fill(undefined));
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\^~<>=!*|, .0-9a-z]{0,30}$/), (text) => {
        const sets = poetryRange(text);
        expect(sets === undefined || sets.length > 0).toBe(true);
      }),
    );
  });
});
