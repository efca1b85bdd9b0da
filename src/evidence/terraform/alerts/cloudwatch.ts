/** CloudWatch alarms. They have no severity; whom they tell says how urgent they are. Alarms that only scale or steer a deployment are no alerts. */

import { table } from '../../../table.ts';
import type { Alert } from '../../alerts.ts';
import { isKnown, type Maybe } from '../../known.ts';
import { list, record, word } from '../../plain-value.ts';
import type { Comparison } from '../../queries/promql.ts';
import { withoutMarks } from '../../yaml/template-marks.ts';
import { asNumber, type Block, type Contents, maybeAs, nested, placeOf, spoken, textOf } from '../block.ts';
import { alertOf, noteOf, offBy, targetsOf } from './draft.ts';

/** What acts on a machine and tells nobody. */
const ACTS = /autoscaling|:automate:|ec2:(recover|reboot|stop|terminate)/i;

const OPERATORS: Readonly<Record<string, Comparison['op']>> = table({
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
});

/** Alarms among the blocks of one repository. */
export function cloudwatchAlerts(blocks: readonly Block[]): readonly Alert[] {
  const composites = blocks.filter(({ type }) => type === 'aws_cloudwatch_composite_alarm');
  const steered = blocks.filter(({ type }) => type === 'aws_codedeploy_deployment_group' || type === 'aws_ecs_service');
  const forwarder = blocks.find((it) => it.type === 'aws_cloudwatch_event_rule' && forwardsAlarms(it));
  return blocks.flatMap((block) => {
    if (block.type !== 'aws_cloudwatch_metric_alarm' && block.type !== 'aws_cloudwatch_composite_alarm') return [];
    const named = targetsOf(block, ['alarm_actions', 'insufficient_data_actions']);
    const told = isKnown(named) ? { ...named, value: named.value.filter((it) => !ACTS.test(it)) } : named;
    if (isKnown(named) && isKnown(told) && named.value.length > 0 && told.value.length === 0) return [];
    const isSilent = isKnown(told) && told.value.length === 0;
    if (isSilent && steered.some((it) => mentions(it, block))) return [];
    const parent = isSilent ? composites.find((it) => it !== block && mentions(it, block)) : undefined;
    const sendsTo = parent ? targetsOf(parent, ['alarm_actions']) : isSilent && forwarder ? through(forwarder) : told;
    const muted = offBy(block, 'actions_enabled');
    // What only feeds a composite alarm is told by that one.
    const feeds = muted ? composites.find((it) => it !== block && mentions(it, block)) : undefined;
    return [alarmOf(block, feeds ? targetsOf(feeds, ['alarm_actions']) : sendsTo, feeds ? undefined : muted)];
  });
}

function alarmOf(block: Block, sendsTo: Maybe<readonly string[]>, muted: Alert['muted']): Alert {
  const metrics = metricsIn(block);
  const query = noteOf(block, 'alarm_rule') ??
    noteOf(block, 'metric_name') ?? { text: metrics.join(' '), at: block.at };
  const period = Number(textOf(block, 'period')) * Number(textOf(block, 'evaluation_periods'));
  return alertOf(block, {
    engine: 'cloudwatch',
    name: textOf(block, 'alarm_name'),
    query,
    metrics,
    comparison: comparisonOf(block),
    silenceAt: /^breaching$/i.test(textOf(block, 'treat_missing_data') ?? '')
      ? placeOf(block, 'treat_missing_data')
      : undefined,
    counts: /^(sum|samplecount)$/i.test(textOf(block, 'statistic') ?? ''),
    ...(Number.isFinite(period) && { holds: `${period}s` }),
    texts: { description: noteOf(block, 'alarm_description') },
    sendsTo,
    muted,
  });
}

/** Threshold and direction of an alarm, where both are written down. */
function comparisonOf(block: Block): Comparison | undefined {
  const op = OPERATORS[textOf(block, 'comparison_operator') ?? ''];
  const threshold = maybeAs(block, 'threshold', asNumber);
  return op && { op, ...(isKnown(threshold) && { number: threshold.value }) };
}

/** Metrics with the name of what they are about, so that their words tell what is watched. */
function metricsIn(block: Block): readonly string[] {
  const queries = nested(block, 'metric_query').flatMap((it) => nested(it, 'metric'));
  return [block, ...queries].flatMap((it: Contents) => {
    const metric = textOf(it, 'metric_name');
    if (metric === undefined) return [];
    const about = textOf(it, 'namespace') ?? '';
    const spelled = metric
      .replace(/ResponseTime|IteratorAge|AgeOfOldestMessage/, '$&Latency')
      .replace(/(\d)XX/g, '$1xx');
    return [/^AWS\/SQS$/i.test(about) ? `${spelled} queue` : spelled];
  });
}

/** Whether a resource refers to an alarm, by reference or by name. */
function mentions(other: Block, alarm: Block): boolean {
  const text = withoutMarks(JSON.stringify([other.attributes, other.blocks]));
  const name = textOf(alarm, 'alarm_name');
  return (
    text.includes(`${alarm.type}.${alarm.name}.`) ||
    text.includes(`${alarm.type}.${alarm.name}[`) ||
    (name !== undefined && name.length > 3 && text.includes(withoutMarks(name)))
  );
}

/** An EventBridge rule may pass the state of every alarm on. */
function forwardsAlarms({ attributes }: Block): boolean {
  const pattern = attributes.event_pattern?.value;
  const sources = list(record(pattern).source).map(word);
  return sources.includes('aws.cloudwatch') || (typeof pattern === 'string' && /"aws\.cloudwatch"/.test(pattern));
}

function through({ name, at, attributes }: Block): Maybe<readonly string[]> {
  return { opaque: `the EventBridge rule ${spoken(attributes.name?.value ?? name)}`, at };
}
