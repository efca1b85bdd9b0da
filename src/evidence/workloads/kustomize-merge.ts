/** Strategic merge patches as Kustomize applies them: maps merge, lists of named things merge by name, other lists are replaced. Pure. */

import { table } from '../../table.ts';
import { isItems, isMembers, items, members, type Placed, wordAt } from './placed-value.ts';

/** By what lists of Kubernetes' own kinds merge; the first key that the items have. */
const MERGE_KEYS: Readonly<Record<string, readonly string[]>> = table({
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  ports: ['containerPort', 'port'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
});

/** Kinds whose lists merge; of all others, which Kustomize does not know, lists are replaced. */
const NATIVE =
  /^(Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job|CronJob|Pod|Service|PodDisruptionBudget|HorizontalPodAutoscaler|NetworkPolicy|Ingress)$/;

/** The object with the patch applied; undefined where the patch takes it away. */
export function strategicMerge(base: Placed, patch: Placed): Placed | undefined {
  if (wordAt(patch, ['$patch']) === 'delete') return undefined;
  const native = NATIVE.test(wordAt(base, ['kind']) ?? '');
  return merged(base, patch, native);
}

function merged(base: Placed, patch: Placed, native: boolean): Placed {
  if (!isMembers(patch.value)) return overlaid(patch);
  const directive = wordAt(patch, ['$patch']);
  if (directive === 'replace' || !isMembers(base.value)) return overlaid(patch);
  const result = new Map(base.value);
  for (const [key, child] of patch.value) {
    if (key.startsWith('$')) continue;
    const before = result.get(key);
    if (child.value === null || wordAt(child, ['$patch']) === 'delete') result.delete(key);
    else if (before && isItems(child.value) && isItems(before.value))
      result.set(key, mergedList(key, before, child, native));
    else result.set(key, before ? merged(before, child, native) : overlaid(child));
  }
  return { ...base, value: result };
}

function mergedList(key: string, base: Placed, patch: Placed, native: boolean): Placed {
  const keys = native && Object.hasOwn(MERGE_KEYS, key) ? (MERGE_KEYS[key] ?? []) : [];
  const name = keys.find((it) =>
    items(patch).every(
      (item) => item.value === null || wordAt(item, [it]) !== undefined || wordAt(item, ['$patch']) !== undefined,
    ),
  );
  if (name === undefined || items(patch).some((item) => wordAt(item, ['$patch']) === 'replace')) return overlaid(patch);
  const result = [...items(base)];
  for (const item of items(patch)) {
    const index = result.findIndex((it) => wordAt(it, [name]) === wordAt(item, [name]));
    const before = result[index];
    if (wordAt(item, ['$patch']) === 'delete') result.splice(index < 0 ? result.length : index, 1);
    else if (before) result[index] = merged(before, item, native);
    else result.push(overlaid(item));
  }
  return { ...base, value: result };
}

/** What a patch says, its directives and nulls left out. */
function overlaid(patch: Placed): Placed {
  if (isItems(patch.value))
    return {
      ...patch,
      via: 'overlay',
      value: patch.value.filter((it) => wordAt(it, ['$patch']) === undefined).map(overlaid),
    };
  if (!isMembers(patch.value)) return { ...patch, via: 'overlay' };
  const kept = [...members(patch)].filter(([key, child]) => !key.startsWith('$') && child.value !== null);
  return { ...patch, via: 'overlay', value: new Map(kept.map(([key, child]) => [key, overlaid(child)])) };
}
