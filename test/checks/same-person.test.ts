import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perWeek, shareOfWork } from '../../src/checks/operations/toil.ts';
import { mayBeSame, people } from '../../src/checks/same-person.ts';

describe('two names', () => {
  it.each([
    ['Aisha Khan', 'a.khan'],
    ['Aisha Khan', '@akhan'],
    ['Aisha Khan', 'user:a.khan'],
    ['Aisha Khan', 'aisha.khan@lumenpay.io'],
    ['Aisha Khan', 'Aisha'],
    ['Khan, Aisha', 'Aisha Khan'],
    ['José Núñez', 'jose-nunez'],
    ['José Núñez', 'jnunez'],
    ['김 민수', '김민수'],
  ])('%s and %s may be one person', (one, other) => {
    expect(mayBeSame(one, other)).toBe(true);
  });

  it.each([
    ['Aisha Khan', 'Bilal Khan'],
    ['Aisha Khan', 'Aisha Kahn'],
    ['a.khan', 'b.khan'],
    ['Aisha Khan', 'ben'],
    ['!!', '!!'],
  ])('%s and %s are two', (one, other) => {
    expect(mayBeSame(one, other)).toBe(false);
  });

  it('say the same of each other, and nothing makes them throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(mayBeSame(one, other)).toBe(mayBeSame(other, one));
      }),
    );
  });
});

describe('people', () => {
  it('are joined by way of a name that both share', () => {
    expect(people(['Aisha Khan', 'Ben Ito', 'akhan', 'a.khan'])).toHaveLength(2);
  });

  it('are never more than the names, and each name is one of theirs', () => {
    const name = fc.constantFrom('Aisha Khan', 'akhan', 'A Khan', 'Ben Ito', 'bito', 'Carla Diaz', 'x');
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const groups = people(names);
        expect(groups.flat().sort()).toEqual([...new Set(names)].sort());
        expect(groups).toHaveLength(people(names.toReversed()).length);
      }),
    );
  });
});

describe('the time that toil takes', () => {
  it('is the same however it is spelled', () => {
    expect(perWeek('60m', '1w')).toBe(perWeek('1h', '7d'));
    expect(perWeek('30m', '1d')).toBe(3.5 * 3_600_000);
    expect(shareOfWork(40 * 3_600_000, 2)).toBe(50);
  });

  it('grows with what a task takes and with how often it is done', () => {
    const count = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(count, count, count, (takes, every, more) => {
        const base = perWeek(`${takes}m`, `${every}h`) ?? 0;
        expect(perWeek(`${takes + more}m`, `${every}h`)).toBeGreaterThan(base);
        expect(perWeek(`${takes}m`, `${every + more}h`)).toBeLessThan(base);
      }),
    );
  });

  it.each([
    ['1h', undefined],
    ['soon', '1d'],
    ['1h', '0d'],
  ])('of %s every %s is not known', (takes, every) => {
    expect(perWeek(takes, every)).toBeUndefined();
    expect(shareOfWork(1, 0)).toBeUndefined();
  });
});
