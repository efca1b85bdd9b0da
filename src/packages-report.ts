/** What a report says of the packages: numbers that always tell how much was checked, and the rows that want something done. Pure; decides nothing. */
import { type LoadedRule, paramsFor } from './assess.ts';
import { byCertainty } from './checks/certainty.ts';
import { deadlinesFrom, SEVERITIES, standingOf, type Timed } from './checks/deadlines.ts';
import { isProduction, isVulnerability, withoutExcepted } from './checks/open-vulnerabilities.ts';
import { cooldownOf, type Lagging, lagsOf } from './checks/package-lag.ts';
import { fixOf } from './checks/vulnerability-problem.ts';
import { days } from './dates.ts';
import type { Concerned, Match } from './evidence/advisories/match.ts';
import { lockedVersions } from './evidence/lockfiles/concerned.ts';
import type { Lockfile } from './evidence/lockfiles.ts';
import type { Evidence } from './generated/evidence.ts';
import type { Manifest } from './manifest/manifest.ts';
import type {
  Component,
  PackageFlaw,
  PackageRow,
  PackagesLag,
  PackagesReport,
  Service,
  ServiceReport,
  Weight,
} from './model.ts';

/** What it is told from. */
export interface PackagesSubject {
  readonly evidence: Partial<Evidence>;
  readonly manifest: Pick<Manifest, 'claims' | 'dir'>;
  /** Deadlines by severity, as the rules on them have them for this service; `unknown` among them. */
  readonly deadlines: Readonly<Record<string, string>>;
  readonly asOf: string;
}

/** The rules whose deadlines the table of packages shows. */
const DEADLINES = 'patch-levels/vulnerabilities-within-deadline';
const UNRATED = 'patch-levels/severity-unknown';

/** What a service's report says of packages, where a rule on them was judged. */
export function packagesOf(
  loaded: readonly LoadedRule[],
  subject: Omit<PackagesSubject, 'deadlines'>,
  service: Service,
): Pick<ServiceReport, 'packages'> {
  const [rule, unrated] = [DEADLINES, UNRATED].map((id) => loaded.find((it) => it.rule.id === id));
  if (!rule) return {};
  const deadlines = {
    ...(paramsFor(rule, service).deadlines as Readonly<Record<string, string>>),
    ...(unrated && { unknown: String(paramsFor(unrated, service).deadline) }),
  };
  const packages = packagesReport({ ...subject, deadlines });
  return packages ? { packages } : {};
}

/** The report on packages; undefined where no rule asked for advisories, or nothing is locked. */
export function packagesReport(subject: PackagesSubject): PackagesReport | undefined {
  const { evidence, manifest, asOf } = subject;
  const advisories = evidence.advisories?.facts;
  const lockfiles = evidence.lockfiles?.facts.lockfiles ?? [];
  const coverage = (advisories?.coverage ?? []).filter(({ packages }) => packages > 0);
  if (!advisories || coverage.length === 0) return undefined;
  const concerned = new Set(coverage.map(({ ecosystem }) => ecosystem));
  const versions = lockedVersions(lockfiles).filter((it) => concerned.has(it.concerned.ecosystem));
  const flaws = advisories.matches.filter(isVulnerability).map((match) => ({ match, flaw: flawOf(match, subject) }));
  const cooldown = cooldownOf(manifest.claims, evidence.updaters?.facts.updaters ?? []);
  const lags = evidence.releases ? lagsOf(evidence.releases.facts, asOf, cooldown) : [];
  return {
    lockfiles: lockfiles.length,
    packages: coverage.reduce((sum, { packages }) => sum + packages, 0),
    direct: versions.filter(({ concerned }) => concerned.direct === true).length,
    checked: coverage.reduce((sum, { checked }) => sum + checked, 0),
    data: coverage.map(({ ecosystem, packages, asOf: of }) => ({
      ecosystem,
      packages,
      ...(of !== undefined && { asOf: of }),
    })),
    ...countsOf(flaws),
    ...(lags.length > 0 && { lag: lagNumbers(lags) }),
    rows: rowsOf(flaws, lags),
  };
}

/** Every locked package, for a bill of materials. */
export function componentsOf({ lockfiles }: Partial<Evidence>): Pick<ServiceReport, 'components'> {
  return lockfiles ? { components: lockfiles.facts.lockfiles.flatMap(componentsIn) } : {};
}

function componentsIn({ path, ecosystem, packages }: Lockfile): readonly Component[] {
  return packages.map((it) => ({
    ecosystem,
    name: it.name,
    ...(it.version !== undefined && { version: it.version }),
    scope: it.scope,
    direct: it.direct ?? null,
    source: it.source,
    ...(it.commit !== undefined && { commit: it.commit }),
    ...(it.licence !== undefined && { licence: it.licence }),
    requiredBy: [...new Set(it.requiredBy.map(({ name }) => name))].filter((name) => name !== ''),
    at: { path, line: it.line },
  }));
}

type Flaw = Omit<PackageFlaw, 'more'>;

interface Flawed {
  readonly match: Match;
  readonly flaw: Flaw;
}

/** One vulnerability as the table shows it. */
function flawOf(match: Match, subject: PackagesSubject): Flaw {
  const { evidence, manifest, deadlines, asOf } = subject;
  const { advisory, remedy } = match;
  const weight: Weight = SEVERITIES[advisory.severity];
  const base = { id: advisory.id, weight };
  if (advisory.flags.includes('malicious')) return { ...base, state: 'malicious' };
  const exceptions = evidence['scan-reports']?.facts.exceptions ?? [];
  if (withoutExcepted([match], exceptions, asOf).excepted.length > 0) return { ...base, state: 'excepted' };
  if (!isSure(match, subject)) return { ...base, state: 'uncertain' };
  if (remedy.version === undefined && remedy.after === undefined) return { ...base, state: 'no-fix' };
  const limit =
    weight === 'unknown'
      ? days(deadlines.unknown ?? '')
      : deadlinesFrom(deadlines, manifest.claims.packages?.deadlines)[weight as Timed];
  const standing = limit === undefined ? undefined : standingOf(match, limit, asOf);
  if (!standing) return { ...base, state: 'open' };
  return { ...base, state: standing.over > 0 ? 'overdue' : 'due', days: Math.abs(standing.over) };
}

/** Whether the rules would call it a breach once it is late. */
function isSure(match: Match, { evidence: { pipelines }, manifest }: PackagesSubject): boolean {
  if (!pipelines) return match.verdict === 'affected';
  return byCertainty([{ match }], { manifest, evidence: { pipelines } }).sure.length > 0;
}

type Counts = Pick<PackagesReport, 'open' | 'overdue' | 'exploited' | 'malicious' | 'development' | 'excepted'>;

function countsOf(flaws: readonly Flawed[]): Counts {
  const production = flaws.filter(({ match, flaw }) => isProduction(match) && flaw.state !== 'malicious');
  const open = production.filter(({ flaw }) => flaw.state !== 'excepted');
  return {
    open: byWeight(open),
    overdue: byWeight(open.filter(({ flaw }) => flaw.state === 'overdue')),
    exploited: open.filter(({ match }) => match.advisory.flags.includes('exploited')).length,
    malicious: flaws.filter(({ flaw }) => flaw.state === 'malicious').length,
    development: flaws.filter(({ match, flaw }) => !isProduction(match) && flaw.state !== 'malicious').length,
    excepted: production.length - open.length,
  };
}

function byWeight(flaws: readonly Flawed[]): Readonly<Record<Weight, number>> {
  const count = (weight: Weight): number => flaws.filter(({ flaw }) => flaw.weight === weight).length;
  return {
    critical: count('critical'),
    high: count('high'),
    medium: count('medium'),
    low: count('low'),
    unknown: count('unknown'),
  };
}

function lagNumbers(lags: readonly Lagging[]): PackagesLag {
  const patchDays = lags.map(({ lag }) => lag.patch?.days ?? 0).sort((a, b) => a - b);
  return {
    known: lags.length,
    patchDays: patchDays.at(-1) ?? 0,
    patchDays90: patchDays[Math.ceil(patchDays.length * 0.9) - 1] ?? 0,
    majors: Math.max(0, ...lags.map(({ lag }) => lag.majors)),
    libyears: Math.round(lags.reduce((sum, { lag }) => sum + (lag.libyears ?? 0), 0) * 10) / 10,
  };
}

/** Worst first: malicious, then the most overdue, then by severity, then the furthest behind. */
function rowsOf(flaws: readonly Flawed[], lags: readonly Lagging[]): readonly PackageRow[] {
  const rows = new Map<string, Draft>();
  for (const it of flaws) rowFor(rows, it.match.concerned).flaws.push(it);
  for (const it of lags) if (it.lag.latest !== undefined) rowFor(rows, it.concerned).lagging = it;
  return [...rows.values()]
    .map(({ concerned, flaws: its, lagging }) => ({
      row: rowOf(concerned, its.toSorted(byUrgency), lagging),
      urgency: Math.max(0, ...its.map(urgencyOf)),
      days: lagging?.lag.patch?.days ?? 0,
    }))
    .sort((a, b) => b.urgency - a.urgency || b.days - a.days || (a.row.name < b.row.name ? -1 : 1))
    .map(({ row }) => row);
}

interface Draft {
  readonly concerned: Concerned;
  readonly flaws: Flawed[];
  lagging?: Lagging;
}

function rowFor(rows: Map<string, Draft>, concerned: Concerned): Draft {
  const key = `${concerned.ecosystem}\0${concerned.name}\0${concerned.version}`;
  const row = rows.get(key) ?? { concerned, flaws: [] };
  rows.set(key, row);
  return row;
}

function rowOf(concerned: Concerned, flaws: readonly Flawed[], lagging: Lagging | undefined): PackageRow {
  const [worst] = flaws;
  const { ecosystem, name, version, scope, direct, at } = concerned;
  const fix = worst?.match.remedy.version;
  const behind = lagging && behindIn(lagging);
  return {
    ecosystem,
    name,
    locked: version,
    scope,
    direct: direct ?? null,
    ...(worst && { flaw: { ...worst.flaw, more: flaws.length - 1 } }),
    ...(lagging?.lag.patch && { patch: lagging.lag.patch.version }),
    ...(lagging?.lag.latest !== undefined && { latest: lagging.lag.latest }),
    ...(behind !== undefined && { behind }),
    ...(fix !== undefined && { fix }),
    ...(worst && { how: fixOf(worst.match) }),
    ...(at[0] && { at: at[0] }),
  };
}

function behindIn({ lag }: Lagging): string {
  if (lag.majors > 0) return `${lag.majors} major`;
  const [kind, newer] = lag.minor ? ['minor', lag.minor] : ['patch', lag.patch];
  return newer?.days === undefined ? String(kind) : `${kind}, ${newer.days} d`;
}

const STATES: readonly PackageFlaw['state'][] = [
  'excepted',
  'uncertain',
  'no-fix',
  'open',
  'due',
  'overdue',
  'malicious',
];

function urgencyOf({ match, flaw }: Flawed): number {
  const days = flaw.state === 'overdue' ? Math.min(flaw.days ?? 0, 9999) : 0;
  const inProduction = isProduction(match) ? 1 : 0;
  return inProduction * 1e9 + STATES.indexOf(flaw.state) * 1e8 + days * 1e3 + match.advisory.severity;
}

function byUrgency(a: Flawed, b: Flawed): number {
  return urgencyOf(b) - urgencyOf(a);
}
