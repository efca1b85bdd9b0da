/** What got better and what got worse between two runs: services told apart from the yardstick, the most improved first. Pure. */
import type { Kept, Movement, RuleSetChange, StoredRun, Trend, TrendEnd, TrendRow } from '../model-trend.ts';
import { countPair, type Draft, newDraft } from './draft.ts';
import { type Joined, joined } from './joined.ts';
import { byMovement, byVerdict, isWorse } from './order.ts';
import { pointsOf, rowName, type ShareTable, shareIn, shareTable } from './shares.ts';

/** The two ends, and the shares of the runs that a sparkline shows. */
export interface TrendSubject {
  readonly what: Trend['what'];
  readonly by: Trend['by'];
  readonly before: Kept;
  readonly after: Kept;
  /** Oldest first; the last is that of `after`. */
  readonly tables: readonly ShareTable[];
  /** Which of them is that of `before`. */
  readonly since: number;
}

/** The trend from the one run to the other. */
export function trendOf(subject: TrendSubject): Trend {
  const { what, by, before, after } = subject;
  const services = joined(before, after);
  const whole = newDraft();
  for (const service of services) count(service, () => whole, ['']);
  return {
    what,
    by,
    from: endOf(before.run),
    to: endOf(after.run),
    whole: rowOf(undefined, whole, subject),
    rows: rowsOf(services, subject).toSorted(byMovement),
    verdicts: services.flatMap(({ change }) => change ?? []).sort(byVerdict),
    ruleSet: ruleSetChange(before.run, after.run),
  };
}

/** What moved of each service from one run to another, with no further run to draw a line through. */
export function movedBetween(before: Kept, after: Kept): Trend {
  const tables = [before, after].map((kept) => shareTable(kept, 'service'));
  return trendOf({ what: 'runs', by: 'service', before, after, tables, since: 0 });
}

function rowsOf(services: readonly Joined[], subject: TrendSubject): readonly TrendRow[] {
  const { by } = subject;
  const drafts = new Map<string, Draft>();
  const draftOf = (name: string): Draft => {
    const draft = drafts.get(name) ?? newDraft();
    drafts.set(name, draft);
    return draft;
  };
  for (const service of services)
    count(service, (area) => draftOf(rowName(by, service.line, area)), by === 'area' ? [] : ['']);
  if (by !== 'service') return [...drafts].map(([name, draft]) => rowOf(name, draft, subject));
  return services.flatMap((service) => {
    const draft = drafts.get(service.key);
    return draft ? [rowOf(service.key, draft, subject, service)] : [];
  });
}

/** Counts a service into the rows of its areas; `always` names areas in which it counts even if no rule judged it there. */
function count({ key, presence, pairs }: Joined, draftOf: (area: string) => Draft, always: readonly string[]): void {
  const touched = new Set(always.map(draftOf));
  for (const pair of pairs) {
    const draft = draftOf(pair.area);
    touched.add(draft);
    if (presence === 'compared') countPair(draft, key, pair);
  }
  for (const { services } of touched) services[presence]++;
}

function rowOf(name: string | undefined, draft: Draft, { tables, since }: TrendSubject, service?: Joined): TrendRow {
  const { services, gained, lost, yardstick, before, after } = draft;
  const [then, now] = [tables[since], tables.at(-1)].map((table) => shareIn(table, name));
  const owner = service?.line.owner;
  return {
    name: name ?? '',
    movement: movementOf(draft, service),
    services,
    ...(owner !== undefined && { owner }),
    ...(service && { commits: service.commits }),
    ...(then && { before: then }),
    ...(now && { after: now }),
    alike: { before, after },
    gained,
    lost,
    yardstick,
    points: pointsOf(tables, name),
  };
}

/** A verdict weighs more than any number of rules; what only the yardstick did is no movement. */
function movementOf({ services, gained, lost }: Draft, service: Joined | undefined): Movement {
  if (services.compared === 0) return services.new > 0 ? 'new' : services.gone > 0 ? 'gone' : 'unjudged';
  if (service?.change?.because === 'service') return isWorse(service.change) ? 'regressed' : 'improved';
  if (gained.length === lost.length) return gained.length > 0 ? 'mixed' : 'same';
  return gained.length > lost.length ? 'improved' : 'regressed';
}

function endOf({ id, asOf, tool }: StoredRun): TrendEnd {
  return { id, asOf, version: tool.version };
}

function ruleSetChange(before: StoredRun, after: StoredRun): RuleSetChange {
  const [then, now] = [before, after].map(({ rules }) => new Set(rules.map(({ id }) => id)));
  return {
    added: after.rules.flatMap(({ id }) => (then?.has(id) ? [] : [id])),
    removed: before.rules.flatMap(({ id }) => (now?.has(id) ? [] : [id])),
    isOther: yardstickOf(before) !== yardstickOf(after),
  };
}

/** By what was judged, the day aside. */
function yardstickOf({ tool, checklists, policy }: StoredRun): string {
  return JSON.stringify([tool.version, checklists, policy?.digest]);
}
