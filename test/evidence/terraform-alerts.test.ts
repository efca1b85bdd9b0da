/** Alarms and monitors of Terraform as alerts: names, severities, texts, whom they tell. */
import { describe, expect, it } from 'vitest';
import { collector } from '../../src/evidence/alerts.ts';
import { handlesIn, runbookIn, tellsSteps } from '../../src/evidence/terraform/alerts/message.ts';
import { collected, spot } from './collected.ts';

async function alertsIn(text: string) {
  return (await collected(collector, { 'infra/a.tf': text })).facts.alerts;
}

async function told(text: string): Promise<readonly string[]> {
  return (await alertsIn(text)).map(({ name, sendsTo, muted }) => {
    const to = sendsTo === undefined ? '' : 'opaque' in sendsTo ? `? ${sendsTo.opaque}` : sendsTo.value.join(' ');
    return `${name}: ${to}${muted ? ` (${muted.because})` : ''}`;
  });
}

function alarm(body: string, name = 'a'): string {
  return `resource "aws_cloudwatch_metric_alarm" "${name}" {\n  alarm_name = "${name}-alarm"\n${body}\n}\n`;
}

describe('an alarm of CloudWatch', () => {
  it('has metrics, a time and a place, and no severity', async () => {
    const [alert] = await alertsIn(
      alarm(
        '  metric_name = "TargetResponseTime"\n  namespace = "AWS/ApplicationELB"\n  period = 60\n  evaluation_periods = 5\n  alarm_description = "Slow"\n  alarm_actions = [aws_sns_topic.p.arn]',
      ),
    );
    expect(alert).toMatchObject({
      engine: 'cloudwatch',
      name: 'a-alarm',
      signals: ['latency'],
      for: '300s',
      labels: {},
      annotations: { description: 'Slow' },
    });
    expect(spot(alert?.at ?? { path: '' })).toBe('infra/a.tf:1:1');
  });

  it.each([
    ['alarm_actions = [aws_sns_topic.p.arn]', 'a-alarm: aws_sns_topic.p.arn'],
    ['alarm_actions = [var.topic]', 'a-alarm: var.topic'],
    ['alarm_actions = var.topics', 'a-alarm: ? var.topics'],
    ['alarm_actions = var.on ? [aws_sns_topic.p.arn] : []', 'a-alarm: ? var.on ? [aws_sns_topic.p.arn] : []'],
    ['alarm_actions = []', 'a-alarm: '],
    ['ok_actions = [aws_sns_topic.p.arn]', 'a-alarm: '],
    ['insufficient_data_actions = [aws_sns_topic.p.arn]', 'a-alarm: aws_sns_topic.p.arn'],
    [
      'actions_enabled = false\n  alarm_actions = [aws_sns_topic.p.arn]',
      'a-alarm: aws_sns_topic.p.arn (actions_enabled = false)',
    ],
    ['actions_enabled = var.on\n  alarm_actions = [aws_sns_topic.p.arn]', 'a-alarm: aws_sns_topic.p.arn'],
  ])('with %s', async (body, expected) => {
    expect(await told(alarm(`  ${body}`))).toEqual([expected]);
  });

  it('that steers a deployment, or recovers a machine, is no alert', async () => {
    const group =
      'resource "aws_codedeploy_deployment_group" "g" {\n  alarm_configuration {\n    alarms = [aws_cloudwatch_metric_alarm.a.alarm_name]\n  }\n}\n';
    expect(
      await told(alarm('') + group + alarm('  alarm_actions = ["arn:aws:automate:eu-west-1:ec2:recover"]', 'b')),
    ).toEqual([]);
  });

  it('may be passed on by an EventBridge rule', async () => {
    const rule =
      'resource "aws_cloudwatch_event_rule" "r" {\n  event_pattern = jsonencode({ source = ["aws.cloudwatch"] })\n}\n';
    expect(await told(alarm('') + rule)).toEqual(['a-alarm: ? the EventBridge rule r']);
  });

  it('that is switched off and feeds a composite alarm is told by that', async () => {
    const whole =
      'resource "aws_cloudwatch_composite_alarm" "w" {\n  alarm_name = "w"\n  alarm_rule = "ALARM(a-alarm)"\n  alarm_actions = [aws_sns_topic.p.arn]\n}\n';
    expect(await told(alarm('  actions_enabled = false') + whole)).toEqual([
      'a-alarm: aws_sns_topic.p.arn',
      'w: aws_sns_topic.p.arn',
    ]);
  });

  it('that is counted to none is none', async () => {
    expect(await told(alarm('  count = 0'))).toEqual([]);
  });
});

describe('a monitor of Datadog', () => {
  it('has its priority, tags, metrics and handles', async () => {
    const [alert] = await alertsIn(
      'resource "datadog_monitor" "m" {\n  name = "M ${var.env}"\n  query = "avg(last_5m):avg:trace.http.request.errors{env:prod} > 5"\n  priority = "2"\n  tags = ["team:ledger", "env:${var.env}"]\n  message = "Broken @pagerduty-x @slack-${var.channel} ${var.more}"\n}\n',
    );
    expect(alert).toMatchObject({
      engine: 'datadog',
      name: 'M ${var.env}',
      signals: ['errors'],
      labels: { priority: 'P2', team: 'ledger' },
      annotations: { message: 'Broken @pagerduty-x @slack-… …' },
      sendsTo: { value: ['@pagerduty-x', '@slack-_'] },
      templated: ['name', 'labels.env', 'annotations.message'],
    });
  });

  it.each([
    ['message = "nobody"', 'm: '],
    ['message = "mail a@b.io"', 'm: '],
    ['message = "x ${var.notify}"', 'm: ? ${var.notify}'],
    ['message = var.message', 'm: ? var.message'],
    ['message = "a"\n  escalation_message = "@oncall@b.io"', 'm: @oncall@b.io'],
  ])('with %s', async (body, expected) => {
    expect(await told(`resource "datadog_monitor" "m" {\n  ${body}\n}\n`)).toEqual([expected]);
  });

  it('without a handle may be told by a notification rule', async () => {
    const rule = 'resource "datadog_monitor_notification_rule" "r" {}\n';
    expect(await told(`resource "datadog_monitor" "m" {\n  message = "x"\n}\n${rule}`)).toEqual([
      'm: ? datadog_monitor_notification_rule "r"',
    ]);
  });
});

describe('alerts of other engines', () => {
  it('say their severity and whom they tell', async () => {
    const text = `resource "azurerm_monitor_metric_alert" "az" {
  name = "az"
  severity = 0
  action {
    action_group_id = azurerm_monitor_action_group.ops.id
    webhook_properties = { "Alert response" = "https://r.lumenpay.io/az" }
  }
}
resource "google_monitoring_alert_policy" "gc" {
  display_name = "gc"
  severity = "CRITICAL"
  enabled = false
  notification_channels = [google_monitoring_notification_channel.p.id]
  documentation {
    content = "Runbook: https://r.lumenpay.io/gc"
  }
}
resource "newrelic_nrql_alert_condition" "nr" {
  name = "nr"
  runbook_url = "https://r.lumenpay.io/nr"
  warning {
    threshold = 1
  }
}
resource "grafana_rule_group" "gr" {
  rule {
    name = "gr"
    labels = { severity = "page" }
    data {
      model = jsonencode({ expr = "sum(rate(http_requests_total{code=~\\"5..\\"}[5m])) > 1" })
    }
  }
}
resource "pingdom_check" "up" {
  name = "up"
  host = "lumenpay.io"
  teamids = [7]
}
`;
    const alerts = await alertsIn(text);
    expect(alerts.map(({ engine, name, labels }) => `${engine} ${name} ${labels.severity ?? '-'}`)).toEqual([
      'azure az Sev0',
      'google gc CRITICAL',
      'newrelic nr warning',
      'grafana gr page',
      'uptime up -',
    ]);
    expect(alerts.map(({ annotations }) => annotations.runbook_url)).toEqual([
      'https://r.lumenpay.io/az',
      'https://r.lumenpay.io/gc',
      'https://r.lumenpay.io/nr',
      undefined,
      undefined,
    ]);
    expect(alerts[3]).toMatchObject({ dialect: 'promql', signals: ['errors'] });
    expect(await told(text)).toEqual([
      'az: azurerm_monitor_action_group.ops.id',
      'gc: google_monitoring_notification_channel.p.id (enabled = false)',
      'nr: ? workflows of the account',
      "gr: ? Grafana's notification policies",
      'up: 7',
    ]);
  });
});

describe('modules', () => {
  it('elsewhere that promise alerts are delegated, those here are read', async () => {
    const { facts, delegated } = await collected(collector, {
      'infra/main.tf':
        'module "a" {\n  source = "claranet/monitors/datadog"\n}\nmodule "b" {\n  source = "./alarms"\n}\nmodule "c" {\n  source = "cloudposse/label/null"\n}\n',
      'infra/alarms/main.tf': alarm('  alarm_actions = []'),
    });
    expect(delegated.map(({ at, to }) => `${spot(at)} ${to}`)).toEqual([
      'infra/main.tf:1:1 the Terraform module claranet/monitors/datadog',
    ]);
    expect(facts.alerts).toHaveLength(1);
  });
});

describe('a message', () => {
  it('names handles, a runbook and steps', () => {
    expect(handlesIn('a @slack-x, (@pagerduty) mail@b.io {{#is_alert}}@team@b.io{{/is_alert}}')).toEqual([
      '@slack-x',
      '@pagerduty',
      '@team@b.io',
    ]);
    expect(runbookIn('see https://b.io/a\nRunbook: https://b.io/r#x.')).toBe('https://b.io/r#x');
    expect(runbookIn('see https://b.io/dashboards')).toBeUndefined();
    expect(runbookIn('It is late. Playbook: docs/playbooks/late.md#one, then wait.')).toBe(
      'docs/playbooks/late.md#one',
    );
    expect(runbookIn('see docs/late.md')).toBeUndefined();
    expect(tellsSteps('Investigate the logs.\nOnce that is done, restart the worker.')).toBe(true);
    expect(tellsSteps('The queue is old. It was checked.')).toBe(false);
  });
});

describe('what an alert fires on', () => {
  it.each([
    [alarm('  metric_name = "Depth"\n  comparison_operator = "LessThanThreshold"\n  threshold = 30'), '< 30', ''],
    [alarm('  metric_name = "Depth"\n  comparison_operator = "GreaterThanThreshold"\n  threshold = var.x'), '> ?', ''],
    [alarm('  metric_name = "Depth"\n  threshold = 30\n  treat_missing_data = "breaching"'), '', 'infra/a.tf:5:3'],
    [alarm('  metric_name = "Depth"\n  treat_missing_data = "notBreaching"'), '', ''],
    [
      'resource "datadog_monitor" "m" {\n  name = "M"\n  query = "avg(last_5m):avg:depth{*} >= 2.5"\n  notify_no_data = true\n}\n',
      '>= 2.5',
      'infra/a.tf:4:3',
    ],
    [
      'resource "datadog_monitor" "m" {\n  name = "M"\n  query = "avg(last_5m):avg:depth{*} > ${var.x}"\n  notify_no_data = false\n}\n',
      '',
      '',
    ],
  ])('%s', async (text, compares, silence) => {
    const [alert] = await alertsIn(text);
    expect((alert?.comparisons ?? []).map(({ op, number }) => `${op} ${number ?? '?'}`).join()).toBe(compares);
    expect(alert?.silenceAt ? spot(alert.silenceAt) : '').toBe(silence);
  });
});
