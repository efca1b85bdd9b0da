/** What reports of scanners and bills of materials add: packages that no lockfile shows, and vulnerabilities that the data at hand does not know. */
import type { Advisory } from '../../advisories/advisory.ts';
import { comparedName } from '../../advisories/package-name.ts';
import type { Ecosystem } from '../../versions/order.ts';
import type { LockedVersion } from '../lockfiles/concerned.ts';
import type { Reported, ScanReport } from '../scan-reports/report.ts';
import type { Concerned, Match } from './match.ts';

/** A list of packages that claims to be whole, and when it was made. */
export interface WholeList {
  readonly report: ScanReport;
  /** ISO day; absent where the report does not say, so that nobody can tell what it is worth. */
  readonly made?: string;
}

/** The newest report that lists every package of an ecosystem. */
export function wholeListOf(ecosystem: Ecosystem, reports: readonly ScanReport[]): WholeList | undefined {
  const [newest] = reports
    .filter(({ complete, packages }) => complete && packages.some((it) => it.ecosystem === ecosystem))
    .sort((a, b) => ((a.made ?? '') < (b.made ?? '') ? 1 : -1));
  return newest && { report: newest, ...(newest.made !== undefined && { made: newest.made }) };
}

/** Packages of that list which no lockfile shows. What they are for is not known. */
export function versionsIn(
  ecosystem: Ecosystem,
  { report }: WholeList,
  locked: readonly LockedVersion[],
): readonly LockedVersion[] {
  const known = new Set(locked.map(({ concerned }) => keyOf(ecosystem, concerned.name, concerned.version)));
  return report.packages.flatMap(({ ecosystem: its, name, version }) => {
    if (its !== ecosystem || version === undefined) return [];
    const key = keyOf(ecosystem, name, version);
    if (known.has(key)) return [];
    known.add(key);
    return [{ concerned: concernedBy(ecosystem, name, version, report), requiredBy: [], hosts: [], licences: [] }];
  });
}

function concernedBy(ecosystem: Ecosystem, name: string, version: string, { at }: ScanReport): Concerned {
  return { ecosystem, name, version, scope: 'unknown', direct: undefined, bundled: false, at: [at] };
}

/** Vulnerabilities that reports name and the matches lack. A report does not say since when they are known: its own day is the latest. */
export function reportedMatches(
  reports: readonly ScanReport[],
  matches: readonly Match[],
  locked: readonly LockedVersion[],
): readonly Match[] {
  const known = new Set(
    matches.flatMap(({ concerned, advisory }) =>
      [advisory.id, ...advisory.aliases].map((id) => `${id} ${concerned.ecosystem} ${concerned.name}`),
    ),
  );
  const found: Match[] = [];
  for (const report of reports)
    for (const it of report.vulnerabilities) {
      const match = it.excused === undefined ? matchOf(it, report, locked) : undefined;
      if (!match) continue;
      const keys = [it.id, ...it.aliases].map((id) => `${id} ${match.concerned.ecosystem} ${match.concerned.name}`);
      if (!keys.some((key) => known.has(key))) found.push(match);
      for (const key of keys) known.add(key);
    }
  return found;
}

function matchOf(it: Reported, report: ScanReport, locked: readonly LockedVersion[]): Match | undefined {
  if (it.ecosystem === undefined || it.version === undefined) return undefined;
  const key = keyOf(it.ecosystem, it.package, it.version);
  const lock = locked.find(({ concerned: { ecosystem, name, version } }) => keyOf(ecosystem, name, version) === key);
  const advisory: Advisory = {
    id: it.id,
    aliases: it.aliases,
    severity: it.severity,
    severityFrom: report.format,
    ...(report.made !== undefined && { published: report.made }),
    ranges: [],
    versions: [it.version],
    uncertain: [],
    flags: [],
  };
  return {
    concerned: lock?.concerned ?? concernedBy(it.ecosystem, it.package, it.version, report),
    advisory,
    verdict: 'affected',
    why: `${report.at.path} says so`,
    remedy: { ...(it.fixed !== undefined && { version: it.fixed }), inRange: undefined, blockedBy: [] },
  };
}

function keyOf(ecosystem: Ecosystem, name: string, version: string): string {
  return `${ecosystem}\0${comparedName(ecosystem, name)}\0${version}`;
}
