/** Plans of AWS Backup: which resources they select, when they run, and where they copy to. */
import type { Maybe } from '../known.ts';
import { list, record, word } from '../plain-value.ts';
import { asNumber, type Block, maybeAs, type Nested, nested, placeOf, spoken, textOf } from '../terraform/block.ts';
import { byDefault } from '../workloads/object-value.ts';
import { asText } from './as-text.ts';
import type { Backup, Copy, Store } from './store.ts';
import { changed, isElsewhere, refersTo, resources, where } from './terraform-parts.ts';

/** The store with what the plans that select it do. */
export function savedByPlans(store: Store, block: Block, blocks: readonly Block[]): Store {
  const plans = resources(blocks, 'aws_backup_plan');
  const chosen = resources(blocks, 'aws_backup_selection').flatMap((selection) => {
    const taken = selects(selection, block);
    const plan = plans.find((it) => refersTo(selection, 'plan_id', it));
    return taken && plan ? [{ taken: where(plan, where(selection, taken)), plan }] : [];
  });
  const rules = chosen.flatMap(({ taken, plan }) => nested(plan, 'rule').map((rule) => ({ taken, rule, plan })));
  const locked = resources(blocks, 'aws_backup_vault_lock_configuration');
  return {
    ...store,
    backups: [...store.backups, ...rules.map(({ taken, rule }) => backupOf(taken, rule))],
    copies: [...store.copies, ...rules.flatMap(({ taken, rule, plan }) => copiesOf(taken, rule, plan, locked, blocks))],
  };
}

/** By the resource itself, by everything, or by a tag. */
function selects(selection: Block, block: Block): Maybe<boolean> | undefined {
  const { at } = selection;
  if (refersTo(selection, 'resources', block)) return byDefault(true, at);
  const listed = list(selection.attributes.resources?.value).map(String);
  if (listed.includes('*')) return byDefault(true, at);
  const tags = nested(selection, 'selection_tag');
  if (tags.length === 0) return undefined;
  const own = record(block.attributes.tags?.value);
  const isMarked = tags.some((tag) => {
    const [key, value] = [textOf(tag, 'key') ?? '', textOf(tag, 'value')];
    return key in own && word(own[key]) === value;
  });
  if (isMarked) return byDefault(true, at);
  // Tags may come from the provider, or from what nobody can read here.
  return { opaque: `resources with the tag ${spoken(tags[0]?.attributes.key?.value ?? '')}`, at };
}

function backupOf(taken: Maybe<boolean>, rule: Nested): Backup {
  const schedule = maybeAs(rule, 'schedule', asText);
  const [lifecycle] = nested(rule, 'lifecycle');
  const kept = lifecycle && maybeAs(lifecycle, 'delete_after', asNumber);
  const continuous = rule.attributes.enable_continuous_backup?.value === true;
  return {
    by: 'aws_backup_plan',
    means: continuous ? 'continuous' : 'snapshots',
    on: taken,
    ...(continuous
      ? { lag: { most: '5m', source: 'AWS Backup Developer Guide, point-in-time recovery' } }
      : { schedule: schedule ?? { opaque: 'it has no schedule', at: rule.at }, dialect: 'aws' as const }),
    ...(kept && { retention: changed(kept, (days) => `${days}d`) }),
    at: placeOf(rule, 'schedule'),
  };
}

function copiesOf(
  taken: Maybe<boolean>,
  rule: Nested,
  plan: Block,
  locked: readonly Block[],
  blocks: readonly Block[],
): readonly Copy[] {
  const vault = resources(blocks, 'aws_backup_vault').find((it) => refersTo(rule, 'target_vault_name', it));
  const lock = vault && locked.find((it) => refersTo(it, 'backup_vault_name', vault));
  const immutable: readonly Copy[] = lock
    ? [{ where: 'immutable', by: lock.type, holds: where(lock, taken), at: lock.at }]
    : [];
  return [...immutable, ...nested(rule, 'copy_action').map((it): Copy => copyTo(it, taken, plan, blocks))];
}

/** A vault that another provider makes is in another region or account; of an address alone nobody can tell whether it is. */
function copyTo(action: Nested, taken: Maybe<boolean>, plan: Block, blocks: readonly Block[]): Copy {
  const at = placeOf(action, 'destination_vault_arn');
  const vault = resources(blocks, 'aws_backup_vault').find((it) => refersTo(action, 'destination_vault_arn', it));
  const holds =
    vault && isElsewhere(vault, plan) ? where(vault, taken) : { opaque: `where ${targetOf(action)} is`, at };
  return { where: 'other-region', by: 'copy_action', holds, at };
}

function targetOf(action: Nested): string {
  return spoken(action.attributes.destination_vault_arn?.value ?? '') || 'the other vault';
}
