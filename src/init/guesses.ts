/** Tier and stage: what the catalogue says, else what the signs in the repository make likely, always with the reason. Pure. */
import { severityParams, urgencyOf } from '../checks/severity.ts';
import type { Facts as Alerts } from '../evidence/alerts.ts';
import type { CatalogEntry } from '../evidence/owners/catalog-readers.ts';
import type { Stage, Tier } from '../model.ts';
import { table } from '../table.ts';
import { spot } from './identity.ts';
import type { Observation } from './propose.ts';

/** What bears on the guess. */
export interface Signs {
  readonly entries: readonly CatalogEntry[];
  readonly alerts: Alerts | undefined;
  /** There are alerts that cannot be read here. */
  readonly unseenAlerts: boolean;
  readonly slos: number;
  readonly oncall: boolean;
  /** Their ids. */
  readonly environments: readonly string[];
}

const WORDS: Readonly<Record<string, Tier>> = table({
  critical: 1,
  'mission-critical': 1,
  platinum: 1,
  high: 2,
  gold: 2,
  medium: 3,
  silver: 3,
  low: 4,
  bronze: 4,
  experimental: 4,
});

const STAGES: readonly string[] = ['design', 'build', 'beta', 'live', 'sunset'] satisfies readonly Stage[];
const PRODUCTION = /^(prod|production|live|prd)$/;

/** The tier. Nobody but the team can say that a service is customer-critical, so signs alone make no tier 1. */
export function guessTier(signs: Signs): Observation<Tier> {
  for (const { tier } of signs.entries) {
    const value = tier && tierIn(tier.value);
    if (tier && value !== undefined)
      return { value, from: `${spot(tier.at)} says ${JSON.stringify(tier.written ?? tier.value)}`, guess: true };
  }
  const waking = pagedFor(signs);
  if (waking !== undefined) return { value: 2, from: waking, guess: true };
  const watched = [
    signs.slos > 0 ? 'there are SLOs' : '',
    signs.environments.length > 1 ? `there are ${signs.environments.length} environments` : '',
  ].filter(Boolean);
  const quiet = `${signs.unseenAlerts ? 'no alert that can be read' : 'nothing'} here wakes anyone`;
  return { value: 3, from: watched.length > 0 ? `${watched.join(' and ')}, but ${quiet}` : quiet, guess: true };
}

/** A catalogue's tier as ours: the digit in `tier-1` or `T1`, or one of the usual words. */
function tierIn(text: string): Tier | undefined {
  const digit = /^(?:t|tier)?[\s_:-]*([0-4])$/i.exec(text.trim())?.[1];
  if (digit !== undefined) return Math.max(1, Number(digit)) as Tier;
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}

/** What says that somebody is woken for it. */
function pagedFor(signs: Signs): string | undefined {
  const paging = pagingAlerts(signs);
  const reasons = [
    paging > 0 ? `${counted(paging, 'alert wakes', 'alerts wake')} someone` : '',
    signs.oncall ? 'someone is on call' : '',
  ].filter(Boolean);
  return reasons.length > 0 ? reasons.join(' and ') : undefined;
}

function pagingAlerts({ alerts }: Signs): number {
  const params = Object.fromEntries(Object.entries(severityParams).map(([key, it]) => [key, it.default])) as Parameters<
    typeof urgencyOf
  >[2];
  return (alerts?.alerts ?? []).filter((alert) => urgencyOf(alert, {}, params).wakes === 'yes').length;
}

/** The stage: the catalogue's lifecycle, else live where there is a production environment or somebody is woken. */
export function guessStage(signs: Signs): Observation<Stage> {
  for (const { stage } of signs.entries) {
    if (stage && isStage(stage.value))
      return { value: stage.value, from: `${spot(stage.at)} says ${JSON.stringify(stage.written ?? stage.value)}` };
  }
  const production = signs.environments.find((id) => PRODUCTION.test(id));
  const live = production === undefined ? pagedFor(signs) : `there is an environment "${production}"`;
  if (live !== undefined) return { value: 'live', from: live, guess: true };
  return {
    value: 'build',
    from: 'no production environment is described here, and no alert wakes anyone',
    guess: true,
  };
}

function isStage(word: string): word is Stage {
  return STAGES.includes(word);
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
