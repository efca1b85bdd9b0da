/** Scheduled jobs of Kubernetes that save data: CronJobs by the commands they run, Velero's schedules. */
import type { Sources } from '../collector.ts';
import { isKnown } from '../known.ts';
import { list, record, word } from '../plain-value.ts';
import { containersOf, given } from '../workloads/container-of.ts';
import type { ManifestObject } from '../workloads/manifest-object.ts';
import { textAt, valueAt } from '../workloads/object-value.ts';
import type { Container } from '../workloads/workload.ts';
import { argumentsScript } from './job-script.ts';
import { claimsOf } from './kubernetes.ts';
import { podOf } from './pod.ts';
import { notSuspended } from './postgres-operators.ts';
import type { BackupJob } from './store.ts';

/** Images that are made to save a database on their own schedule would be read here as well; their commands are not to be seen. */
export function kubernetesJobs(objects: readonly ManifestObject[], sources: Sources): readonly BackupJob[] {
  return objects.flatMap((it) => [...cronJob(it, sources), ...velero(it)]);
}

function cronJob(object: ManifestObject, sources: Sources): readonly BackupJob[] {
  if (object.kind !== 'CronJob') return [];
  const containers = containersOf(object, podOf(object));
  const scripts = containers.map((it) => ({ it, script: argumentsScript(it.command, sources) }));
  const found =
    scripts.find(({ script }) => script.saving && script.saving.product !== 'files') ??
    scripts.find(({ script }) => script.saving);
  const saving = found?.script.saving;
  if (!found || !saving) return hintOf(object, containers);
  const schedule = textAt(object, ['spec', 'schedule']);
  const zone = word(valueAt(object, ['spec', 'timeZone']));
  const uploads = scripts.some(({ script }) => script.uploads);
  return [
    {
      name: object.name,
      kind: object.kind,
      by: saving.tool,
      means: 'dump',
      on: notSuspended(object, ['spec', 'suspend']),
      ...(schedule && { schedule }),
      ...(zone !== undefined && { zone }),
      mentions: mentionsOf(
        scripts.flatMap(({ script }) => script.words),
        containers,
        claimsOf(object),
      ),
      kept: uploads || mountsElsewhere(object),
      at: found.script.via ?? found.it.at,
      ...given({
        product: saving.product,
        weakened: saving.weakened,
        environment: object.environment,
        aside: object.aside,
      }),
    },
  ];
}

/** An image, or a program that runs: words that a program is given do not count. */
const IMAGE = /backup/i;
const PROGRAM = /(?:^|[;&|\n/]\s{0,9})[\w.-]{0,60}backup[\w-]{0,60}(?:\.\w{1,4})?(?=[\s;&|]|$)/i;
const CODES = /backup-?_?codes?/i;

/** A job whose program is in an image that is not here, and speaks of backups: a question, and no answer. */
function hintOf(object: ManifestObject, containers: readonly Container[]): readonly BackupJob[] {
  const spoken = containers.flatMap((it) => {
    const image = isKnown(it.image) && IMAGE.test(it.image.value) ? [it.image.value] : [];
    const what = [...it.command.filter((word) => PROGRAM.test(word)), ...image].find((word) => !CODES.test(word));
    return what === undefined ? [] : [{ at: it.at, what: what.slice(0, 80) }];
  });
  const [found] = spoken;
  if (!found) return [];
  const { at, what } = found;
  return [
    {
      ...{ name: object.name, kind: object.kind, by: what, means: 'dump', hint: true, mentions: [], kept: true },
      on: { opaque: `what ${what} does`, at },
      at,
      ...given({ environment: object.environment, aside: object.aside }),
    },
  ];
}

/** A volume that outlives the pod. */
function mountsElsewhere(object: ManifestObject): boolean {
  return list(valueAt(object, [...podOf(object), 'volumes'])).some((it) =>
    ['persistentVolumeClaim', 'nfs', 'hostPath', 'csi', 'azureFile'].some((kind) => kind in record(it)),
  );
}

/** The names in commands and settings, in lower case. */
export function mentionsOf(
  words: readonly string[],
  containers: readonly Pick<Container, 'env'>[],
  more: readonly string[] = [],
): readonly string[] {
  const settings = containers.flatMap(({ env }) => env.flatMap(({ value }) => value ?? []));
  return [...new Set([...words, ...settings, ...more].map((it) => it.toLowerCase().slice(0, 300)))].slice(0, 500);
}

/** Velero saves objects and volumes of namespaces. */
function velero(object: ManifestObject): readonly BackupJob[] {
  if (object.kind !== 'Schedule' || !object.apiVersion.startsWith('velero.io/')) return [];
  const schedule = textAt(object, ['spec', 'schedule']);
  const included = list(valueAt(object, ['spec', 'template', 'includedNamespaces'])).flatMap((it) => word(it) ?? []);
  const ttl = textAt(object, ['spec', 'template', 'ttl']);
  const without = withoutVolumes(object);
  const leavesOut = ['excludedNamespaces', 'labelSelector', 'orLabelSelectors'].find(
    (it) => valueAt(object, ['spec', 'template', it]) !== undefined,
  );
  return [
    {
      name: object.name,
      kind: 'Schedule',
      by: `Velero schedule ${object.name}`,
      means: 'snapshots',
      on:
        without !== undefined
          ? { opaque: without, at: object.at(['spec', 'template']) }
          : notSuspended(object, ['spec', 'paused']),
      ...(schedule && { schedule }),
      ...(ttl && isKnown(ttl) && { retention: { ...ttl, value: ttl.value.replace(/(?<=h)0m0s$|(?<=h)0m$/, '') } }),
      product: 'volume',
      mentions: [],
      namespaces: included.filter((it) => it !== '*'),
      kept: true,
      at: object.at(['spec', 'schedule']),
      ...given({ leavesOut, environment: object.environment, aside: object.aside }),
    },
  ];
}

/** Volumes are saved with their claims, unless it says otherwise. */
function withoutVolumes(object: ManifestObject): string | undefined {
  const at = (key: string): unknown => valueAt(object, ['spec', 'template', key]);
  const words = (key: string): readonly string[] => list(at(key)).flatMap((it) => word(it) ?? []);
  const volumes = /^(?:\*|persistentvolume(?:claim)?s?|pvcs?|pods)$/i;
  if (at('snapshotVolumes') === false && at('defaultVolumesToFsBackup') !== true) return 'snapshotVolumes: false';
  const included = words('includedResources');
  if (included.length > 0 && !included.some((it) => volumes.test(it))) return 'includedResources without volumes';
  return words('excludedResources').some((it) => /^persistentvolume/i.test(it)) ? 'excludedResources' : undefined;
}
