/** Which environment a path names. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentIn, isProduction } from '../../src/evidence/environment-names.ts';

describe('a path', () => {
  it.each([
    ['ops/alertmanager-prod.yaml', 'prod'],
    ['ops/prod/alertmanager.yaml', 'prod'],
    ['ops/live.yml', 'live'],
    ['ops/prod-eu/alertmanager.yaml', 'prod'],
    ['ops/pre-prod/alertmanager.yaml', 'pre-prod'],
    ['ops/alertmanager.preprod.yaml', 'preprod'],
    ['ops/vault-non-prod.yaml', 'non-prod'],
    ['production/staging/alertmanager.yaml', 'staging'],
    ['Test/alertmanager.yaml', 'test'],
    ['ops/alertmanager.yaml', undefined],
    ['ops/pagerduty-integration.yaml', undefined],
    ['products/alertmanager.yaml', undefined],
    ['', undefined],
  ])('%s names %s', (path, expected) => {
    expect(environmentIn(path)).toBe(expected);
  });

  it('never throws, and names nothing of production by half a word', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z/.-]{0,40}$/), (path) => {
        const found = environmentIn(path);
        return found === undefined || !isProduction(found) || path.split(/[/.-]/).includes(found);
      }),
    );
  });
});
