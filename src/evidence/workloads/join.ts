/** Joins what belongs to a workload to it: objects of the same origin, namespace and environment that name or select it. */

import { record, word } from '../plain-value.ts';
import { withAdmission } from './admission.ts';
import { given } from './container-of.ts';
import { joinTraffic } from './join-traffic.ts';
import { limitDefaults } from './limit-range.ts';
import type { ManifestObject } from './manifest-object.ts';
import { numberAt, textAt, valueAt } from './object-value.ts';
import { canaryOf, withRollouts } from './progressive.ts';
import { selects } from './selector.ts';
import type { Disruption, Workload } from './workload.ts';
import { isWorkload, podLabels, workloadOf } from './workload-of.ts';

/** A workload and the object it was read from. */
export interface Draft {
  readonly object: ManifestObject;
  readonly workload: Workload;
}

/** Whether an environment is production. */
export type IsProduction = (environment: string) => boolean;

/** Workloads with all that belongs to them. */
export function joinedWorkloads(objects: readonly ManifestObject[], isProduction: IsProduction): readonly Workload[] {
  const workloads = grouped(objects, ({ origin }) => origin).flatMap((group) => joinedGroup(group, isProduction));
  return withAdmission(workloads, objects);
}

/** Items with the same key together, in the order of their first. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const known = groups.get(keyOf(item));
    if (known) known.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}

/** Most pairs of a workload and another object that are looked at; a repository with more is no service's. */
const MAX_PAIRS = 10_000_000;

function joinedGroup(objects: readonly ManifestObject[], isProduction: IsProduction): readonly Workload[] {
  const own = objects.flatMap((object): readonly Draft[] => {
    const workload = workloadOf(object);
    return workload ? [{ object, workload }] : [];
  });
  const drafts = withRollouts(own, objects, isProduction);
  const others = objects.filter((object) => !isWorkload(object));
  if (drafts.length * others.length > MAX_PAIRS)
    return drafts.map(({ workload }) => ({ partial: 'there are too many objects to join', ...workload }));
  const belongings = belongingsOf(drafts, others, isProduction);
  return drafts.map((draft) => joinedDraft(draft, belongings.get(draft) ?? []));
}

function joinedDraft(draft: Draft, mine: readonly ManifestObject[]): Workload {
  const of = (...kinds: readonly string[]): readonly ManifestObject[] =>
    mine.filter(({ kind }) => kinds.includes(kind));
  const scaler = of('HorizontalPodAutoscaler', 'ScaledObject').find((it) => scales(it, draft));
  const budgets = of('PodDisruptionBudget').flatMap((it) => disruptionOf(it, draft));
  const [canary] = of('Canary').flatMap((it) => canaryOf(it, draft.workload));
  return {
    ...limitDefaults(draft, of('LimitRange')),
    ...given({
      autoscaler: scaler && autoscalerOf(scaler),
      disruption: budgets.find(({ doubt }) => doubt === undefined) ?? budgets[0],
      rollout: canary ?? draft.workload.rollout,
    }),
    joined: joinTraffic(draft, mine),
  };
}

/** For each workload the objects that live where it lives, unless a namesake of the workload is closer to them. */
function belongingsOf(
  drafts: readonly Draft[],
  others: readonly ManifestObject[],
  isProduction: IsProduction,
): ReadonlyMap<Draft, readonly ManifestObject[]> {
  const found = new Map<Draft, ManifestObject[]>(drafts.map((draft) => [draft, []]));
  const folders = new Map(drafts.map((draft) => [draft, foldersOf(draft.object)]));
  const namesakes = grouped(drafts, ({ object: { kind, name } }) => `${kind}/${name}`);
  for (const other of others) {
    const own = foldersOf(other);
    for (const group of namesakes) {
      const near = group
        .filter(({ object }) => sharesHome(other, object, isProduction))
        .map((draft) => ({ draft, closeness: shared(own, folders.get(draft) ?? []) }));
      const closest = near.reduce((most, { closeness }) => Math.max(most, closeness), 0);
      for (const { draft, closeness } of near) if (closeness === closest) found.get(draft)?.push(other);
    }
  }
  return found;
}

/** The same namespace or none said, and the same environment; what production adds belongs to what all environments share. */
function sharesHome(other: ManifestObject, own: ManifestObject, isProduction: IsProduction): boolean {
  if (other.namespace !== undefined && own.namespace !== undefined && other.namespace !== own.namespace) return false;
  if (other.environment === undefined || other.environment === own.environment) return true;
  return own.environment === undefined && isProduction(other.environment);
}

function foldersOf(object: ManifestObject): readonly string[] {
  return object.at([]).path.split('/');
}

/** How many folders two objects have in common; one more for the same file. */
function shared(first: readonly string[], second: readonly string[]): number {
  const differs = first.findIndex((part, index) => part !== second[index]);
  return differs < 0 ? first.length : differs;
}

/** Whether an autoscaler's target is the workload. */
function scales(scaler: ManifestObject, { object }: Draft): boolean {
  const target = record(valueAt(scaler, ['spec', 'scaleTargetRef']));
  // KEDA's ScaledObject scales a Deployment unless it says otherwise.
  const kind = word(target.kind) ?? 'Deployment';
  return word(target.name) === object.name && kind === object.kind;
}

function autoscalerOf(scaler: ManifestObject): Workload['autoscaler'] {
  const keda = scaler.kind === 'ScaledObject';
  const [least, most] = keda ? ['minReplicaCount', 'maxReplicaCount'] : ['minReplicas', 'maxReplicas'];
  const at = scaler.at([]);
  return {
    kind: scaler.kind,
    // Kubernetes keeps one replica, KEDA none, where no minimum is written.
    min: numberAt(scaler, ['spec', least]) ?? { value: keda ? 0 : 1, via: 'default', at: scaler.at(['spec']) },
    at,
    ...given({ max: numberAt(scaler, ['spec', most]) }),
    ...(scaler.when !== undefined && { doubt: `it is there only where ${scaler.when}` }),
  };
}

function disruptionOf(budget: ManifestObject, { object }: Draft): readonly Disruption[] {
  const match = selects(valueAt(budget, ['spec', 'selector']), podLabels(object));
  if (match === 'no' || valueAt(budget, ['spec', 'selector']) === undefined) return [];
  const doubt =
    match === 'unclear'
      ? 'a template fills in what it selects'
      : budget.when === undefined
        ? undefined
        : `it is there only where ${budget.when}`;
  return [
    {
      at: budget.at([]),
      ...given({
        minAvailable: textAt(budget, ['spec', 'minAvailable']),
        maxUnavailable: textAt(budget, ['spec', 'maxUnavailable']),
        doubt,
      }),
    },
  ];
}
