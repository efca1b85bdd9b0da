/** The deployments that a rule about releases judges: those to production, or all where none is named. Choices and words only. */
import { type Deployment, deployments } from '../../evidence/pipelines/graph.ts';
import type { Pipeline } from '../../evidence/pipelines/pipeline.ts';
import { counted } from '../words.ts';

/** Deployments of one job to one environment, one for each. */
export interface Deliveries {
  /** To production; where no environment is named anywhere, all of them. */
  readonly judged: readonly Deployment[];
  /** To environments before production. */
  readonly lower: readonly Deployment[];
  /** Whether production is named, or was only assumed. */
  readonly named: boolean;
}

/** Deployments by what they are for. Those that only a person starts are set aside where others are started by a change. */
export function deliveriesOf(pipelines: readonly Pipeline[]): Deliveries {
  const all = onePerJob(deployments(pipelines));
  const production = all.filter((it) => it.class === 'production');
  const lower = all.filter((it) => it.class === 'lower');
  const candidates = production.length > 0 ? production : all.filter((it) => it.class === 'unnamed');
  const automatic = candidates.filter(({ pipeline }) => !isByHand(pipeline));
  return { judged: automatic.length > 0 ? automatic : candidates, lower, named: production.length > 0 };
}

/** Only a person starts it. */
export function isByHand({ triggers }: Pipeline): boolean {
  return triggers.length > 0 && triggers.every(({ on }) => on === 'manual' || on === 'called');
}

function onePerJob(all: readonly Deployment[]): readonly Deployment[] {
  return [
    ...new Map([...all].reverse().map((it) => [`${it.pipeline.at.path} ${it.job.id} ${it.environment}`, it])).values(),
  ].reverse();
}

/** "deploy_prod", or "deploy to production" where the job deploys to several. */
export function nameOf({ job, environment, class: its }: Deployment): string {
  return environment !== undefined && its !== 'unnamed' && !job.id.toLowerCase().includes(environment)
    ? `${job.id} (${environment})`
    : job.id;
}

/** Why there is nothing to judge. */
export function nothingDeployed(pipelines: readonly Pipeline[], lower: readonly Deployment[]): string {
  if (lower.length > 0)
    return `pipelines here deploy to ${[...new Set(lower.map(({ environment }) => environment))].join(', ')} only; production is deployed from elsewhere`;
  return `${noneOf(pipelines)} deploys; what does is elsewhere`;
}

/** "none of 3 pipelines". */
export function noneOf(pipelines: readonly Pipeline[]): string {
  return pipelines.length === 1 ? 'no step of the one pipeline' : `none of ${counted(pipelines.length, 'pipeline')}`;
}
