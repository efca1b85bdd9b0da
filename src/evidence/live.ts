/** What running systems answer, where the operator said `--live`: health endpoints, Prometheus, Alertmanager, on-call schedules. Says what was answered; without that flag it asks nobody. */

import { runningConfiguration } from '../live/alertmanager.ts';
import { type Answered, type Heard, type LiveSource, readAs, type Target, WHATS, type What } from '../live/live.ts';
import { activeAlertmanagers, type RunningRule, runningRules } from '../live/prometheus.ts';
import type { Schedule } from '../live/schedules.ts';
import type { Claims } from '../manifest/manifest.ts';
import { placeOf } from '../manifest/manifest.ts';
import type { Gathered, LiveRequest, Place } from '../model.ts';
import { defineCollector, type Sources } from './collector.ts';
import { type Measured, measuredObjectives } from './live/objectives.ts';
import { heardSchedule } from './live/schedule.ts';
import type { QueryFacts } from './queries/promql.ts';
import type { Routing } from './routes.ts';

/** An answer, and whose. */
export interface Asked<T> {
  readonly target: Target;
  readonly heard: Heard<T>;
}

/** A health endpoint, beside what the same server says to a path that nobody serves. */
export interface Endpoint extends Asked<Answered> {
  readonly nowhere?: Heard<Answered>;
}

/** A rule that runs, with what its query reads. */
export interface LoadedRule extends Omit<RunningRule, 'query'>, Pick<QueryFacts, 'metrics' | 'comparisons'> {}

/** What one run asked. */
export interface Run {
  /** ISO instant. */
  readonly at: string;
  readonly sent: readonly LiveRequest[];
  /** What the manifest names and nobody let be asked. */
  readonly withheld: readonly { readonly what: What; readonly at: Place }[];
  readonly ready?: Endpoint;
  readonly alive?: Endpoint;
  readonly rules?: Asked<readonly LoadedRule[]>;
  /** To how many Alertmanagers Prometheus sends its alerts. */
  readonly receivers?: Asked<number>;
  readonly objectives?: Asked<readonly Measured[]>;
  readonly routes?: Asked<readonly Routing[]>;
  readonly schedules: readonly Asked<Schedule>[];
}

/** Facts of this kind; without a run, `--live` was not given. */
export interface Facts {
  readonly run?: Run;
}

/** A path that nobody serves: who answers it as he answers for his health, answers everything alike. */
const NOWHERE = '/gonogo-asks-for-what-is-not-there';

export const collector = defineCollector<Facts>({
  summary:
    'running systems, only with `--live`: health endpoints, alerting rules and objectives in Prometheus, routes in Alertmanager, schedules at PagerDuty and Opsgenie',
  parses: ['yaml'],
  async collect(sources) {
    const { live } = sources.reference;
    if (!live) return gathered({}, 'not asked: --live was not given');
    const before = live.sent.length;
    const targets = targetsOf(sources.manifest.claims, live);
    const answers = await answersOf(targets, live, sources);
    const sent = live.sent.slice(before);
    const withheld = withheldOf(sources, live);
    const requests = sent.length === 1 ? '1 request' : `${sent.length} requests`;
    return gathered({ run: { at: live.now, sent, withheld, ...answers } }, requests);
  },
});

function gathered(facts: Facts, note: string): Gathered<Facts> {
  return { facts, looked: { files: 0, note }, unread: [], delegated: [] };
}

type Targets = Readonly<Partial<Record<What, Target>>>;

/** The operator's word comes before the manifest's, which counts only where the operator lets it. */
function targetsOf(claims: Claims, live: LiveSource): Targets {
  const targets = WHATS.flatMap((what): readonly Target[] => {
    const given = live.named[what];
    if (given !== undefined) return [{ what, address: given, namedBy: 'operator' }];
    const claimed = live.manifestToo ? claimOf(claims, what) : undefined;
    return claimed === undefined ? [] : [{ what, address: claimed.replace(/\/+$/, ''), namedBy: 'manifest' }];
  });
  return Object.fromEntries(targets.map((target) => [target.what, target]));
}

/** The pointer of what the manifest names. */
const POINTERS: Readonly<Record<What, string>> = {
  ready: '/live/health/ready',
  alive: '/live/health/alive',
  prometheus: '/live/prometheus',
  alertmanager: '/live/alertmanager',
  pagerduty: '/live/pagerduty/schedule',
  opsgenie: '/live/opsgenie/schedule',
};

function claimOf({ live }: Claims, what: What): string | undefined {
  if (what === 'ready' || what === 'alive') return live?.health?.[what];
  return what === 'pagerduty' || what === 'opsgenie' ? live?.[what]?.schedule : live?.[what];
}

function withheldOf({ manifest }: Sources, live: LiveSource): Run['withheld'] {
  if (live.manifestToo) return [];
  return WHATS.filter((what) => live.named[what] === undefined && claimOf(manifest.claims, what) !== undefined).map(
    (what) => ({
      what,
      at: placeOf(manifest, POINTERS[what]),
    }),
  );
}

/** One after the other, so that what is listed is in order. */
async function answersOf(
  targets: Targets,
  live: LiveSource,
  sources: Sources,
): Promise<Omit<Run, 'at' | 'sent' | 'withheld'>> {
  const { ready, alive, prometheus, alertmanager } = targets;
  const schedules: Asked<Schedule>[] = [];
  const answers = {
    ...(ready && { ready: await endpoint(ready, live) }),
    ...(alive && { alive: await endpoint(alive, live) }),
    ...(prometheus && { rules: { target: prometheus, heard: await rulesAt(prometheus, live) } }),
    ...(prometheus && { receivers: { target: prometheus, heard: await receiversOf(prometheus, live) } }),
    ...(prometheus && {
      objectives: { target: prometheus, heard: { value: await measuredObjectives(prometheus, live, sources) } },
    }),
    ...(alertmanager && { routes: { target: alertmanager, heard: await routesAt(alertmanager, live, sources) } }),
  };
  for (const target of [targets.pagerduty, targets.opsgenie])
    if (target) schedules.push({ target, heard: await heardSchedule(target, live) });
  return { ...answers, schedules };
}

async function endpoint(target: Target, live: LiveSource): Promise<Endpoint> {
  const heard = await live.answered(target);
  return { target, heard, ...('value' in heard && { nowhere: await live.answered(target, NOWHERE) }) };
}

/** The parser of queries is loaded only where there is something to read. */
async function rulesAt(target: Target, live: LiveSource): Promise<Heard<readonly LoadedRule[]>> {
  const words = `${target.address} does not answer as Prometheus does when it is asked for its rules`;
  const heard = readAs(await live.json(target, '/api/v1/rules', { type: 'alert' }), runningRules, words);
  if ('trouble' in heard) return heard;
  const { analyseQuery } = await import('./queries/promql.ts');
  return {
    value: heard.value.map(({ query, ...rule }) => {
      const { metrics, comparisons } = analyseQuery(query);
      return { ...rule, metrics, comparisons };
    }),
  };
}

async function receiversOf(target: Target, live: LiveSource): Promise<Heard<number>> {
  const heard = await live.json(target, '/api/v1/alertmanagers');
  return readAs(heard, activeAlertmanagers, `${target.address} does not tell its Alertmanagers as Prometheus does`);
}

/** The reader of YAML is loaded only where there is something to read. */
async function routesAt(target: Target, live: LiveSource, { manifest }: Sources): Promise<Heard<readonly Routing[]>> {
  const words = `${target.address} does not tell its configuration as Alertmanager does`;
  const text = readAs(await live.json(target, '/api/v2/status'), runningConfiguration, words);
  if ('trouble' in text) return text;
  const { routingsOf } = await import('./routes.ts');
  const routings = routingsOf(text.value, placeOf(manifest, POINTERS.alertmanager));
  return routings.length > 0 ? { value: routings } : { trouble: `${words}: it has no route or no receivers` };
}
