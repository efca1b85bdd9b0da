/** What a report says of packages, for the reporters' tests: of an invented service, checked in part. */
import type { PackageRow, PackagesReport, Report } from '../../src/model.ts';
import { at, finding, report, service } from './sample-report.ts';

const NONE = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };

function row(name: string, locked: string, more: Partial<PackageRow> = {}): PackageRow {
  return {
    ecosystem: 'npm',
    name,
    locked,
    scope: 'production',
    direct: true,
    at: at('package-lock.json:41'),
    ...more,
  };
}

/** Three lockfiles of two ecosystems, one of them without data; more rows than are shown. */
export const PACKAGES: PackagesReport = {
  lockfiles: 3,
  packages: 1204,
  direct: 86,
  checked: 1180,
  data: [
    { ecosystem: 'npm', packages: 1180, asOf: '2026-11-15T06:00:00Z' },
    { ecosystem: 'PyPI', packages: 24 },
  ],
  open: { ...NONE, critical: 1, high: 2, unknown: 1 },
  overdue: { ...NONE, high: 1 },
  exploited: 1,
  malicious: 0,
  development: 3,
  excepted: 1,
  lag: { known: 80, patchDays: 612, patchDays90: 120, majors: 2, libyears: 31.4 },
  rows: [
    row('lodashy', '4.17.15', {
      patch: '4.17.21',
      latest: '4.18.1',
      behind: 'minor, 612 d',
      fix: '4.17.21',
      flaw: { id: 'GHSA-35jh-aaaa-bbbb', weight: 'high', state: 'overdue', days: 12, more: 1 },
      how: 'Update it to 4.17.21 or later: every requirement admits that.',
    }),
    row('socketry', '7.1.2', {
      latest: '8.18.0',
      behind: '1 major',
      fix: '7.5.10',
      flaw: { id: 'GHSA-3h5v-aaaa-bbbb', weight: 'critical', state: 'due', days: 3, more: 0 },
      how: '7.5.10 ends it; domtool (>=7.1 <7.5) does not admit it yet.',
    }),
    row('nofixy', '1.0.0', { flaw: { id: 'CVE-2026-1', weight: 'unknown', state: 'no-fix', more: 0 } }),
    row('testy', '1.0.0', {
      scope: 'development',
      flaw: { id: 'CVE-2026-2', weight: 'high', state: 'open', more: 0 },
    }),
    ...Array.from({ length: 9 }, (_, index) =>
      row(`behind-${index}`, '1.0.0', { patch: '1.0.1', latest: '1.0.1', behind: 'patch, 40 d' }),
    ),
  ],
};

/** A report with packages. */
export function withPackages(packages: PackagesReport = PACKAGES): Report {
  return report([service([finding('patch-levels/patch-lag', 'warn')], {}, { packages })]);
}
