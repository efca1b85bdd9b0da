/** Stores that run in Kubernetes: databases as workloads, claims for volumes, and the objects of operators. */
import { productOf } from '../backing.ts';
import { isKnown } from '../known.ts';
import { list, record, word } from '../plain-value.ts';
import { containersOf } from '../workloads/container-of.ts';
import type { ManifestObject } from '../workloads/manifest-object.ts';
import { byDefault, flagAt, textAt, valueAt } from '../workloads/object-value.ts';
import { withoutMarks } from '../yaml/yaml.ts';
import { objectStore } from './of-object.ts';
import { podOf } from './pod.ts';
import { cloudNativePg, crunchy, zalando } from './postgres-operators.ts';
import type { Safeguard, Store } from './store.ts';

/** All stores among the objects. */
export function kubernetesStores(objects: readonly ManifestObject[]): readonly Store[] {
  const run = objects.flatMap((it) => workloadStores(it, objects));
  const taken = new Set(objects.filter((it) => productIn(it) !== undefined).flatMap(claimsOf));
  const claims = objects
    .filter(({ kind, name }) => kind === 'PersistentVolumeClaim' && !taken.has(name))
    .map((it) => objectStore(it, { product: 'volume', kind: 'volume', safeguards: claimSafeguards(it, objects) }));
  const operated = objects.flatMap((it) => [
    ...cloudNativePg(it, objects),
    ...crunchy(it),
    ...zalando(it),
    ...naisStores(it),
  ]);
  return [...run, ...claims, ...operated];
}

/** A database's own image, or volumes that each copy of a workload claims. */
function workloadStores(object: ManifestObject, objects: readonly ManifestObject[]): readonly Store[] {
  if (!/^(?:StatefulSet|Deployment|DeploymentConfig)$/.test(object.kind)) return [];
  const product = productIn(object);
  const templates = list(valueAt(object, ['spec', 'volumeClaimTemplates']));
  const keeps = templates.length > 0 || claimsOf(object).length > 0;
  if (!product && (object.kind !== 'StatefulSet' || templates.length === 0)) return [];
  const kind = product?.kind === 'storage' ? 'bucket' : (product?.kind ?? 'volume');
  const safeguards = [...(templates.length > 0 ? setSafeguards(object) : []), ...claimedSafeguards(object, objects)];
  const partial = product && !keeps ? 'it has no volume: what it holds goes with its pod' : undefined;
  return [
    objectStore(object, {
      product: product?.name ?? 'volume',
      kind,
      safeguards,
      ...(partial !== undefined && kind !== 'cache' && { partial }),
    }),
  ];
}

/** The product that its main container is. */
function productIn(object: ManifestObject): ReturnType<typeof productOf> {
  if (!/^(?:StatefulSet|Deployment|DeploymentConfig)$/.test(object.kind)) return undefined;
  const main = containersOf(object, podOf(object)).filter(({ role }) => role === 'main');
  return main.flatMap(({ image }) => (isKnown(image) ? (productOf(image.value) ?? []) : []))[0];
}

/** Names of the claims that its pods mount. */
export function claimsOf(object: ManifestObject): readonly string[] {
  return list(valueAt(object, [...podOf(object), 'volumes'])).flatMap(
    (it) => withoutMarks(word(record(record(it).persistentVolumeClaim).claimName) ?? '') || [],
  );
}

/** Claims outlive a StatefulSet that is deleted, unless it says otherwise: Kubernetes documentation, StatefulSets. */
function setSafeguards(object: ManifestObject): readonly Safeguard[] {
  const path = ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted'];
  const written = textAt(object, path);
  const by = 'persistentVolumeClaimRetentionPolicy';
  if (!written) return [{ by: `${by} (Retain by default)`, holds: byDefault(true, object.at([])), at: object.at([]) }];
  const holds = isKnown(written) ? { ...written, value: written.value === 'Retain' } : written;
  return [{ by, holds, at: object.at(path) }];
}

function claimedSafeguards(object: ManifestObject, objects: readonly ManifestObject[]): readonly Safeguard[] {
  const names = claimsOf(object);
  const claims = objects.filter(({ kind, name }) => kind === 'PersistentVolumeClaim' && names.includes(name));
  return claims.flatMap((it) => claimSafeguards(it, objects));
}

/** Helm's policy to keep it, or a volume or class that is retained. */
function claimSafeguards(claim: ManifestObject, objects: readonly ManifestObject[]): readonly Safeguard[] {
  const path = ['metadata', 'annotations', 'helm.sh/resource-policy'];
  const policy = valueAt(claim, path);
  const kept =
    policy === 'keep'
      ? [{ by: 'helm.sh/resource-policy: keep', holds: byDefault(true, claim.at(path)), at: claim.at(path) }]
      : [];
  const wanted = [word(valueAt(claim, ['spec', 'storageClassName'])), word(valueAt(claim, ['spec', 'volumeName']))];
  const reclaimed = objects.flatMap((it): readonly Safeguard[] => {
    const at =
      it.kind === 'StorageClass'
        ? ['reclaimPolicy']
        : it.kind === 'PersistentVolume'
          ? ['spec', 'persistentVolumeReclaimPolicy']
          : undefined;
    const written = at && wanted.includes(it.name) ? textAt(it, at) : undefined;
    if (!at || !written) return [];
    return [
      {
        by: `reclaim policy of ${it.name}`,
        holds: isKnown(written) ? { ...written, value: written.value === 'Retain' } : written,
        at: it.at(at),
      },
    ];
  });
  const hidden: Safeguard = {
    by: 'the reclaim policy',
    holds: { opaque: 'its storage class', at: claim.at([]) },
    at: claim.at([]),
  };
  return [...kept, ...(reclaimed.length > 0 ? reclaimed : [hidden])];
}

/** Databases and buckets that NAIS makes in Google Cloud for an application; it backs the databases up each night by itself. */
function naisStores(object: ManifestObject): readonly Store[] {
  if (!object.apiVersion.startsWith('nais.io/') || object.kind !== 'Application') return [];
  return list(valueAt(object, ['spec', 'gcp', 'sqlInstances'])).map((entry, index): Store => {
    const path = ['spec', 'gcp', 'sqlInstances', index];
    const at = object.at(path);
    const databases = list(record(entry).databases).flatMap((it) => word(record(it).name) ?? []);
    const own = word(record(entry).name) ?? object.name;
    const logged = flagAt(object, [...path, 'pointInTimeRecovery']);
    const nightly = {
      by: 'automated backups of NAIS',
      means: 'snapshots' as const,
      on: byDefault(true, at),
      schedule: byDefault('24h', at),
      at,
    };
    const lag = { most: '5m', source: 'Cloud SQL documentation, point-in-time recovery' };
    const logs = logged
      ? [
          {
            by: 'pointInTimeRecovery',
            means: 'continuous' as const,
            on: logged,
            lag,
            at: object.at([...path, 'pointInTimeRecovery']),
          },
        ]
      : [];
    const cascading = flagAt(object, [...path, 'cascadingDelete']) ?? byDefault(false, at);
    const keeps = isKnown(cascading) ? { ...cascading, value: !cascading.value } : cascading;
    const safeguards = [{ by: 'cascadingDelete = false', holds: keeps, at: cascading.at }];
    const product = /^MYSQL/i.test(word(record(entry).type) ?? '') ? 'mysql' : 'postgres';
    return {
      ...objectStore(object, {
        product,
        kind: 'db',
        backups: [nightly, ...logs],
        safeguards,
        name: own,
        names: [own, ...databases],
        at,
      }),
      basis: 'defined',
      by: 'sqlInstances',
    };
  });
}
