/** What takes a release back or hands it to users step by step: steps of pipelines, and how workloads are replaced. Choices and words only. */

import { isKnown, type Maybe } from '../../evidence/known.ts';
import { isAfterFailure } from '../../evidence/pipelines/conditions.ts';
import { deployments, placesOf, type Sighting, sightings } from '../../evidence/pipelines/graph.ts';
import type { Intent, Pipeline } from '../../evidence/pipelines/pipeline.ts';
import type { Workload } from '../../evidence/workloads/workload.ts';
import type { Assessment, Place } from '../../model.ts';
import { unknown } from '../define.ts';
import { doing, placesFor } from '../pipeline-scope.ts';
import { counted } from '../words.ts';

/** One thing that does so. */
export interface Safety {
  readonly what: string;
  /** Nobody has to do anything for it. */
  readonly automatic: boolean;
  /** Only a name says so. */
  readonly named: boolean;
  readonly places: readonly Place[];
}

/** Steps that roll back, and those that shift traffic in parts. */
export function safetySteps(pipelines: readonly Pipeline[], intents: readonly Intent[]): readonly Safety[] {
  const usual = sightings(pipelines).map((it) => ({ ...it, afterFailure: false }));
  const late = afterFailures(pipelines).map((it) => ({ ...it, afterFailure: true }));
  return [...usual, ...late]
    .filter(({ purpose, pipeline }) => intents.includes(purpose.intent) && !isPreview(pipeline))
    .map(({ purpose, job, afterFailure }) => ({
      what: `${purpose.shown} in ${job.id}`,
      automatic:
        afterFailure ||
        /--atomic|--rollback-on-failure|rollback=true|auto-rollback/.test(`${purpose.shown} ${purpose.tool}`) ||
        purpose.intent === 'canary' ||
        isWithDeployment(
          job.purposes.map(({ intent, at }) => `${intent}:${at.line}`),
          purpose.at.line,
        ),
      named: purpose.strength === 'named',
      places: placesOf(purpose),
    }));
}

/** One command both deploys and rolls back, as `helm upgrade --atomic` does. */
function isWithDeployment(intents: readonly string[], line: number | undefined): boolean {
  return intents.includes(`deploy:${line}`);
}

function isPreview({ triggers }: Pipeline): boolean {
  return triggers.length > 0 && triggers.every(({ on }) => on === 'change');
}

/** Steps and jobs that only run after a failure; those of jobs that never run are none. */
function afterFailures(pipelines: readonly Pipeline[]): readonly Sighting[] {
  return pipelines.flatMap((pipeline) =>
    pipeline.jobs.flatMap((job) =>
      job.never === undefined
        ? job.purposes
            .filter(({ condition }) => [condition, job.condition].some((it) => it !== undefined && isAfterFailure(it)))
            .map((purpose) => ({ pipeline, job, purpose }))
        : [],
    ),
  );
}

/** Workloads that are replaced step by step under watch, or taken back by their platform; rolling by default is neither. */
export function safeRollouts(workloads: readonly Workload[], how: 'any' | 'automatic'): readonly Safety[] {
  return workloads.flatMap(({ rollout, kind, name, aside }) => {
    if (!rollout || aside) return [];
    const says = (value: Maybe<boolean> | undefined): boolean => isKnown(value) && value.value;
    const strategy = isKnown(rollout.strategy) ? rollout.strategy.value : undefined;
    const staged = strategy === 'canary' || strategy === 'blue-green';
    const automatic = says(rollout.rollsBack) || (staged && says(rollout.analysed));
    if (how === 'automatic' ? !automatic : !automatic && !staged) return [];
    const what = `${kind} ${name} ${staged ? `is replaced by ${strategy}` : 'is taken back when it fails'}`;
    return [{ what, automatic, named: false, places: [rollout.at] }];
  });
}

/** What deploys is kept elsewhere, and may do it there; undefined where what deploys is here, or nothing does. */
export function handedOver(pipelines: readonly Pipeline[]): Assessment | undefined {
  const here = deployments(pipelines);
  const delegated = here.filter(({ purpose }) => purpose.strength === 'named').map(({ purpose }) => purpose.at);
  if (delegated.length > 0)
    return unknown(
      `${counted(delegated.length, 'deployment is', 'deployments are')} done by a workflow that is kept elsewhere`,
      { evidence: delegated.slice(0, 5) },
    );
  const started = doing(pipelines, ['deploy']).filter(
    ({ pipeline, purpose }) => purpose.strength === 'named' && !isPreview(pipeline),
  );
  return here.length === 0 && started.length > 0
    ? unknown('what deploys is started here and kept elsewhere', { evidence: placesFor(started, 3) })
    : undefined;
}
