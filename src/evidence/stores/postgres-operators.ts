/** PostgreSQL as its operators run it: CloudNativePG, Crunchy's and Zalando's. */
import { isKnown, type Maybe } from '../known.ts';
import { list, record, word } from '../plain-value.ts';
import type { ManifestObject } from '../workloads/manifest-object.ts';
import { byDefault, flagAt, textAt, valueAt } from '../workloads/object-value.ts';
import { objectStore } from './of-object.ts';
import type { Backup, Store } from './store.ts';

const ARCHIVE_LAG = {
  most: '5m',
  source: 'CloudNativePG documentation, WAL archiving: archive_timeout is five minutes',
};
const CRUNCHY_LAG = {
  most: '1m',
  source: 'Crunchy Postgres for Kubernetes documentation: archive_timeout is 60 seconds',
};

/** A cluster of CloudNativePG. Archived logs need a base backup to start from, so that they count only with a schedule. */
export function cloudNativePg(object: ManifestObject, objects: readonly ManifestObject[]): readonly Store[] {
  if (object.kind !== 'Cluster' || !object.apiVersion.startsWith('postgresql.cnpg.io/')) return [];
  const schedules = objects
    .filter(
      (it) => it.kind === 'ScheduledBackup' && it.origin === object.origin && it.environment === object.environment,
    )
    .filter((it) => word(valueAt(it, ['spec', 'cluster', 'name'])) === object.name)
    .map(scheduledBackup);
  const archive = archiveOf(object);
  const [first] = schedules;
  const logs: readonly Backup[] =
    archive && first ? [{ by: archive.by, means: 'continuous', on: first.on, lag: ARCHIVE_LAG, at: archive.at }] : [];
  const database = word(valueAt(object, ['spec', 'bootstrap', 'initdb', 'database']));
  const names = [object.name, ...(database === undefined ? [] : [database])];
  return [objectStore(object, { product: 'postgres', kind: 'db', names, backups: [...schedules, ...logs] })];
}

function archiveOf(object: ManifestObject): Pick<Backup, 'by' | 'at'> | undefined {
  const path = ['spec', 'backup', 'barmanObjectStore'];
  if (valueAt(object, path) !== undefined) return { by: 'barmanObjectStore', at: object.at(path) };
  const index = list(valueAt(object, ['spec', 'plugins'])).findIndex(
    (it) => /barman-cloud/.test(word(record(it).name) ?? '') && record(it).isWALArchiver === true,
  );
  return index < 0 ? undefined : { by: 'barman-cloud', at: object.at(['spec', 'plugins', index]) };
}

function scheduledBackup(object: ManifestObject): Backup {
  const schedule = textAt(object, ['spec', 'schedule']);
  return {
    by: `ScheduledBackup ${object.name}`,
    means: 'snapshots',
    on: notSuspended(object, ['spec', 'suspend']),
    ...(schedule && { schedule }),
    dialect: 'seconds-first',
    at: object.at(['spec', 'schedule']),
  };
}

/** On, unless it says that it waits. */
export function notSuspended(object: ManifestObject, path: readonly string[]): Maybe<boolean> {
  const suspended = flagAt(object, path);
  if (object.when !== undefined) return { opaque: object.when, at: object.at([]) };
  if (!suspended) return byDefault(true, object.at([]));
  return isKnown(suspended) ? { ...suspended, value: !suspended.value } : suspended;
}

/** A cluster of Crunchy's operator: pgBackRest archives always, and makes backups by the schedules of its repositories. */
export function crunchy(object: ManifestObject): readonly Store[] {
  if (object.kind !== 'PostgresCluster' || !object.apiVersion.startsWith('postgres-operator.crunchydata.com/'))
    return [];
  const path = ['spec', 'backups', 'pgbackrest', 'repos'];
  const schedules = list(valueAt(object, path)).flatMap((repository, index) =>
    ['full', 'differential', 'incremental'].flatMap((kind): readonly Backup[] => {
      const at = [...path, index, 'schedules', kind];
      const schedule = record(record(repository).schedules)[kind] === undefined ? undefined : textAt(object, at);
      return schedule
        ? [
            {
              by: `pgBackRest, ${kind}`,
              means: 'snapshots',
              on: byDefault(true, object.at(at)),
              schedule,
              at: object.at(at),
            },
          ]
        : [];
    }),
  );
  const [first] = schedules;
  const logs: readonly Backup[] = first
    ? [{ by: 'pgBackRest', means: 'continuous', on: first.on, lag: CRUNCHY_LAG, at: object.at(path) }]
    : [];
  return [objectStore(object, { product: 'postgres', kind: 'db', backups: [...schedules, ...logs] })];
}

/** A cluster of Zalando's operator, whose own settings say whether backups are made. */
export function zalando(object: ManifestObject): readonly Store[] {
  if (object.kind !== 'postgresql' || !object.apiVersion.startsWith('acid.zalan.do/')) return [];
  return [
    objectStore(object, {
      product: 'postgres',
      kind: 'db',
      partial: 'backups are settings of the operator, which are not here',
    }),
  ];
}
