/** What is known to be wrong with the locked packages, from advisories that the operator has at hand. Without such data it says how many packages were not checked, and never that nothing is wrong. */
import type { Advisory, AdvisorySource, DataState } from '../advisories/advisory.ts';
import { EXPLOITED_STATE, malwareState } from '../advisories/data-states.ts';
import { admissionOf, type Upgrade, upgradesFrom } from '../advisories/fix.ts';
import { matchesOf } from '../advisories/match.ts';
import type { Release } from '../releases/release.ts';
import type { Ecosystem } from '../versions/order.ts';
import { orderOf } from '../versions/orders.ts';
import type { Concerned, Coverage, Match, Remedy } from './advisories/match.ts';
import { reportedMatches, versionsIn, type WholeList, wholeListOf } from './advisories/reported.ts';
import { uncheckedIn } from './advisories/unchecked.ts';
import { defineCollector, type Sources } from './collector.ts';
import { isOwn, type LockedVersion, lockedVersions, mayBeNamed } from './lockfiles/concerned.ts';
import { type Facts as Locks, collector as lockfilesOf } from './lockfiles.ts';
import { gatheredOnce } from './once.ts';
import type { ScanReport } from './scan-reports/report.ts';
import { collector as scanReportsOf } from './scan-reports.ts';

/** A locked package that its authors have given up. */
export interface Deprecated {
  readonly concerned: Concerned;
  /** In the words of the registry when it was locked. */
  readonly words: string;
}

/** Facts of this kind. */
export interface Facts {
  /** By ecosystem; empty where no package is locked or named. */
  readonly coverage: readonly Coverage[];
  readonly matches: readonly Match[];
  /** Sentences about data that is there and could not be used. */
  readonly troubles: readonly string[];
  readonly deprecated: readonly Deprecated[];
  /** ISO instant of the catalogue of what is known to be exploited; absent where it is not at hand. */
  readonly catalogue?: string;
}

/** Nobody publishes advisories on these, so that none being known says nothing. */
const WITHOUT_ADVISORIES: readonly Ecosystem[] = ['Terraform', 'Helm'];

export const collector = defineCollector<Facts>({
  summary:
    'advisories on the locked packages, from a database that `gonogo db` keeps or, with `--online`, from OSV.dev: how many packages were checked against data of which day, and which are concerned. Terraform providers and Helm charts have no advisories and are left out',
  parses: ['yaml', 'markdown'],
  async collect(sources) {
    const { facts: locks } = await gatheredOnce(lockfilesOf, sources);
    const { reports } = (await gatheredOnce(scanReportsOf, sources)).facts;
    const versions = lockedVersions(locks.lockfiles);
    const around = { locks, reports, sources };
    const parts: Checked[] = [];
    for (const ecosystem of ecosystemsIn(locks, reports)) parts.push(await checked(ecosystem, versions, around));
    const coverage = parts.map((it) => it.coverage);
    const matches = parts.flatMap((it) => it.matches);
    const deprecated = versions.flatMap(({ concerned, deprecated: words }) =>
      words === undefined ? [] : [{ concerned, words }],
    );
    const { troubles = [], states = [] } = sources.reference.advisories ?? {};
    const catalogue = states.find(({ ecosystem }) => ecosystem === EXPLOITED_STATE)?.asOf;
    return {
      facts: {
        coverage,
        matches: [...matches, ...reportedMatches(reports, matches, versions)],
        troubles,
        deprecated,
        ...(catalogue !== undefined && { catalogue }),
      },
      looked: { files: locks.lockfiles.length + reports.length, note: note(coverage) },
      unread: [],
      delegated: [],
    };
  },
});

function ecosystemsIn({ lockfiles, manifests }: Locks, reports: readonly ScanReport[]): readonly Ecosystem[] {
  const listed = reports.filter(({ complete }) => complete).flatMap(({ packages }) => packages);
  const named = [...lockfiles, ...manifests, ...listed].flatMap(({ ecosystem }) => ecosystem ?? []);
  return [...new Set(named)].filter((it) => !WITHOUT_ADVISORIES.includes(it)).sort();
}

function note(coverage: readonly Coverage[]): string {
  const sum = (of: (it: Coverage) => number): number => coverage.reduce((total, it) => total + of(it), 0);
  return `advisories on ${sum((it) => it.checked)} of ${sum((it) => it.packages)} packages`;
}

interface Checked {
  readonly coverage: Coverage;
  readonly matches: readonly Match[];
}

interface Around {
  readonly locks: Locks;
  readonly reports: readonly ScanReport[];
  readonly sources: Sources;
}

async function checked(ecosystem: Ecosystem, all: readonly LockedVersion[], around: Around): Promise<Checked> {
  const { locks, reports, sources } = around;
  const locked = all.filter(({ concerned }) => concerned.ecosystem === ecosystem);
  const list = wholeListOf(ecosystem, reports);
  const versions = list ? [...locked, ...versionsIn(ecosystem, list, locked)] : locked;
  const source = sources.reference.advisories;
  const found = await lookup(source, ecosystem, versions, sources);
  const isChecked = found !== undefined && !('trouble' in found);
  const state = isChecked ? source?.states.find((it) => it.ecosystem === ecosystem) : scannedState(ecosystem, list);
  const unanswered = source?.unanswered?.(ecosystem) ?? new Set();
  const expected = versions.filter(({ concerned }) => !isOwn(concerned, sources.reference));
  const left = isChecked ? expected.filter(({ concerned }) => unanswered.has(concerned.name)).length : 0;
  const open = state && !state.partial ? left : expected.length;
  const own = versions.length - expected.length;
  const why = state?.partial
    ? `the data on ${ecosystem} is only a part of what is known`
    : isChecked
      ? 'nobody could be asked about them'
      : reasonFor(ecosystem, found);
  return {
    coverage: {
      ecosystem,
      packages: expected.length,
      ...(own > 0 && { own }),
      checked: expected.length - open,
      malware: isChecked && (source?.states.some((it) => it.ecosystem === malwareState(ecosystem)) ?? false),
      ...(state && { asOf: state.asOf, from: state.from }),
      files: filesOf(ecosystem, locks, list),
      unchecked: [...(open > 0 ? [{ count: open, say: why }] : []), ...uncheckedIn(ecosystem, locks, list)],
    },
    matches: isChecked ? await matchesIn(ecosystem, versions, found, sources) : [],
  };
}

/** A scanner's report on every package is data as of the day it was made. */
function scannedState(ecosystem: Ecosystem, list: WholeList | undefined): DataState | undefined {
  if (list?.made === undefined || !list.report.scanned) return undefined;
  const { format, at, vulnerabilities } = list.report;
  const from = `${format}, ${at.path}`;
  return { ecosystem, asOf: `${list.made}T00:00:00Z`, records: vulnerabilities.length, from };
}

function filesOf(ecosystem: Ecosystem, { lockfiles }: Locks, list: WholeList | undefined): Coverage['files'] {
  const locks = lockfiles.filter((it) => it.ecosystem === ecosystem).map(({ path }) => ({ path }));
  return list ? [...locks, list.report.at] : locks;
}

type Found = ReadonlyMap<string, readonly Advisory[]> | { readonly trouble: string } | undefined;

async function lookup(
  source: AdvisorySource | undefined,
  ecosystem: Ecosystem,
  versions: readonly LockedVersion[],
  sources: Sources,
): Promise<Found> {
  if (!source || versions.length === 0) return undefined;
  const queries = versions.map((it) => ({
    name: it.concerned.name,
    version: it.concerned.version,
    ...(mayBeNamed(it, sources, sources.reference.publicHosts ?? []) && { public: true as const }),
  }));
  try {
    return await source.lookup(ecosystem, queries);
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
}

function reasonFor(ecosystem: Ecosystem, found: Found): string {
  return found && 'trouble' in found ? String(found.trouble) : `there is no advisory data on ${ecosystem}`;
}

async function matchesIn(
  ecosystem: Ecosystem,
  versions: readonly LockedVersion[],
  found: ReadonlyMap<string, readonly Advisory[]>,
  sources: Sources,
): Promise<readonly Match[]> {
  const order = orderOf(ecosystem);
  const hit = versions.flatMap((version) => {
    const advisories = found.get(version.concerned.name) ?? [];
    const matches = matchesOf(order, version.concerned.version, advisories);
    return matches.length === 0 ? [] : [{ version, advisories, matches }];
  });
  const releases = await releasesOf(
    ecosystem,
    hit.map((it) => it.version),
    sources,
  );
  return hit.flatMap(({ version, advisories, matches }) => {
    const known = releases.get(version.concerned.name);
    const upgradeFor = upgradesFrom(order, version.concerned.version, advisories, known);
    return matches.map(({ advisory, verdict, why }) => ({
      concerned: version.concerned,
      advisory,
      verdict,
      why,
      remedy: remedyBy(upgradeFor(advisory), version, known),
    }));
  });
}

/** Releases of the packages concerned, where a registry may be asked: they tell the exact fix and its day. */
async function releasesOf(
  ecosystem: Ecosystem,
  versions: readonly LockedVersion[],
  sources: Sources,
): Promise<ReadonlyMap<string, readonly Release[]>> {
  const { releases: source, publicHosts = [] } = sources.reference;
  const hosts = [...publicHosts, ...(source?.hostsOf(ecosystem) ?? [])];
  const named = versions.filter((it) => mayBeNamed(it, sources, hosts)).map(({ concerned }) => concerned.name);
  const answers = source && named.length > 0 ? await source.lookup(ecosystem, [...new Set(named)].sort()) : [];
  return new Map([...answers].flatMap(([name, it]) => ('releases' in it ? [[name, it.releases] as const] : [])));
}

function remedyBy(
  upgrade: Upgrade,
  { concerned, requiredBy }: LockedVersion,
  releases: readonly Release[] | undefined,
): Remedy {
  if (upgrade.kind === 'none') return { inRange: undefined, blockedBy: [] };
  if (upgrade.kind === 'after') return { after: upgrade.version, inRange: undefined, blockedBy: [] };
  const { inRange, blockedBy } = admissionOf(orderOf(concerned.ecosystem), upgrade.version, requiredBy);
  const released = releases?.find(({ version }) => version === upgrade.version)?.published;
  return {
    version: upgrade.version,
    ...(released !== undefined && { released }),
    inRange,
    blockedBy: blockedBy.map(({ name, range }) => `${name === '' ? 'the manifest' : name} (${range})`),
  };
}
