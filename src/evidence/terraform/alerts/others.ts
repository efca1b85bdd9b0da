/** New Relic's conditions, Grafana's rule groups, and services that ask a site from outside. */

import { table } from '../../../table.ts';
import type { Alert } from '../../alerts.ts';
import type { Maybe } from '../../known.ts';
import { list, record, word } from '../../plain-value.ts';
import { type Block, type Nested, nested, textOf } from '../block.ts';
import { alertOf, labelsOf, type Note, noteIn, noteOf, offBy, targetsOf } from './draft.ts';

/** New Relic: a policy holds conditions, and workflows or channels send on what violates them. */
export function newRelicAlerts(blocks: readonly Block[]): readonly Alert[] {
  const sender = blocks.find(({ type }) => /^newrelic_(workflow|alert_policy_channel)$/.test(type));
  return blocks
    .filter(({ type }) => /^newrelic_\w*alert_condition$/.test(type))
    .map((block) => {
      const query = noteIn(nested(block, 'nrql'), 'query') ?? noteOf(block, 'metric');
      return alertOf(block, {
        engine: 'newrelic',
        name: textOf(block, 'name'),
        query,
        metrics: [textOf(block, 'metric') ?? ''].filter(Boolean),
        labels: { severity: newRelicSeverity(block) },
        texts: { description: noteOf(block, 'description'), runbook_url: noteOf(block, 'runbook_url') },
        sendsTo: sender
          ? { value: [`${sender.type}.${sender.name}`], via: 'literal', at: sender.at }
          : { opaque: 'workflows of the account', at: block.at },
        muted: offBy(block, 'enabled'),
      });
    });
}

function newRelicSeverity(block: Block): Note | undefined {
  const [critical] = nested(block, 'critical');
  const [warning] = nested(block, 'warning');
  if (critical) return { text: 'critical', at: critical.at };
  return warning ? { text: 'warning', at: warning.at } : noteIn(nested(block, 'term'), 'priority');
}

/** Grafana: a group of rules; the rule or the notification policies say who is told. */
export function grafanaAlerts(blocks: readonly Block[]): readonly Alert[] {
  const policy = blocks.find(({ type }) => type === 'grafana_notification_policy');
  return blocks
    .filter(({ type }) => type === 'grafana_rule_group')
    .flatMap((block) => nested(block, 'rule').map((rule) => grafanaRule(block, rule, policy)));
}

function grafanaRule(block: Block, rule: Nested, policy: Block | undefined): Alert {
  const query = nested(rule, 'data').flatMap((it) => exprIn(it) ?? [])[0];
  const [own] = nested(rule, 'notification_settings');
  return alertOf(block, {
    engine: 'grafana',
    name: textOf(rule, 'name'),
    at: rule.at,
    query,
    isPromql: query !== undefined,
    holds: textOf(rule, 'for'),
    labels: labelsOf(rule, 'labels'),
    texts: labelsOf(rule, 'annotations'),
    sendsTo: own ? targetsOf(own, ['contact_point']) : policyOf(policy, rule),
    muted: offBy(rule, 'is_paused', true),
  });
}

function policyOf(policy: Block | undefined, rule: Nested): Maybe<readonly string[]> {
  return policy ? targetsOf(policy, ['contact_point']) : { opaque: "Grafana's notification policies", at: rule.at };
}

function exprIn(data: Nested): Note | undefined {
  const { value, at } = data.attributes.model ?? {};
  if (value === undefined || !at) return undefined;
  const model = record(typeof value === 'string' ? parsed(value) : value);
  const text = word(model.expr);
  return text ? { text, at } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Attributes by which checks from outside name whom they tell, by the first word of the resource's type. */
const CONTACTS: Readonly<Record<string, readonly string[]>> = table({
  statuscake: ['contact_groups', 'contact_group'],
  pingdom: ['integrationids', 'integration_ids', 'userids', 'user_ids', 'teamids', 'team_ids'],
  uptimerobot: ['alert_contact', 'contacts'],
  betteruptime: ['policy_id', 'team_name'],
});

/** Checks from outside: they tell the contacts they name. */
export function uptimeAlerts(blocks: readonly Block[]): readonly Alert[] {
  return blocks
    .filter(({ type }) =>
      /^(statuscake_(uptime_check|heartbeat_check|test)|pingdom_check|uptimerobot_monitor|betteruptime_monitor|checkly_check)$/.test(
        type,
      ),
    )
    .map((block) =>
      alertOf(block, {
        engine: 'uptime',
        name: textOf(block, 'name') ?? textOf(block, 'friendly_name') ?? textOf(block, 'website_name'),
        query: noteOf(block, 'url') ?? noteOf(block, 'host') ?? noteOf(block, 'website_url'),
        metrics: ['probe_up'],
        sendsTo: contactsOf(block),
        muted: offBy(block, 'activated') ?? offBy(block, 'paused', true),
      }),
    );
}

/** What is not named in the check may be set for the account. */
function contactsOf(block: Block): Maybe<readonly string[]> {
  const names = CONTACTS[block.type.split('_')[0] ?? ''] ?? [];
  const told = targetsOf(block, names);
  const subscribed = nested(block, 'alert_channel_subscription').concat(nested(block, 'alert_contact'));
  if ('value' in told && told.value.length === 0) {
    const [first] = subscribed;
    return first
      ? { value: subscribed.map(({ type }) => type), via: 'literal', at: first.at }
      : { opaque: "the account's contacts", at: block.at };
  }
  return 'value' in told ? { ...told, value: list(told.value).map(String) } : told;
}
