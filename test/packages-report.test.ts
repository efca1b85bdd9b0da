/** The numbers of the table on packages agree with the rules: same packages, same deadlines, same doubts. */
import { describe, expect, it } from 'vitest';
import type { Match } from '../src/evidence/advisories/match.ts';
import type { LockedPackage } from '../src/evidence/lockfiles/locked.ts';
import { type PackagesSubject, packagesReport } from '../src/packages-report.ts';

const gathered = <T>(facts: T) => ({ facts, looked: { files: 1, note: '' }, unread: [], delegated: [] });

function locked(name: string, direct: boolean): LockedPackage {
  return { name, version: 'v1.0.0', source: 'registry', scope: 'production', direct, requiredBy: [], line: 1 };
}

function match(name: string, direct: boolean): Match {
  return {
    concerned: { ecosystem: 'Go', name, version: 'v1.0.0', scope: 'production', direct, bundled: false, at: [] },
    advisory: {
      id: `GO-2025-${name}`,
      aliases: [],
      severity: 0,
      severityFrom: '',
      published: '2025-01-01',
      ranges: ['<1.2.0'],
      versions: [],
      uncertain: [],
      flags: [],
    },
    verdict: 'affected',
    why: '',
    remedy: { version: 'v1.2.0', inRange: true, blockedBy: [] },
  };
}

function reportOn(matches: readonly Match[]) {
  const coverage = (ecosystem: string, packages: number) => ({
    ecosystem,
    packages,
    checked: packages,
    malware: false,
    ...(packages > 0 && { asOf: '2026-11-15T00:00:00Z' }),
    files: [],
    unchecked: [],
  });
  const lock = { path: 'go.mod', ecosystem: 'Go', packages: [locked('direct', true), locked('indirect', false)] };
  const terraform = { path: '.terraform.lock.hcl', ecosystem: 'Terraform', packages: [locked('aws', true)] };
  const evidence = {
    lockfiles: gathered({ lockfiles: [lock, terraform] }),
    advisories: gathered({
      coverage: [coverage('Go', 2), coverage('PyPI', 0)],
      matches,
      troubles: [],
      deprecated: [],
    }),
    pipelines: gathered({ pipelines: [], systems: [] }),
  } as unknown as PackagesSubject['evidence'];
  const manifest = { claims: {}, dir: '' };
  return packagesReport({ evidence, manifest, deadlines: { high: '7d', unknown: '7d' }, asOf: '2026-11-16' });
}

describe('the report on packages', () => {
  it('counts what advisories could concern, as the rules do, and speaks of no ecosystem without a package', () => {
    const report = reportOn([]);
    expect(report).toMatchObject({ packages: 2, direct: 1, checked: 2 });
    expect(report?.data).toEqual([{ ecosystem: 'Go', packages: 2, asOf: '2026-11-15T00:00:00Z' }]);
  });

  it('has a deadline for what nobody has rated', () => {
    expect(reportOn([match('direct', true)])?.rows[0]?.flaw).toMatchObject({ weight: 'unknown', state: 'overdue' });
  });

  it('calls a flaw of a Go module uncertain that may be used by nobody', () => {
    const report = reportOn([match('indirect', false)]);
    expect(report?.rows[0]?.flaw?.state).toBe('uncertain');
    expect(report?.overdue.unknown).toBe(0);
  });
});
