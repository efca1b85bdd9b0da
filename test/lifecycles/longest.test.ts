/** The release to move to: newer, maintained on the day, and the longest. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LIFECYCLES } from '../../src/generated/lifecycles.ts';
import { lifecycleOf } from '../../src/lifecycles/lifecycle.ts';
import { longestAfter } from '../../src/lifecycles/longest.ts';

it.each([
  // The longest, which need not be the newest.
  ['django', '4.2.16', '2026-11-16', 'Django 5.2 2028-04-30'],
  ['spring-boot', '1.5.8.RELEASE', '2026-11-16', 'Spring Boot 4.1 2027-07-31'],
  ['alpine', '3.5', '2026-11-16', 'Alpine Linux 3.24 2028-06-01'],
  ['debian', 'buster', '2026-11-16', 'Debian 13 2028-08-09'],
  ['aws-lambda', 'nodejs18.x', '2026-11-16', 'AWS Lambda nodejs24.x 2028-04-30'],
  ['postgres', '13.4', '2029-12-01', 'PostgreSQL 18 2030-11-14'],
  // None that is newer has an end named, or lasts.
  ['angularjs', '1.8.3', '2026-11-16', undefined],
  ['vue', '2.7.16', '2026-11-16', undefined],
  ['openjdk', '17', '2026-11-16', undefined],
  ['rust', '1.80', '2026-11-16', undefined],
  ['nothing', '1', '2026-11-16', undefined],
  ['python', '3', '2026-11-16', undefined],
])('after %s %s on %s is %s', (key, version, day, expected) => {
  const found = longestAfter(key, version, day);
  expect(found && `${found.title} ${found.end}`).toBe(expected);
});

it('is always maintained on the day', () => {
  const versions = Object.entries(LIFECYCLES).flatMap(([key, { cycles }]) =>
    cycles.map(({ cycle }) => [key, cycle] as const),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...versions),
      fc.constantFrom('2024-01-01', '2026-11-16', '2028-01-01'),
      ([key, cycle], day) => {
        const found = longestAfter(key, cycle, day);
        if (!found) return;
        const name = LIFECYCLES[key]?.name ?? '';
        expect(lifecycleOf(key, found.title.slice(name.length + 1), day).state).toBe('supported');
        expect(found.end > day).toBe(true);
      },
    ),
  );
});
