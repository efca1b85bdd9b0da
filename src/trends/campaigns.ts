/** How an organisation's campaigns stand: counted over services, and drawn on to the day on which the last rule would be met. Pure. */
import { addDays, daysBetween } from '../dates.ts';
import { globFits, pieceFits } from '../evidence/glob.ts';
import type { Campaign } from '../generated/policy.ts';
import type { Ruling } from '../model.ts';
import type { CampaignProgress, Identity, ServiceKey } from '../model-audit.ts';

/** What one service answered to each rule it was judged by. */
interface Answers {
  readonly key: ServiceKey;
  readonly repo: string;
  readonly service: Identity;
  /** By id of the rule; those that were not judged are absent. */
  readonly rulings: ReadonlyMap<string, Ruling>;
}

/** One audit's answers, and the area of each rule in it. */
export interface AnsweredRun {
  /** ISO date. */
  readonly asOf: string;
  readonly areas: ReadonlyMap<string, string>;
  answers(): Iterable<Answers>;
}

/** Each campaign of a policy, in its order; `earlier` runs are oldest first. */
export function progressOf(
  focus: Readonly<Record<string, Campaign>>,
  now: AnsweredRun,
  earlier: readonly AnsweredRun[],
): readonly CampaignProgress[] {
  const campaigns = Object.values(focus);
  const counts = countsOf(campaigns, now);
  const before = earlier
    .filter(({ asOf }) => asOf < now.asOf)
    .map(({ asOf, ...run }) => ({ asOf, counts: countsOf(campaigns, { asOf, ...run }) }));
  return Object.entries(focus).flatMap(([id, { title, owner, deadline }], index) => {
    const its = counts[index];
    if (!its) return [];
    const { rules, applicable, met, services, done, lagging } = its;
    const history = before.map(({ asOf, counts: them }) => pointAt(asOf, them[index]));
    return {
      id,
      title,
      ...(owner !== undefined && { owner }),
      deadline,
      rules: [...rules].sort(),
      applicable,
      met,
      services,
      done,
      history,
      ...forecastFrom([...history, { asOf: now.asOf, applicable, met }]),
      lagging: lagging.toSorted((a, b) => b.rules.length - a.rules.length || (a.service < b.service ? -1 : 1)),
    };
  });
}

interface Counts {
  readonly rules: ReadonlySet<string>;
  applicable: number;
  met: number;
  services: number;
  done: number;
  readonly lagging: CampaignProgress['lagging'][number][];
}

function pointAt(asOf: string, { applicable, met }: Pick<Counts, 'applicable' | 'met'> = { applicable: 0, met: 0 }) {
  return { asOf, applicable, met };
}

/** One pass for all campaigns, because a run may be large. */
function countsOf(campaigns: readonly Campaign[], { areas, answers }: AnsweredRun): readonly Counts[] {
  const all = campaigns.map((campaign) => {
    const counts: Counts = {
      rules: rulesIn(campaign, areas),
      applicable: 0,
      met: 0,
      services: 0,
      done: 0,
      lagging: [],
    };
    return { campaign, counts };
  });
  for (const its of answers())
    for (const { campaign, counts } of all) if (concerns(campaign.services, its)) count(counts, its);
  return all.map(({ counts }) => counts);
}

/** A service to which none of the rules applies is not in the campaign's scope. */
function count(counts: Counts, { key, service, rulings }: Answers): void {
  const judged = [...counts.rules].filter((rule) => (rulings.get(rule) ?? 'skip') !== 'skip');
  if (judged.length === 0) return;
  const open = judged.filter((rule) => !MET.includes(rulings.get(rule)));
  counts.services += 1;
  counts.applicable += judged.length;
  counts.met += judged.length - open.length;
  if (open.length === 0) counts.done += 1;
  else counts.lagging.push({ service: key, ...(service.owner && { owner: service.owner }), rules: open.sort() });
}

/** What somebody accepted is still to be done. */
const MET: readonly (Ruling | undefined)[] = ['pass', 'trust'];

function rulesIn({ rules }: Campaign, areas: ReadonlyMap<string, string>): ReadonlySet<string> {
  const wanted = new Set(rules);
  return new Set([...areas].flatMap(([rule, area]) => (wanted.has(rule) || wanted.has(area) ? [rule] : [])));
}

function concerns(selection: Campaign['services'], { repo, service }: Answers): boolean {
  const { tiers, stages, owners, names, repositories } = selection ?? {};
  const { owner } = service;
  return (
    (tiers?.includes(service.tier) ?? true) &&
    (stages?.includes(service.stage) ?? true) &&
    (owners?.some((it) => owner !== undefined && pieceFits(it, owner)) ?? true) &&
    (names?.some((it) => pieceFits(it, service.name)) ?? true) &&
    (repositories?.some((it) => globFits(it, repo)) ?? true)
  );
}

/** Days that the runs must span before a line through them says anything. */
const SHORTEST = 14;
/** Days beyond which a forecast is none. */
const LONGEST = 5 * 365;

type Point = CampaignProgress['history'][number];

/** The straight line of least squares through what was left at each run, and the day on which it reaches none from what is left now. */
function forecastFrom(points: readonly Point[]): Pick<CampaignProgress, 'forecast' | 'because'> {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || last.applicable === 0) return { because: 'none of its rules applies to any service' };
  const left = last.applicable - last.met;
  if (left === 0) return { because: `all ${last.applicable} are met` };
  const open = `${left} of ${last.applicable} left`;
  if (points.length < 3 || daysBetween(first.asOf, last.asOf) < SHORTEST)
    return { because: `${open}; a forecast needs three audits over at least ${SHORTEST} days` };
  const since = `since ${first.asOf}, by ${points.length} audits`;
  const perDay = -slopeOf(points.map((it) => [daysBetween(first.asOf, it.asOf), it.applicable - it.met]));
  if (perDay <= 0) return { because: `${open}, and no fewer ${since}` };
  const days = Math.ceil(left / perDay);
  const pace = `${(perDay * 7).toFixed(1)} fewer a week ${since}`;
  if (days > LONGEST) return { because: `${open}; ${pace}: more than five years` };
  return { forecast: addDays(last.asOf, days), because: `${open}; ${pace}: ${days} more days` };
}

function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const x = points.reduce((sum, [it]) => sum + it, 0) / points.length;
  const y = points.reduce((sum, [, it]) => sum + it, 0) / points.length;
  const over = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  const under = points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return under === 0 ? 0 : over / under;
}
