/** Databases and buckets of Google Cloud in Terraform. Defaults are those of the provider's documentation. */
import type { Place } from '../../model.ts';
import type { Maybe } from '../known.ts';
import { asNumber, type Block, type Contents, maybeAs, nested, placeOf, textOf } from '../terraform/block.ts';
import { byDefault } from '../workloads/object-value.ts';
import { asText } from './as-text.ts';
import type { Backup, Copy, Expiry, Store } from './store.ts';
import { changed, flagIn, resources, safeguard, storeOf } from './terraform-parts.ts';

const SQL_LAG = {
  most: '5m',
  source: 'Cloud SQL documentation, point-in-time recovery: logs are saved every five minutes',
};
const REGIONS = /^(?:asia|eu|us|[a-z]{3,5}\d|[a-z]+-[a-z]+\d)$/i;

type Placed = Contents & { readonly at: Place };

/** All stores of Google Cloud among the blocks. */
export function googleStores(blocks: readonly Block[]): readonly Store[] {
  return [
    ...resources(blocks, 'google_sql_database_instance')
      .filter(({ attributes }) => !attributes.master_instance_name)
      .map(database),
    ...resources(blocks, 'google_storage_bucket').map(bucket),
  ];
}

function database(block: Block): Store {
  const settings = nested(block, 'settings');
  const configurations = settings.flatMap((it) => nested(it, 'backup_configuration'));
  const version = (textOf(block, 'database_version') ?? '').toLowerCase();
  const product = /postgres/.test(version) ? 'postgres' : /mysql/.test(version) ? 'mysql' : 'sql';
  const off: Backup = { by: 'backup_configuration', means: 'snapshots', on: byDefault(false, block.at), at: block.at };
  return storeOf(block, {
    product,
    kind: 'db',
    backups: configurations.length > 0 ? configurations.flatMap(backupsOf) : [off],
    safeguards: [
      safeguard(block, 'deletion_protection', true),
      ...settings
        .filter(({ attributes }) => attributes.deletion_protection_enabled)
        .map((it) => safeguard(it, 'deletion_protection_enabled', false)),
    ],
    copies: configurations.flatMap((it) => copyOf(it, textOf(block, 'region'))),
  });
}

function backupsOf(configuration: Placed): readonly Backup[] {
  const { at } = configuration;
  const [kept] = nested(configuration, 'backup_retention_settings');
  const count = kept && maybeAs(kept, 'retained_backups', asNumber);
  const retention = count ? changed(count, (days) => `${days}d`) : byDefault('7d', at);
  const on = flagIn(configuration, 'enabled', false);
  const daily: Backup = {
    by: 'backup_configuration',
    means: 'snapshots',
    on,
    schedule: byDefault('24h', at),
    retention,
    at,
  };
  const logs = ['point_in_time_recovery_enabled', 'binary_log_enabled'].flatMap((name) => {
    const logged = maybeAs(configuration, name, asFlagOf(on));
    return logged
      ? [{ by: name, means: 'continuous' as const, on: logged, lag: SQL_LAG, at: placeOf(configuration, name) }]
      : [];
  });
  return [daily, ...logs];
}

/** Logs without the backups that they start from restore nothing. */
function asFlagOf(on: Maybe<boolean>): (value: unknown) => boolean | undefined {
  return (value) => (typeof value === 'boolean' ? value && (!('value' in on) || on.value) : undefined);
}

/** Backups kept in another place than the instance. */
function copyOf(configuration: Placed, region: string | undefined): readonly Copy[] {
  const location = maybeAs(configuration, 'location', asText);
  if (!location) return [];
  const at = placeOf(configuration, 'location');
  const holds = changed(location, (it) => region !== undefined && REGIONS.test(it) && !it.startsWith(region));
  return [
    {
      where: 'other-region',
      by: 'location of the backups',
      holds: region === undefined ? { opaque: 'its region', at } : holds,
      at,
    },
  ];
}

function bucket(block: Block): Store {
  const versioning = nested(block, 'versioning');
  const backups = versioning.map(
    (it): Backup => ({ by: 'versioning', means: 'versions', on: flagIn(it, 'enabled', false), at: it.at }),
  );
  const off: Backup = { by: 'versioning', means: 'versions', on: byDefault(false, block.at), at: block.at };
  return storeOf(block, {
    product: 'gcs',
    kind: 'bucket',
    backups: backups.length > 0 ? backups : [off],
    safeguards: [safeguard(block, 'force_destroy', true, false)],
    copies: nested(block, 'retention_policy').map(
      (it): Copy => ({ where: 'immutable', by: 'retention_policy', holds: flagIn(it, 'is_locked', false), at: it.at }),
    ),
    expiries: nested(block, 'lifecycle_rule').flatMap(expiryOf),
  });
}

function expiryOf(rule: Placed): readonly Expiry[] {
  const deletes = nested(rule, 'action').some((it) => textOf(it, 'type') === 'Delete');
  const [condition] = nested(rule, 'condition');
  const days = condition && maybeAs(condition, 'age', asNumber);
  if (!deletes || !condition || !days) return [];
  const limits = ['matches_prefix', 'matches_suffix', 'with_state', 'num_newer_versions'].filter(
    (it) => condition.attributes[it],
  );
  return [
    { by: 'lifecycle rule', days, ...(limits.length > 0 && { part: `objects by ${limits.join(', ')}` }), at: rule.at },
  ];
}
