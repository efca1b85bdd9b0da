/** Databases, tables and file systems of AWS in Terraform. Defaults are those of the provider's documentation. */

import { isKnown } from '../known.ts';
import { type Block, maybeAs, nested, placeOf, textOf } from '../terraform/block.ts';
import { byDefault } from '../workloads/object-value.ts';
import { asText } from './as-text.ts';
import { savedByPlans } from './aws-backup.ts';
import { bucketStores } from './aws-buckets.ts';
import type { Backup, Copy, Store } from './store.ts';
import { byDays, changed, flagIn, refersTo, resources, safeguard, storeOf, where } from './terraform-parts.ts';

const RDS_LAG = { most: '5m', source: 'Amazon RDS User Guide: logs are uploaded every five minutes' };
const DYNAMODB_LAG = { most: '5m', source: 'Amazon DynamoDB Developer Guide: up to five minutes before the present' };

/** All stores of AWS among the blocks. */
export function awsStores(blocks: readonly Block[]): readonly Store[] {
  const stores: (readonly [Block, Store])[] = [
    ...resources(blocks, 'aws_db_instance')
      .filter(isOwn)
      .map((it) => [it, instance(it, blocks)] as const),
    ...['aws_rds_cluster', 'aws_docdb_cluster', 'aws_neptune_cluster'].flatMap((type) =>
      resources(blocks, type)
        .filter(isOwn)
        .map((it) => [it, cluster(it, blocks)] as const),
    ),
    ...resources(blocks, 'aws_dynamodb_table').map((it) => [it, table(it)] as const),
    ...resources(blocks, 'aws_efs_file_system').map((it) => [it, files(it, blocks)] as const),
    ...resources(blocks, 'aws_elasticache_replication_group').map((it) => [it, cache(it)] as const),
    ...resources(blocks, 'aws_opensearch_domain').map((it) => [it, search(it)] as const),
    ...bucketStores(blocks),
  ];
  return stores.map(([block, store]) => savedByPlans(store, block, blocks));
}

/** A copy of another database for reading is no store of its own. */
function isOwn({ attributes }: Block): boolean {
  return !attributes.replicate_source_db && !attributes.replication_source_identifier;
}

/** The engine's product: `aurora-postgresql` is postgres. */
function productOf(block: Block): string {
  const engine = (textOf(block, 'engine') ?? '').toLowerCase();
  if (/postgres/.test(engine)) return 'postgres';
  if (/mysql|mariadb|^aurora$/.test(engine)) return 'mysql';
  if (block.type === 'aws_docdb_cluster') return 'mongodb';
  if (block.type === 'aws_neptune_cluster') return 'neptune';
  return /^(sqlserver|oracle|db2)/.exec(engine)?.[1] ?? 'sql';
}

function instance(block: Block, blocks: readonly Block[]): Store {
  const backup: Backup = { ...byDays(block, 'backup_retention_period', 0), means: 'continuous', lag: RDS_LAG };
  const replications = resources(blocks, 'aws_db_instance_automated_backups_replication').filter((it) =>
    refersTo(it, 'source_db_instance_arn', block),
  );
  const copies = replications.map((it): Copy => {
    const holds = where(it, byDefault(true, it.at));
    return { where: 'other-region', by: it.type, holds, at: it.at };
  });
  const safeguards = [safeguard(block, 'deletion_protection', false)];
  return storeOf(block, { product: productOf(block), kind: 'db', backups: [backup], safeguards, copies });
}

function cluster(block: Block, blocks: readonly Block[]): Store {
  const backup: Backup = { ...byDays(block, 'backup_retention_period', 1), means: 'continuous', lag: RDS_LAG };
  const copies = resources(blocks, 'aws_rds_global_cluster')
    .filter(
      (it) => refersTo(it, 'source_db_cluster_identifier', block) || refersTo(block, 'global_cluster_identifier', it),
    )
    .map(
      ({ type, at }): Copy => ({ where: 'other-region', by: type, holds: { opaque: 'its members elsewhere', at }, at }),
    );
  const safeguards = [safeguard(block, 'deletion_protection', false)];
  return storeOf(block, { product: productOf(block), kind: 'db', backups: [backup], safeguards, copies });
}

function table(block: Block): Store {
  const [recovery] = nested(block, 'point_in_time_recovery');
  const on = recovery ? flagIn(recovery, 'enabled', false) : byDefault(false, block.at);
  const at = recovery?.at ?? block.at;
  const [ttl] = nested(block, 'ttl');
  const expires = ttl && flagIn(ttl, 'enabled', true);
  return storeOf(block, {
    product: 'dynamodb',
    kind: 'db',
    backups: [{ by: 'point_in_time_recovery', means: 'continuous', on, lag: DYNAMODB_LAG, at }],
    safeguards: [safeguard(block, 'deletion_protection_enabled', false)],
    ...(ttl && expires && isKnown(expires) && expires.value && { expiries: [{ by: 'ttl', at: ttl.at }] }),
  });
}

function files(block: Block, blocks: readonly Block[]): Store {
  const policies = resources(blocks, 'aws_efs_backup_policy').filter((it) => refersTo(it, 'file_system_id', block));
  const backups = policies.flatMap((it) =>
    nested(it, 'backup_policy').map((policy): Backup => {
      const status = maybeAs(policy, 'status', asText) ?? { opaque: 'no status', at: policy.at };
      const at = placeOf(policy, 'status');
      const daily = { schedule: byDefault('24h', at), retention: byDefault('35d', at) };
      return {
        by: 'aws_efs_backup_policy',
        means: 'snapshots',
        on: where(
          it,
          changed(status, (word) => word === 'ENABLED'),
        ),
        ...daily,
        at,
      };
    }),
  );
  return storeOf(block, { product: 'efs', kind: 'volume', backups });
}

function cache(block: Block): Store {
  const backup: Backup = {
    ...byDays(block, 'snapshot_retention_limit', 0),
    means: 'snapshots',
    schedule: byDefault('24h', block.at),
  };
  return storeOf(block, { product: 'redis', kind: 'cache', backups: [backup] });
}

/** The service takes a snapshot every hour and keeps it for two weeks; nobody can switch that off. */
function search(block: Block): Store {
  const { at } = block;
  const hourly = { schedule: byDefault('1h', at), retention: byDefault('14d', at) };
  const backup: Backup = {
    by: 'automated snapshots of the service',
    means: 'snapshots',
    on: byDefault(true, at),
    ...hourly,
    at,
  };
  return storeOf(block, { product: 'search', kind: 'search', backups: [backup] });
}
