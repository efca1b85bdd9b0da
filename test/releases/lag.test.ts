/** How far a locked version is behind: what counts as newer, since when, and how many years. */
import { describe, expect, it } from 'vitest';
import { type LagSetting, lagOf } from '../../src/releases/lag.ts';
import type { Release } from '../../src/releases/release.ts';
import { orderOf } from '../../src/versions/orders.ts';
import { stepBetween } from '../../src/versions/step.ts';

const SETTING: LagSetting = {
  ecosystem: 'npm',
  order: orderOf('npm'),
  stepBetween,
  asOf: '2026-11-16',
  cooldown: 7,
};

function release(version: string, published?: string, more: Partial<Release> = {}): Release {
  return { version, ...(published !== undefined && { published }), ...more };
}

describe('lag', () => {
  it('is none for the newest release', () => {
    expect(lagOf('1.2.3', [release('1.2.3', '2026-01-01'), release('1.2.2')], SETTING)).toEqual({ majors: 0 });
  });

  it('tells patch, minor and major apart, each since the first of its kind', () => {
    const releases = [
      release('1.2.3', '2025-01-01'),
      release('1.2.4', '2025-03-01'),
      release('1.2.5', '2026-10-01'),
      release('1.3.0', '2026-01-01'),
      release('2.0.0', '2026-02-01'),
      release('3.1.0', '2026-06-01'),
    ];
    expect(lagOf('1.2.3', releases, SETTING)).toEqual({
      latest: '3.1.0',
      patch: { version: '1.2.5', days: 625 },
      minor: { version: '1.3.0', days: 319 },
      major: { version: '3.1.0', days: 288 },
      majors: 2,
      libyears: expect.closeTo(1.413, 3),
    });
  });

  it('does not count what is within the cooldown, taken back, given up, or a prerelease', () => {
    const releases = [
      release('1.2.3', '2025-01-01'),
      release('1.2.4', '2026-11-12'),
      release('1.2.5', '2026-01-01', { yanked: true }),
      release('1.2.6', '2026-01-01', { deprecated: 'use 2' }),
      release('1.3.0-rc.1', '2026-01-01'),
      release('not a version', '2026-01-01'),
    ];
    expect(lagOf('1.2.3', releases, SETTING)).toEqual({ majors: 0 });
  });

  it('counts prereleases for whoever has locked one', () => {
    expect(lagOf('1.3.0-rc.1', [release('1.3.0-rc.2', '2026-01-01')], SETTING).latest).toBe('1.3.0-rc.2');
  });

  it('tells no days and no years where the registry tells none', () => {
    expect(lagOf('1.2.3', [release('1.2.3'), release('1.2.4')], SETTING)).toEqual({
      latest: '1.2.4',
      patch: { version: '1.2.4' },
      majors: 0,
    });
  });
});
