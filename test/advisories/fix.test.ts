import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Advisory } from '../../src/advisories/advisory.ts';
import { admissionOf, leastUpgrade, upgradesFrom } from '../../src/advisories/fix.ts';
import { matchesOf } from '../../src/advisories/match.ts';
import type { Release } from '../../src/releases/release.ts';
import { orderOf } from '../../src/versions/orders.ts';

const NPM = orderOf('npm');

function advisory(...ranges: readonly string[]): Advisory {
  return { id: 'GHSA-1', aliases: [], severity: 3, severityFrom: '', ranges, versions: [], uncertain: [], flags: [] };
}

function releases(...versions: readonly string[]): readonly Release[] {
  return versions.map((version) => ({ version }));
}

describe('leastUpgrade', () => {
  it('is the least fixed version above the locked one', () => {
    const all = [advisory('<4.5.0', '>=5.0.0 <5.7.4', '>=6.0.0 <6.4.1')];
    expect(leastUpgrade(NPM, '5.7.3', all)).toEqual({ kind: 'version', version: '5.7.4', published: false });
  });

  it('is never below the locked version', () => {
    expect(leastUpgrade(NPM, '5.7.3', [advisory('<5.4.1', '>=5.5.0')])).toEqual({ kind: 'none' });
  });

  it('is one that no other advisory of the package affects, however low', () => {
    const all = [advisory('<1.2.3'), { ...advisory('>=1.2.0 <1.3.0'), severity: 0 as const }, advisory('<1.1.0')];
    expect(leastUpgrade(NPM, '1.0.0', all)).toEqual({ kind: 'version', version: '1.3.0', published: false });
    const listed = { ...advisory(), versions: ['1.3.0'] };
    expect(leastUpgrade(NPM, '1.0.0', [...all, listed])).toEqual({ kind: 'after', version: '1.3.0' });
  });

  it('is no prerelease, unless the locked version is one', () => {
    const all = [advisory('<2.0.0-rc.1')];
    expect(leastUpgrade(NPM, '1.0.0', all)).toEqual({ kind: 'after', version: '2.0.0-rc.1' });
    expect(leastUpgrade(NPM, '2.0.0-beta.1', all)).toEqual({
      kind: 'version',
      version: '2.0.0-rc.1',
      published: false,
    });
  });

  it('is some release after the last affected one, which is not known offline', () => {
    expect(leastUpgrade(NPM, '1.0.0', [advisory('<=1.2.3')])).toEqual({ kind: 'after', version: '1.2.3' });
    expect(leastUpgrade(NPM, '1.2.3', [advisory('<=1.2.3')])).toEqual({ kind: 'after', version: '1.2.3' });
    expect(leastUpgrade(NPM, '1.0.0', [advisory('<=1.2.3'), advisory('>=1.2.3 <=2.0.0')])).toEqual({
      kind: 'after',
      version: '2.0.0',
    });
  });

  it('prefers a fixed version to one that is not known', () => {
    const all = [advisory('<=1.5.0'), advisory('>=1.6.0 <2.0.0')];
    expect(leastUpgrade(NPM, '1.0.0', all)).toEqual({ kind: 'version', version: '2.0.0', published: false });
  });

  it('is none where nothing is fixed, or a record only stops speaking', () => {
    expect(leastUpgrade(NPM, '1.0.0', [advisory('*')])).toEqual({ kind: 'none' });
    expect(leastUpgrade(NPM, '1.0.0', [advisory('<1.2.3'), advisory('*')])).toEqual({ kind: 'none' });
    expect(leastUpgrade(NPM, '1.0.0', [advisory('until 2.0.0')])).toEqual({ kind: 'none' });
  });

  it('is not kept back by notes on how the package is kept, nor by what is uncertain', () => {
    const note: Advisory = { ...advisory('*'), flags: ['unmaintained'] };
    const doubtful: Advisory = { ...advisory(), uncertain: ['*'] };
    expect(leastUpgrade(NPM, '1.0.0', [advisory('<1.2.3'), note, doubtful])).toEqual({
      kind: 'version',
      version: '1.2.3',
      published: false,
    });
  });

  it('is a published one where releases are known', () => {
    const all = [advisory('<=1.2.3')];
    const known = releases('1.0.0', '1.2.3', '1.3.0-rc.1', '1.3.0', '2.0.0');
    expect(leastUpgrade(NPM, '1.0.0', all, known)).toEqual({ kind: 'version', version: '1.3.0', published: true });
    expect(leastUpgrade(NPM, '1.0.0', [advisory('<1.2.4')], known)).toMatchObject({ version: '1.3.0' });
  });

  it('is none that was taken back or given up', () => {
    const known: readonly Release[] = [
      { version: '1.2.4', yanked: true },
      { version: '1.2.5', deprecated: 'use 2' },
      { version: '2.0.0' },
    ];
    expect(leastUpgrade(NPM, '1.0.0', [advisory('<1.2.4')], known)).toMatchObject({ version: '2.0.0' });
    expect(leastUpgrade(NPM, '1.0.0', [advisory('<1.2.4')], known.slice(0, 1))).toEqual({
      kind: 'after',
      version: '1.2.4',
    });
  });

  it('is one that an advisory names, where the registry lists none yet', () => {
    expect(leastUpgrade(NPM, '1.0.0', [advisory('<1.2.3')], releases('1.0.0'))).toEqual({
      kind: 'version',
      version: '1.2.3',
      published: false,
    });
  });

  it('is written as the locked version is', () => {
    expect(leastUpgrade(orderOf('Go'), 'v1.0.0', [advisory('<1.2.3')])).toMatchObject({ version: 'v1.2.3' });
    expect(leastUpgrade(orderOf('Go'), 'v1.0.0', [advisory('<=1.2.3')])).toMatchObject({ version: 'v1.2.3' });
  });
});

describe('admissionOf', () => {
  it.each([
    { ranges: ['^1.0.0', '^1.1.0'], inRange: true, blocked: [] },
    { ranges: ['^1.0.0', '1.0.0'], inRange: false, blocked: ['1.0.0'] },
    { ranges: ['^1.0.0', 'workspace:*'], inRange: undefined, blocked: [] },
    { ranges: ['1.0.0', 'workspace:*'], inRange: false, blocked: ['1.0.0'] },
    { ranges: [], inRange: undefined, blocked: [] },
  ])('$ranges: $inRange', ({ ranges, inRange, blocked }) => {
    const askers = ranges.map((it) => ({ name: `asks ${it}`, range: it }));
    expect(admissionOf(NPM, '1.2.3', askers)).toEqual({
      inRange,
      blockedBy: blocked.map((it) => ({ name: `asks ${it}`, range: it })),
    });
  });
});

describe('properties of upgrades', () => {
  it('a named version is above the locked one and not affected, and no lesser candidate is', () => {
    const version = fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)).map((parts) => parts.join('.'));
    const range = fc
      .tuple(fc.option(version), fc.constantFrom('<', '<=', 'until '), fc.option(version))
      .map(([from, sign, to]) => [from ? `>=${from}` : '', to ? `${sign}${to}` : ''].filter(Boolean).join(' ') || '*');
    fc.assert(
      fc.property(
        version,
        fc.array(fc.array(range, { maxLength: 3 }), { maxLength: 4 }),
        fc.array(version),
        (locked, ranges, known) => {
          const all = ranges.map((it) => advisory(...it));
          const isClear = (it: string): boolean => matchesOf(NPM, it, all).length === 0;
          const upgrade = leastUpgrade(NPM, locked, all, releases(...known));
          const candidates = known.filter((it) => NPM.compare(it, locked) > 0 && isClear(it));
          if (upgrade.kind === 'version') {
            expect(NPM.compare(upgrade.version, locked)).toBeGreaterThan(0);
            expect(isClear(upgrade.version)).toBe(true);
            expect(upgrade.published).toBe(candidates.length > 0);
            for (const it of candidates) expect(NPM.compare(it, upgrade.version)).toBeGreaterThanOrEqual(0);
          } else expect(candidates).toEqual([]);
        },
      ),
    );
  });
});

describe('upgradesFrom', () => {
  const fixed = advisory('<1.2.0');
  const unfixed = advisory('>=1.0.0');

  it('is the same for all where one version ends them all', () => {
    const other = advisory('<1.3.0');
    const upgrade = upgradesFrom(NPM, '1.0.0', [fixed, other]);
    expect([upgrade(fixed), upgrade(other)]).toEqual(
      Array(2).fill({ kind: 'version', version: '1.3.0', published: false }),
    );
  });

  it('does not call a flaw unfixed because the package has another one that is', () => {
    const upgrade = upgradesFrom(NPM, '1.0.0', [fixed, unfixed]);
    expect(upgrade(fixed)).toEqual({ kind: 'version', version: '1.2.0', published: false });
    expect(upgrade(unfixed)).toEqual({ kind: 'none' });
  });

  it('does not lead into another flaw that has no fix', () => {
    const late = advisory('>=1.1.0');
    expect(upgradesFrom(NPM, '1.0.0', [fixed, late])(fixed)).toEqual({ kind: 'none' });
  });
});
