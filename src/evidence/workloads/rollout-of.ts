/** How a new version replaces the old one, by the object's own strategy or by what Kubernetes does where none is written. */

import { table } from '../../table.ts';
import type { Maybe } from '../known.ts';
import { record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { given } from './container-of.ts';
import type { ManifestObject } from './manifest-object.ts';
import { byDefault, maybe, textAt, valueAt } from './object-value.ts';
import type { Rollout } from './workload.ts';

type Strategy = 'rolling' | 'recreate' | 'canary' | 'blue-green';

/** Where each kind says it, and where the numbers of a rolling update stand. */
const STRATEGIES: Readonly<Record<string, { readonly at: YamlPath; readonly numbers: YamlPath }>> = table({
  Deployment: { at: ['spec', 'strategy'], numbers: ['rollingUpdate'] },
  StatefulSet: { at: ['spec', 'updateStrategy'], numbers: ['rollingUpdate'] },
  DaemonSet: { at: ['spec', 'updateStrategy'], numbers: ['rollingUpdate'] },
  DeploymentConfig: { at: ['spec', 'strategy'], numbers: ['rollingParams'] },
});

const WORDS: Readonly<Record<string, Strategy>> = table({
  RollingUpdate: 'rolling',
  Rolling: 'rolling',
  Recreate: 'recreate',
});

/** The strategy of an object; undefined for kinds that have none. */
export function rolloutOf(object: ManifestObject): Rollout | undefined {
  if (object.kind === 'Rollout') return argoRollout(object);
  const where = STRATEGIES[object.kind];
  if (!where) return undefined;
  const block = valueAt(object, where.at);
  const at = object.at(where.at);
  const written = typeof block === 'string' ? maybe<Strategy>(object, where.at, () => undefined) : undefined;
  const type = maybe<Strategy>(object, [...where.at, 'type'], (value) => WORDS[word(value) ?? '']);
  const strategy: Maybe<Strategy> = written ?? type ?? byDefault('rolling', at);
  const numbers = [...where.at, ...where.numbers];
  return {
    strategy,
    at,
    ...given({
      maxUnavailable: textAt(object, [...numbers, 'maxUnavailable']),
      maxSurge: textAt(object, [...numbers, 'maxSurge']),
    }),
  };
}

/** Argo Rollouts: `canary` without steps replaces everything at once by a rolling update. */
function argoRollout(object: ManifestObject): Rollout {
  const strategy = record(valueAt(object, ['spec', 'strategy']));
  const name = 'blueGreen' in strategy ? 'blueGreen' : 'canary';
  const path = ['spec', 'strategy', name];
  const at = object.at(path);
  const steps = record(strategy[name]);
  const analysed =
    JSON.stringify(steps.steps ?? '').includes('"analysis"') ||
    'analysis' in steps ||
    'prePromotionAnalysis' in steps ||
    'postPromotionAnalysis' in steps;
  const staged = name === 'blueGreen' || 'steps' in steps;
  const known = (value: Strategy): Maybe<Strategy> => ({ value, via: object.via(path), at });
  return {
    strategy: known(name === 'blueGreen' ? 'blue-green' : staged ? 'canary' : 'rolling'),
    analysed: { value: analysed, via: object.via(path), at },
    ...given({
      maxUnavailable: textAt(object, [...path, 'maxUnavailable']),
      maxSurge: textAt(object, [...path, 'maxSurge']),
    }),
    at,
  };
}
