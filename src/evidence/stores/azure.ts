/** Databases and storage of Azure in Terraform. Defaults are those of the provider's documentation; its databases are always backed up. */
import { asNumber, type Block, maybeAs, nested, textOf } from '../terraform/block.ts';
import { byDefault } from '../workloads/object-value.ts';
import { asText } from './as-text.ts';
import type { Backup, Copy, Store } from './store.ts';
import { byDays, changed, flagIn, refersTo, resources, storeOf, where } from './terraform-parts.ts';

const SERVER = /^azurerm_(postgresql|mysql)_(?:flexible_)?server$/;
const SERVER_LAG = {
  most: '5m',
  source: 'Azure Database documentation, backup and restore: logs are archived every five minutes',
};
const SQL_LAG = { most: '10m', source: 'Azure SQL documentation: log backups every ten minutes or so' };
/** Minutes between Cosmos DB's periodic backups, where nobody says otherwise. */
const PERIOD = 240;

/** All stores of Azure among the blocks. */
export function azureStores(blocks: readonly Block[]): readonly Store[] {
  const there = blocks.filter(({ kind, absent }) => kind === 'resource' && absent === undefined);
  const stores: (readonly [Block, Store])[] = [
    ...there.filter(({ type }) => SERVER.test(type)).map((it) => [it, server(it)] as const),
    ...resources(blocks, 'azurerm_mssql_database').map((it) => [it, database(it)] as const),
    ...resources(blocks, 'azurerm_cosmosdb_account').map((it) => [it, cosmos(it)] as const),
    ...resources(blocks, 'azurerm_storage_account').map((it) => [it, storage(it)] as const),
  ];
  return stores.map(([block, store]) => locked(store, block, blocks));
}

/** A lock that forbids to delete it. */
function locked(store: Store, block: Block, blocks: readonly Block[]): Store {
  const locks = resources(blocks, 'azurerm_management_lock').filter((it) => refersTo(it, 'scope', block));
  const safeguards = locks.map((it) => ({ by: it.type, holds: where(it, byDefault(true, it.at)), at: it.at }));
  return { ...store, safeguards: [...store.safeguards, ...safeguards] };
}

function server(block: Block): Store {
  const backup: Backup = { ...byDays(block, 'backup_retention_days', 7), means: 'continuous', lag: SERVER_LAG };
  return storeOf(block, {
    product: SERVER.exec(block.type)?.[1] === 'mysql' ? 'mysql' : 'postgres',
    kind: 'db',
    backups: [backup],
    copies: [geo(block, 'geo_redundant_backup_enabled')],
  });
}

function geo(block: Block, by: string): Copy {
  return { where: 'other-region', by, holds: flagIn(block, by, false), at: block.attributes[by]?.at ?? block.at };
}

function database(block: Block): Store {
  const [policy] = nested(block, 'short_term_retention_policy');
  const kept = byDays(policy ?? block, 'retention_days', 7);
  const type = maybeAs(block, 'storage_account_type', asText);
  const geoCopy: Copy = {
    where: 'other-region',
    by: 'storage_account_type',
    holds: type ? changed(type, (it) => /^Geo/.test(it)) : byDefault(true, block.at),
    at: block.at,
  };
  return storeOf(block, {
    product: 'sqlserver',
    kind: 'db',
    backups: [{ ...kept, means: 'continuous', lag: SQL_LAG }],
    copies: [geoCopy],
  });
}

function cosmos(block: Block): Store {
  const [backup] = nested(block, 'backup');
  const { at } = backup ?? block;
  if (backup && textOf(backup, 'type') === 'Continuous')
    return storeOf(block, {
      product: 'cosmosdb',
      kind: 'db',
      backups: [
        {
          by: 'backup',
          means: 'continuous',
          on: byDefault(true, at),
          lag: { most: '2m', source: 'Azure Cosmos DB documentation: every 100 seconds' },
          at,
        },
      ],
    });
  const minutes = (backup && maybeAs(backup, 'interval_in_minutes', asNumber)) ?? byDefault(PERIOD, at);
  const schedule = changed(minutes, (it) => `${it}m`);
  return storeOf(block, {
    product: 'cosmosdb',
    kind: 'db',
    backups: [{ by: 'backup', means: 'snapshots', on: byDefault(true, at), schedule, at }],
  });
}

function storage(block: Block): Store {
  const [blobs] = nested(block, 'blob_properties');
  const backup: Backup = {
    by: 'versioning_enabled',
    means: 'versions',
    on: blobs ? flagIn(blobs, 'versioning_enabled', false) : byDefault(false, block.at),
    at: blobs?.at ?? block.at,
  };
  const kind = maybeAs(block, 'account_replication_type', asText);
  const copies: readonly Copy[] = kind
    ? [
        {
          where: 'other-region',
          by: 'account_replication_type',
          holds: changed(kind, (it) => /G/.test(it)),
          at: kind.at,
        },
      ]
    : [];
  return storeOf(block, { product: 'blob', kind: 'bucket', backups: [backup], copies });
}
