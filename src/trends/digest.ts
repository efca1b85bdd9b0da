/** A week of an estate in what an operations meeting talks about: compiled from the audits of a store. Pure; decides nothing. */
import { addDays, daysBetween } from '../dates.ts';
import type { Campaign } from '../generated/policy.ts';
import { grouped } from '../grouped.ts';
import type { Verdict } from '../model.ts';
import type { CampaignProgress, ServiceKey } from '../model-audit.ts';
import type { Kept, ServiceLine, Share, StoredRun, Trend } from '../model-trend.ts';
import { answeredRun } from './answers.ts';
import { progressOf } from './campaigns.ts';
import { endingSoon, type WaiverNews } from './digest-waivers.ts';
import { inOrder } from './order.ts';
import { isMet, marksOf } from './pairs.ts';
import { keyOfLine, shareTable } from './shares.ts';
import { movedBetween } from './trend.ts';

/** Days ahead in which the end of a waiver is news. */
export const WAIVER_DAYS = 30;
/** Days ahead in which the end of a runtime's maintenance is news: two quarters, in which an upgrade can be planned. */
export const END_OF_LIFE_DAYS = 180;

/** What is compiled. */
export interface Digest {
  readonly run: StoredRun;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** The same in the run that it is held against. */
  readonly verdictsBefore?: Readonly<Record<Verdict, number>>;
  /** What moved since; absent for the first run of a store. */
  readonly trend?: Trend;
  readonly waivers: readonly WaiverNews[];
  /** Services whose runbooks are out of date, with the rules that say so. */
  readonly staleRunbooks: readonly Concerned[];
  /** Services with known vulnerabilities past their deadline, most first. */
  readonly overdue: readonly (Owned & { readonly count: number })[];
  /** Services that no advisories were held against. */
  readonly unscanned: number;
  /** The soonest first; what has ended already has negative days. */
  readonly endOfLife: readonly EndingProduct[];
  /** What would help most services, most first. */
  readonly fixes: readonly Fix[];
  readonly areas: readonly AreaState[];
  readonly leads: readonly Lead[];
  readonly announced: readonly Announced[];
  readonly campaigns: readonly CampaignProgress[];
}

/** A service and who owns it. */
interface Owned {
  readonly service: ServiceKey;
  readonly owner?: string;
}

/** A service and the rules on account of which it is listed. */
interface Concerned extends Owned {
  readonly rules: readonly string[];
}

/** A product whose maintenance ends, and who runs it. */
interface EndingProduct {
  readonly name: string;
  /** ISO date. */
  readonly on: string;
  readonly days: number;
  readonly services: readonly ServiceKey[];
}

/** A rule that is not met in many places. */
interface Fix {
  readonly rule: string;
  readonly fix: string;
  /** Services that it blocks, and those that do not meet it in all. */
  readonly blocking: number;
  readonly unmet: number;
}

/** One area over all services. */
interface AreaState {
  readonly area: string;
  readonly now: Share;
  readonly before?: Share;
}

/** Who leads an operational area, as the manifests say, and how many services say nobody does. */
interface Lead {
  readonly area: string;
  /** Whoever leads most services first. */
  readonly people: readonly { readonly who: string; readonly services: number }[];
  readonly without: number;
}

/** A rule that is announced only, and who would fail by it already. */
interface Announced {
  readonly rule: string;
  /** ISO date. */
  readonly from: string;
  readonly services: readonly Owned[];
}

/** What it is compiled from. */
export interface DigestSubject {
  readonly now: Kept;
  /** What it is held against. */
  readonly before?: Kept;
  /** Runs earlier than `now`, oldest first, `before` among them. */
  readonly earlier: readonly Kept[];
  readonly focus?: Readonly<Record<string, Campaign>>;
}

/** The digest of a run. */
export function digestFrom({ now, before, earlier, focus = {} }: DigestSubject): Digest {
  const { run, lines } = now;
  return {
    run,
    verdicts: verdictsIn(lines),
    ...(before && {
      verdictsBefore: verdictsIn(before.lines),
      trend: movedBetween(before, now),
    }),
    waivers: endingSoon(now, earlier, WAIVER_DAYS),
    staleRunbooks: staleIn(now, 'runbooks'),
    overdue: lines
      .flatMap((line) => (line.overdue ? [{ ...ownedBy(line), count: line.overdue }] : []))
      .sort((a, b) => b.count - a.count || inOrder(a.service, b.service)),
    unscanned: lines.filter(({ overdue }) => overdue === undefined).length,
    endOfLife: endingIn(lines, run.asOf),
    fixes: fixesIn(now),
    areas: areasIn(now, before),
    leads: leadsIn(lines),
    announced: announcedIn(lines),
    campaigns: progressOf(focus, answeredRun(now), earlier.map(answeredRun)),
  };
}

function ownedBy(line: ServiceLine): Owned {
  return { service: keyOfLine(line), ...(line.owner !== undefined && { owner: line.owner }) };
}

function verdictsIn(lines: readonly ServiceLine[]): Readonly<Record<Verdict, number>> {
  const counts: Record<Verdict, number> = { 'NO-GO': 0, 'CONDITIONAL GO': 0, GO: 0 };
  for (const { verdict } of lines) counts[verdict] += 1;
  return counts;
}

function staleIn({ run, lines }: Kept, area: string): readonly Concerned[] {
  const rules = run.rules.filter((rule) => rule.area === area).map(({ id }) => id);
  return lines.flatMap((line) => {
    const marks = marksOf(run, line);
    const stale = rules.filter((rule) => marks.get(rule)?.standing === 'stale');
    return stale.length > 0 ? [{ ...ownedBy(line), rules: stale }] : [];
  });
}

function endingIn(lines: readonly ServiceLine[], asOf: string): readonly EndingProduct[] {
  const until = addDays(asOf, END_OF_LIFE_DAYS);
  const all = lines.flatMap((line) => (line.endOfLife ?? []).map((it) => ({ ...it, service: keyOfLine(line) })));
  const soon = grouped(
    all.filter(({ on }) => on <= until),
    ({ name, on }) => JSON.stringify([on, name]),
  );
  return [...soon]
    .sort(([a], [b]) => inOrder(a, b))
    .flatMap(([, its]) => {
      const [first] = its;
      const services = [...new Set(its.map(({ service }) => service))];
      return first ? [{ name: first.name, on: first.on, days: daysBetween(asOf, first.on), services }] : [];
    });
}

function fixesIn({ run, lines }: Kept): readonly Fix[] {
  const counts = new Map(run.rules.map(({ id }) => [id, { blocking: 0, unmet: 0 }]));
  for (const line of lines)
    for (const [rule, mark] of marksOf(run, line)) {
      const its = mark && isMet(mark) === false ? counts.get(rule) : undefined;
      if (!its) continue;
      its.unmet += 1;
      if (mark?.ruling === 'fail') its.blocking += 1;
    }
  return run.rules
    .map(({ id, fix }) => ({ rule: id, fix, blocking: 0, unmet: 0, ...counts.get(id) }))
    .filter(({ unmet }) => unmet > 0)
    .sort((a, b) => b.blocking - a.blocking || b.unmet - a.unmet || inOrder(a.rule, b.rule));
}

function areasIn(now: Kept, before: Kept | undefined): readonly AreaState[] {
  const then = before && shareTable(before, 'area');
  return [...shareTable(now, 'area').rows]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([area, share]) => {
      const earlier = then?.rows.get(area);
      return { area, now: share, ...(earlier && { before: earlier }) };
    });
}

function leadsIn(lines: readonly ServiceLine[]): readonly Lead[] {
  const people = new Map<string, Map<string, number>>();
  for (const { leads = {} } of lines)
    for (const [area, who] of Object.entries(leads)) {
      const its = people.get(area) ?? new Map<string, number>();
      people.set(area, its.set(who, (its.get(who) ?? 0) + 1));
    }
  return [...people]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([area, its]) => ({
      area,
      people: [...its]
        .map(([who, services]) => ({ who, services }))
        .sort((a, b) => b.services - a.services || inOrder(a.who, b.who)),
      without: lines.length - [...its.values()].reduce((sum, count) => sum + count, 0),
    }));
}

function announcedIn(lines: readonly ServiceLine[]): readonly Announced[] {
  const all = lines.flatMap((line) => (line.announced ?? []).map((it) => ({ ...it, ...ownedBy(line) })));
  return [...grouped(all, ({ rule, from }) => JSON.stringify([from, rule]))]
    .sort(([a], [b]) => inOrder(a, b))
    .flatMap(([, its]) => {
      const [first] = its;
      if (!first) return [];
      const services = its.map(({ service, owner }) => ({ service, ...(owner !== undefined && { owner }) }));
      return [{ rule: first.rule, from: first.from, services }];
    });
}
