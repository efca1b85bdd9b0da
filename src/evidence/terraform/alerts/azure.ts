/** Azure Monitor's alerts. Severity is 0 (critical) to 4; action groups are told. */
import type { Alert } from '../../alerts.ts';
import { isKnown, type Maybe } from '../../known.ts';
import { type Block, type Contents, isOpen, type Nested, nested, textOf } from '../block.ts';
import { alertOf, type Note, noteIn, noteOf, offBy, targetsOf } from './draft.ts';
import { addressIn } from './message.ts';

const ALERT =
  /^azurerm_monitor_(metric_alert|scheduled_query_rules_alert(_v2)?|activity_log_alert|smart_detector_alert_rule)$/;
/** Alerts among the blocks of one repository. */
export function azureAlerts(blocks: readonly Block[]): readonly Alert[] {
  const rules = blocks.find(({ type }) =>
    /^azurerm_monitor_(alert_processing_rule_action_group|action_rule_action_group)$/.test(type),
  );
  return blocks.filter(({ type }) => ALERT.test(type)).map((block) => alert(block, rules));
}

function alert(block: Block, rules: Block | undefined): Alert {
  const criteria = [...nested(block, 'criteria'), ...nested(block, 'dynamic_criteria')];
  const sent = sentAlong(actionsOf(block));
  const query = noteOf(block, 'query') ?? noteIn(criteria, 'query') ?? noteIn(criteria, 'metric_name');
  return alertOf(block, {
    engine: 'azure',
    name: textOf(block, 'name'),
    query,
    metrics: criteria.flatMap((it) => textOf(it, 'metric_name') ?? []).map(spelled),
    counts: criteria.some((it) => /^(total|count)$/i.test(textOf(it, 'aggregation') ?? '')),
    holds: textOf(block, 'window_size') ?? textOf(block, 'window_duration') ?? textOf(block, 'time_window'),
    labels: { severity: severityOf(block) },
    texts: { description: noteOf(block, 'description'), title: noteOf(block, 'display_name'), runbook_url: sent.link },
    openTexts: sent.isOpen,
    sendsTo: toldBy(block, rules),
    muted: offBy(block, 'enabled'),
  });
}

function spelled(metric: string): string {
  return metric.replace(/ResponseTime/i, '$&Latency');
}

function severityOf(block: Block): Note | undefined {
  const written = noteOf(block, 'severity');
  return written && /^[0-4]$/.test(written.text) ? { ...written, text: `Sev${written.text}` } : written;
}

function actionsOf(block: Block): readonly Nested[] {
  return [...nested(block, 'action'), ...nested(block, 'action_group')];
}

const PAYLOADS = ['custom_webhook_payload', 'webhook_payload', 'webhook_properties'];

/** A link that the action sends along, or that it may. */
function sentAlong(actions: readonly Nested[]): { readonly link?: Note; readonly isOpen: boolean } {
  const payloads = actions.flatMap(({ attributes }) => PAYLOADS.flatMap((name) => attributes[name] ?? []));
  for (const { value, at } of payloads) {
    const text = addressIn(typeof value === 'string' ? value : JSON.stringify(value));
    if (text !== undefined) return { link: { text, at }, isOpen: false };
  }
  return { isOpen: payloads.some(({ value }) => isOpen(value)) };
}

function toldBy(block: Block, rules: Block | undefined): Maybe<readonly string[]> {
  const actions = actionsOf(block);
  const groups = actions.map((it) => groupsOf(it));
  const [hidden] = groups.filter((it) => !isKnown(it));
  const known = groups.flatMap((it) => (isKnown(it) ? it.value : []));
  const [dynamic] = actions.filter((it) => it.dynamic);
  if (dynamic) return { opaque: 'as many actions as an expression says', at: dynamic.at };
  if (known.length > 0) return { value: known, via: 'literal', at: actions[0]?.at ?? block.at };
  if (hidden) return hidden;
  if (rules) return { opaque: `${rules.type} "${rules.name}"`, at: rules.at };
  return { value: [], via: 'literal', at: actions[0]?.at ?? block.at };
}

function groupsOf(action: Contents & Pick<Block, 'at'>): Maybe<readonly string[]> {
  return targetsOf(action, ['action_group_id', 'action_groups', 'action_group', 'ids']);
}
