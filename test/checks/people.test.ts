import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareName, isPerson, isSomebody, sameTeam } from '../../src/checks/ownership/people.ts';

describe('names of owners', () => {
  it.each(['user:jane', 'User:default/jane', 'jane@lumenpay.io', '@jane'])('takes %j for one person', (name) => {
    expect(isPerson(name)).toBe(true);
  });

  it.each(['team-payments', '@lumenpay/payments', 'group:default/payments', 'Payments', 'a.khan'])(
    'does not take %j for one person',
    (name) => {
      expect(isPerson(name)).toBe(false);
    },
  );

  it.each(['openedx-unmaintained', 'group:unowned', 'nobody', 'TBD', '<team>', ' ', 'no-owner', 'orphaned services'])(
    'hears that %j is nobody',
    (name) => {
      expect(isSomebody(name)).toBe(false);
    },
  );

  it.each(['team-payments', 'maintainers', 'team-nobel', 'unowl', 'known-good'])(
    'hears that %j is somebody',
    (name) => {
      expect(isSomebody(name)).toBe(true);
    },
  );

  it('compares a team across formats', () => {
    const written = [
      'group:default/payments',
      '@lumenpay/payments',
      'team-payments',
      'Payments',
      'payments_team',
      '@lumenpay/core/payments',
    ];
    for (const one of written) for (const other of written) expect(sameTeam(one, other), `${one} ${other}`).toBe(true);
    expect(sameTeam('payments', 'payouts')).toBe(false);
    expect(sameTeam('team', 'payments')).toBe(false);
  });

  it('never throws, and a bare name stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (name) => {
        isPerson(name);
        isSomebody(name);
        expect(sameTeam(name, name)).toBe(true);
        const bare = bareName(name);
        if (/^[a-z0-9-]+$/.test(bare)) expect(bareName(bare)).toBe(bare);
      }),
    );
  });
});
