/** Buckets of S3 in Terraform, with the resources beside them that say how they keep what is in them. */
import type { Place } from '../../model.ts';
import type { Maybe } from '../known.ts';
import { asNumber, type Block, type Contents, maybeAs, nested, placeOf } from '../terraform/block.ts';
import { byDefault } from '../workloads/object-value.ts';
import { asText } from './as-text.ts';
import type { Backup, Copy, Expiry, Store } from './store.ts';
import { changed, flagIn, isElsewhere, refersTo, resources, safeguard, storeOf, where } from './terraform-parts.ts';

/** Each bucket with its block. */
export function bucketStores(blocks: readonly Block[]): readonly (readonly [Block, Store])[] {
  return resources(blocks, 'aws_s3_bucket').map((it) => [it, bucket(it, blocks)] as const);
}

function bucket(block: Block, blocks: readonly Block[]): Store {
  const beside = (type: string): readonly Block[] =>
    resources(blocks, type).filter((it) => refersTo(it, 'bucket', block));
  const rules = [
    block,
    ...beside('aws_s3_bucket_lifecycle_configuration').filter(({ when }) => when === undefined),
  ].flatMap((it) => [
    ...nested(it, 'lifecycle_rule'),
    ...nested(it, 'rule').filter(
      (rule) => nested(rule, 'expiration').length + nested(rule, 'noncurrent_version_expiration').length > 0,
    ),
  ]);
  return storeOf(block, {
    product: 's3',
    kind: 'bucket',
    backups: versioning(block, beside('aws_s3_bucket_versioning')),
    // A bucket that holds anything is not deleted unless it is forced.
    safeguards: [safeguard(block, 'force_destroy', true, false)],
    copies: [
      ...locks(block, beside('aws_s3_bucket_object_lock_configuration')),
      ...beside('aws_s3_bucket_replication_configuration').map((it) => replication(it, block, blocks)),
    ],
    expiries: rules.flatMap(expiriesOf),
  });
}

function versioning(block: Block, beside: readonly Block[]): readonly Backup[] {
  const inner = nested(block, 'versioning').map((it) => ({ on: flagIn(it, 'enabled', false), at: it.at }));
  const outer = beside.flatMap((it) =>
    nested(it, 'versioning_configuration').map((configuration) => {
      const status = maybeAs(configuration, 'status', asText) ?? { opaque: 'no status', at: configuration.at };
      return {
        on: where(
          it,
          changed(status, (word) => word === 'Enabled'),
        ),
        at: placeOf(configuration, 'status'),
      };
    }),
  );
  const found = [...inner, ...outer];
  const all = found.length > 0 ? found : [{ on: byDefault(false, block.at), at: block.at }];
  return all.map(({ on, at }) => ({ by: 'versioning', means: 'versions', on, at }));
}

/** A lock without a rule locks nothing by itself. */
function locks(block: Block, beside: readonly Block[]): readonly Copy[] {
  const inside = nested(block, 'object_lock_configuration').map((it) => ({ it, holder: block }));
  return [...inside, ...beside.map((it) => ({ it, holder: it }))].flatMap(({ it, holder }) => {
    const rules = nested(it, 'rule').flatMap((rule) => nested(rule, 'default_retention'));
    return rules.map(({ at }): Copy => {
      const holds = holder === block ? byDefault(true, at) : where(holder, byDefault(true, at));
      return { where: 'immutable', by: 'object lock', holds, at };
    });
  });
}

/** A bucket of another account, or one that another provider makes; where any other is cannot be seen. */
function replication(resource: Block, block: Block, blocks: readonly Block[]): Copy {
  const { at } = resource;
  const rules = nested(resource, 'rule');
  const destinations = rules.flatMap((rule) => nested(rule, 'destination'));
  const account = destinations.some((it) => it.attributes.account);
  const others = resources(blocks, 'aws_s3_bucket').filter((it) => isElsewhere(it, block));
  const apart = account || destinations.some((it) => others.some((other) => refersTo(it, 'bucket', other)));
  const enabled = rules.some((rule) => rule.attributes.status?.value === 'Enabled');
  const holds: Maybe<boolean> =
    apart || !enabled ? byDefault(enabled, at) : { opaque: 'where the other bucket is', at };
  return { where: account ? 'other-account' : 'other-region', by: 'replication', holds: where(resource, holds), at };
}

function expiriesOf(rule: Contents & { readonly at: Place }): readonly Expiry[] {
  const status = rule.attributes.status?.value ?? rule.attributes.enabled?.value;
  if (status === 'Disabled' || status === false) return [];
  const part = partOf(rule);
  return nested(rule, 'expiration').flatMap((it): readonly Expiry[] => {
    const days = maybeAs(it, 'days', asNumber);
    return days ? [{ by: 'lifecycle rule', days, ...(part !== undefined && { part }), at: placeOf(it, 'days') }] : [];
  });
}

function partOf(rule: Contents): string | undefined {
  const filters = [rule, ...nested(rule, 'filter'), ...nested(rule, 'filter').flatMap((it) => nested(it, 'and'))];
  const prefix = filters.flatMap((it) => it.attributes.prefix?.value ?? []).find((it) => it !== '');
  const tagged = filters.some((it) => it.attributes.tags ?? nested(it, 'tag').length > 0);
  if (typeof prefix === 'string') return `objects below ${prefix}`;
  return tagged ? 'objects with a tag' : undefined;
}
