/** Reads what an OSV record says about one package: which versions, how sure, how severe. What cannot be understood becomes uncertain, never nothing. */
import type { Ecosystem, VersionOrder } from '../versions/order.ts';
import type { AdvisoryFlag } from './advisory.ts';
import { items, members, text } from './fields.ts';
import { type Interval, orderWithin, simplified, uncoveredVersions } from './interval.ts';
import { ordersBySemver } from './package-name.ts';
import { EVENT_KINDS, intervalsOf, type RangeEvent } from './ranges.ts';
import { type Score, type Severity, severityOf } from './severity.ts';

/** What one record says about one package. */
export interface AffectedPackage extends Severity {
  /** As the ecosystem compares names. */
  readonly name: string;
  readonly intervals: readonly Interval[];
  /** Listed versions that lie in none of the intervals. */
  readonly versions: readonly string[];
  /** Intervals that the record does not vouch for. */
  readonly uncertain: readonly Interval[];
  /** Ranges in a numbering of the project's own, for a person. */
  readonly custom: readonly Interval[];
  /** Something else than a flaw. */
  readonly informational?: AdvisoryFlag;
}

/** Who is asked about. */
interface Asked {
  readonly id: string;
  readonly name: string;
  readonly ecosystem: Ecosystem;
  readonly order: VersionOrder;
  readonly score: Score;
}

type Say = (what: string) => void;

/** Ranges of one `ranges` field. */
interface Ranges {
  readonly intervals: readonly Interval[];
  /** Whether all of it was understood. */
  readonly whole: boolean;
  /** Ranges of commits, which only the repository could answer. */
  readonly commits: number;
}

const MOST_RANGES = 2000;
const MOST_EVENTS = 5000;
const MOST_VERSIONS = 50_000;
const LONGEST_VERSION = 300;
const EVERYTHING: readonly Interval[] = [{}];
const INFORMATIONAL: readonly AdvisoryFlag[] = ['unmaintained', 'unsound', 'notice'];

/** Reads one item of `affected`. */
export function affectedPackage(record: unknown, affected: unknown, asked: Asked, say: Say): AffectedPackage {
  const { ranges: rangesField, versions: versionsField, database_specific: database } = members(affected);
  const ranges = rangesIn(rangesField, asked, say);
  const versions = versionsIn(versionsField, asked.name, say);
  const custom = customRanges(affected, asked);
  const informational = INFORMATIONAL.find((flag) => flag === members(database).informational);
  const understood = ranges.whole && versions.whole && !onlyCommits(ranges, versions.listed);
  const stated =
    custom === undefined
      ? { intervals: ranges.intervals, uncertain: [] }
      : { intervals: [], uncertain: ranges.intervals };
  return {
    name: asked.name,
    ...stated,
    ...(understood ? {} : { uncertain: EVERYTHING }),
    versions: uncoveredVersions(asked.order, ranges.intervals, versions.listed),
    custom: custom ?? [],
    ...severityOf(record, affected, asked.id, asked.score),
    ...(informational === undefined ? {} : { informational }),
  };
}

/** Commits alone say nothing about versions; neither commits nor versions nor ranges is to say that none is affected. */
function onlyCommits(ranges: Ranges, versions: readonly string[]): boolean {
  return ranges.commits > 0 && ranges.intervals.length === 0 && versions.length === 0;
}

function rangesIn(field: unknown, asked: Asked, say: Say): Ranges {
  const all = items(field, MOST_RANGES);
  const read = (all ?? []).map((range) => rangeIn(range, asked));
  const whole = all !== undefined && !read.includes(undefined);
  if (!whole) say(`a range of ${asked.name} cannot be read`);
  const intervals = read.flatMap((range) => (range === undefined || range === 'commits' ? [] : range));
  return {
    intervals: simplified(asked.order, intervals),
    whole,
    commits: read.filter((it) => it === 'commits').length,
  };
}

function rangeIn(range: unknown, { ecosystem, order }: Asked): readonly Interval[] | 'commits' | undefined {
  const { type, events } = members(range);
  if (type === 'GIT') return 'commits';
  const read = items(events, MOST_EVENTS)?.map(eventsIn);
  if ((type !== 'SEMVER' && type !== 'ECOSYSTEM') || read === undefined || read.includes(undefined)) return undefined;
  const semver = type === 'SEMVER' && !ordersBySemver(ecosystem);
  const found = intervalsOf(
    orderWithin(order, semver),
    read.flatMap((event) => event ?? []),
  );
  return semver ? found.map((interval) => ({ ...interval, semver })) : found;
}

/** One event; several where a record of old writes several into one. Undefined where there is none. */
function eventsIn(event: unknown): readonly RangeEvent[] | undefined {
  const fields = members(event);
  const present = EVENT_KINDS.filter((kind) => fields[kind] !== undefined);
  const read = present.flatMap((kind) => {
    const version = text(fields[kind], LONGEST_VERSION);
    return version === undefined ? [] : [{ kind, version }];
  });
  return read.length === 0 || read.length < present.length ? undefined : read;
}

function versionsIn(
  field: unknown,
  name: string,
  say: Say,
): { readonly listed: readonly string[]; readonly whole: boolean } {
  const all = items(field, MOST_VERSIONS);
  const listed = (all ?? []).flatMap((version) => text(version, LONGEST_VERSION) ?? []);
  const whole = all !== undefined && listed.length === all.length;
  if (!whole) say(`the listed versions of ${name} cannot all be read`);
  return { listed, whole };
}

/** Go's reviewers keep ranges in a project's own numbering apart, and then write `introduced: 0` where modules are compared. */
function customRanges(affected: unknown, asked: Asked): readonly Interval[] | undefined {
  const { ecosystem_specific: ecosystem, database_specific: database } = members(affected);
  const field = members(ecosystem).custom_ranges ?? members(database).custom_ranges;
  if (field === undefined || field === null) return undefined;
  return rangesIn(field, asked, () => undefined).intervals;
}
