/** Questions about the graph of jobs: what has to succeed before a deployment, and what follows it. Pure, so that checks may use it. */
import type { Place } from '../../model.ts';
import { namedIn } from './artefacts.ts';
import { holds, isAfterFailure } from './conditions.ts';
import { type EnvironmentClass, environmentClass } from './environments.ts';
import type { Job, Pipeline, Purpose } from './pipeline.ts';

/** A purpose with the job and pipeline it is in. */
export interface Sighting {
  readonly pipeline: Pipeline;
  readonly job: Job;
  readonly purpose: Purpose;
}

/** One deployment of one job to one environment. */
export interface Deployment extends Sighting {
  /** Its environment as far as anything names it. */
  readonly environment?: string;
  readonly class: EnvironmentClass;
  /** Index among the job's purposes. */
  readonly index: number;
}

/** Jobs that have to succeed before a job starts, its own excluded; those that only have to end, too, where asked for. */
export function awaited(pipeline: Pipeline, job: Job, ended = false): readonly Job[] {
  const found = new Map<string, Job>();
  const visit = (one: Job): void => {
    for (const need of one.needs) {
      const needed = pipeline.jobs.find(({ id }) => id === need);
      if (!needed || found.has(need) || (!ended && one.ungated?.includes(need))) continue;
      found.set(need, needed);
      visit(needed);
    }
  };
  visit(job);
  found.delete(job.id);
  return [...found.values()];
}

/** All that a pipeline does, but for what never runs and what only follows a failure. */
export function sightings(pipelines: readonly Pipeline[]): readonly Sighting[] {
  return pipelines.flatMap((pipeline) =>
    pipeline.jobs.flatMap((job) =>
      runs(job) ? job.purposes.filter(isUsual).map((purpose) => ({ pipeline, job, purpose })) : [],
    ),
  );
}

function runs({ never, condition }: Job): boolean {
  return never === undefined && !(condition !== undefined && isAfterFailure(condition));
}

function isUsual({ condition }: Purpose): boolean {
  return (
    condition === undefined || (holds(condition, { values: {}, failed: false }) !== false && !isAfterFailure(condition))
  );
}

/** Deployments of pipelines that do not merely preview a change; a remote workflow that is named after deploying counts. */
export function deployments(pipelines: readonly Pipeline[]): readonly Deployment[] {
  return sightings(pipelines)
    .filter(
      ({ pipeline, job, purpose }) =>
        purpose.intent === 'deploy' &&
        !isPreview(pipeline) &&
        !isCalledOnly(pipeline) &&
        !isForChanges(job) &&
        (purpose.strength !== 'named' || isDelegated(job, purpose)),
    )
    .map((sighting) => {
      const environment = environmentOf(sighting);
      const index = sighting.job.purposes.indexOf(sighting.purpose);
      return {
        ...sighting,
        index,
        class: environment === undefined ? 'unnamed' : environmentClass(environment),
        ...(environment !== undefined && { environment }),
      };
    });
}

/** It starts for changes that are not merged and for nothing else. */
function isPreview({ triggers }: Pipeline): boolean {
  return (
    triggers.length > 0 && triggers.every(({ on, after }) => on === 'change' || (on === 'other' && after === undefined))
  );
}

/** A job of a pipeline of other systems that runs for changes that are not merged, and for nothing else. */
export function isForChanges({ condition = '' }: Job): boolean {
  return condition.includes("occasion == 'change'") && !/occasion == '(?!change')/.test(condition);
}

/** Its jobs appear as those of its callers. */
function isCalledOnly({ triggers }: Pipeline): boolean {
  return triggers.length > 0 && triggers.every(({ on }) => on === 'called');
}

/** Whether a job's purpose is that of a workflow, an orb, a template or a library kept elsewhere. */
function isDelegated(job: Job, purpose: Purpose): boolean {
  return job.uses.some(
    ({ kind, local, target }) => /^(?:workflow|orb|include|library)$/.test(kind) && !local && target === purpose.shown,
  );
}

function environmentOf({ pipeline, job, purpose }: Sighting): string | undefined {
  const named = [purpose.environment, job.environment].find(
    (it) => it !== undefined && environmentClass(it) !== 'unnamed',
  );
  if (named !== undefined) return named;
  const [fromJob, ...more] = namedIn(`${job.id} ${job.name ?? ''}`);
  if (fromJob !== undefined && more.length === 0) return fromJob;
  const [fromPipeline, ...others] = namedIn(
    `${pipeline.name} ${pipeline.at.path.slice(pipeline.at.path.lastIndexOf('/') + 1)}`,
  );
  return fromPipeline !== undefined && others.length === 0 ? fromPipeline : (purpose.environment ?? job.environment);
}

/** All that has to succeed before a deployment, in its pipeline and in those that it waits for. */
export function before(deployment: Deployment, pipelines: readonly Pipeline[]): readonly Sighting[] {
  const { pipeline, job, index } = deployment;
  const own = job.purposes.slice(0, index).map((purpose) => ({ pipeline, job, purpose }));
  const needed = awaited(pipeline, job).flatMap((it) => sightings([{ ...pipeline, jobs: [it] }]));
  const earlier = upstream(deployment, pipelines).flatMap((it) => sightings([it]));
  return [...earlier, ...needed, ...own];
}

/** Pipelines after whose success it starts. */
function upstream({ pipeline, job, purpose }: Sighting, pipelines: readonly Pipeline[]): readonly Pipeline[] {
  const names = pipeline.triggers.flatMap(({ after = [] }) => after);
  const failed = { values: { 'github.event.workflow_run.conclusion': 'failure' }, failed: false };
  const conditions = [...awaited(pipeline, job), job].flatMap(({ condition }) => condition ?? []);
  const gated = [...conditions, purpose.condition ?? ''].some((it) => it !== '' && holds(it, failed) === false);
  // Drone and Woodpecker start a pipeline after the success of those it depends on.
  return (gated || pipeline.system === 'drone') && pipeline.triggers.every(({ after }) => after !== undefined)
    ? pipelines.filter(({ name }) => names.includes(name))
    : [];
}

/** All that follows a deployment: later in its job, in jobs that wait for it, and in pipelines that start after it. */
export function after(deployment: Deployment, pipelines: readonly Pipeline[]): readonly Sighting[] {
  const { pipeline, job, index } = deployment;
  const own = job.purposes.slice(index + 1).map((purpose) => ({ pipeline, job, purpose }));
  const waiting = pipeline.jobs.filter((it) => awaited(pipeline, it, true).includes(job));
  const started = pipelines.filter(({ triggers }) => triggers.some((it) => it.after?.includes(pipeline.name)));
  return [...own, ...waiting.flatMap((it) => sightings([{ ...pipeline, jobs: [it] }])), ...sightings(started)];
}

/** Where a purpose can be looked at: the step, and where the tool is called. */
export function placesOf({ at, via }: Purpose): readonly Place[] {
  return via ? [at, via] : [at];
}
