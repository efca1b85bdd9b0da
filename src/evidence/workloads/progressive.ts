/** What delivers a workload step by step from beside it: Argo's Rollout that borrows a Deployment, Flagger's Canary. */
import { record, word } from '../plain-value.ts';
import { given } from './container-of.ts';
import type { Draft, IsProduction } from './join.ts';
import type { ManifestObject } from './manifest-object.ts';
import { numberAt, valueAt } from './object-value.ts';
import { rolloutOf } from './rollout-of.ts';
import type { Rollout, Workload } from './workload.ts';

/** A Rollout with `workloadRef` takes the pods of a Deployment: one workload, delivered by the Rollout. */
export function withRollouts(
  drafts: readonly Draft[],
  objects: readonly ManifestObject[],
  isProduction: IsProduction,
): readonly Draft[] {
  const borrowing = objects.filter(
    (object) => object.kind === 'Rollout' && valueAt(object, ['spec', 'workloadRef']) !== undefined,
  );
  if (borrowing.length === 0) return drafts;
  const own = drafts.filter(({ object }) => !borrowing.includes(object));
  return own.map((draft) => {
    const rollout = borrowing.find(
      (it) => refersTo(it, ['spec', 'workloadRef'], draft.object) && livesWith(it, draft.object, isProduction),
    );
    return rollout ? { ...draft, workload: delivered(draft.workload, rollout) } : draft;
  });
}

function livesWith(rollout: ManifestObject, own: ManifestObject, isProduction: IsProduction): boolean {
  const { environment } = rollout;
  return (
    environment === undefined ||
    environment === own.environment ||
    (own.environment === undefined && isProduction(environment))
  );
}

function delivered(workload: Workload, rollout: ManifestObject): Workload {
  return {
    ...workload,
    platform: 'argo-rollouts',
    ...given({ replicas: numberAt(rollout, ['spec', 'replicas']), rollout: rolloutOf(rollout) }),
  };
}

function refersTo(
  object: ManifestObject,
  path: readonly string[],
  target: Pick<ManifestObject, 'kind' | 'name'>,
): boolean {
  const reference = record(valueAt(object, path));
  return word(reference.name) === target.name && (word(reference.kind) ?? 'Deployment') === target.kind;
}

/** Flagger's Canary on a workload: steps and weights, decided by an analysis where it measures. */
export function canaryOf(canary: ManifestObject, workload: Workload): readonly Rollout[] {
  if (!/^flagger\.app\//.test(canary.apiVersion) || !refersTo(canary, ['spec', 'targetRef'], workload)) return [];
  const analysis =
    ['analysis', 'canaryAnalysis'].find((key) => valueAt(canary, ['spec', key]) !== undefined) ?? 'analysis';
  const { metrics, iterations } = record(valueAt(canary, ['spec', analysis]));
  const path = ['spec', analysis];
  const at = canary.at(path);
  const via = canary.via(path);
  const blueGreen = iterations !== undefined && valueAt(canary, [...path, 'stepWeight']) === undefined;
  const known = <T>(value: T) => ({ value, via, at });
  return [
    {
      strategy: known(blueGreen ? 'blue-green' : 'canary'),
      analysed: known(Array.isArray(metrics) && metrics.length > 0),
      rollsBack: known(true),
      at: canary.at([]),
    },
  ];
}
