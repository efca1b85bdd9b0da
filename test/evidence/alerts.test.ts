/** Alert rules in all their wrappings: found by content, placed truly, and what is no alert or cannot be read told apart. */
import { describe, expect, it } from 'vitest';
import { type Alert, collector } from '../../src/evidence/alerts.ts';
import { collected, type Surroundings, spot } from './collected.ts';

async function alertsIn(files: Readonly<Record<string, string>>, around: Surroundings = {}) {
  const { facts, unread, delegated, looked } = await collected(collector, files, around);
  return { ...facts, unread, delegated, looked, names: facts.alerts.map(({ name }) => name) };
}

async function onlyAlert(files: Readonly<Record<string, string>>): Promise<Alert> {
  const { alerts, unread } = await alertsIn(files);
  expect(unread).toEqual([]);
  expect(alerts).toHaveLength(1);
  return alerts[0] as Alert;
}

const RULES = `groups:
  - name: payments
    rules:
      - record: payments:errors:ratio5m
        expr: sum(rate(payments_total{result="error"}[5m])) / sum(rate(payments_total[5m]))
      - alert: PaymentsFailing
        expr: payments:errors:ratio5m{job="payments-api"} > 0.02
        for: 10m
        labels:
          severity: page
          tier: 1
        annotations:
          summary: "{{ $labels.region }}: card payments fail"
          runbook_url: https://runbooks.lumenpay.io/payments#payments-failing
`;

describe('a rule file', () => {
  it('gives alerts with their parts and places', async () => {
    const alert = await onlyAlert({ 'ops/payments.rules': RULES });
    expect(alert).toMatchObject({
      name: 'PaymentsFailing',
      engine: 'prometheus',
      dialect: 'promql',
      signals: ['errors'],
      comparisons: [{ op: '>', number: 0.02 }],
      for: '10m',
      group: 'payments',
      file: 'ops/payments.rules',
      labels: { severity: 'page', tier: '1' },
      annotations: { summary: '{{ $labels.region }}: card payments fail' },
      templated: [],
      conditions: [],
    });
    expect(
      [alert.at, alert.exprAt, alert.labelsAt.severity, alert.annotationsAt.runbook_url].map((it) => it && spot(it)),
    ).toEqual([
      'ops/payments.rules:6:9',
      'ops/payments.rules:7:9',
      'ops/payments.rules:10:11',
      'ops/payments.rules:14:11',
    ]);
  });

  it('may have quoted text that is not indented, CRLF, and emoji', async () => {
    const text =
      'groups:\n- name: queue\n  rules:\n  - alert: QueueStuck\n    expr: time() - queue_last_ack > 600\n    annotations:\n      description: "📟 The queue has not moved\nfor ten minutes."\n    labels:\n      severity: ticket\n';
    const alert = await onlyAlert({ 'alerts.yml': text.replaceAll('\n', '\r\n') });
    expect(alert.annotations.description).toBe('📟 The queue has not moved for ten minutes.');
    expect(alert.labelsAt.severity && spot(alert.labelsAt.severity)).toBe('alerts.yml:10:7');
  });

  it('with severity as a routing key is read as it is', async () => {
    const alert = await onlyAlert({ 'alerts.yaml': RULES.replace('severity: page', 'severity: team-payments-alerts') });
    expect(alert.labels.severity).toBe('team-payments-alerts');
  });

  it('may compare with the past by unless', async () => {
    const alert = await onlyAlert({
      'alerts.yaml':
        'groups: [{name: g, rules: [{alert: TargetGone, expr: "up{job=\\"pay\\"} offset 1h unless up{job=\\"pay\\"}"}]}]\n',
    });
    expect(alert).toMatchObject({ ops: ['unless'], comparisons: [], signals: ['availability'] });
    expect('for' in alert).toBe(false);
  });

  it('of Loki is known by its queries, and then all of its rules are LogQL', async () => {
    const text =
      'groups:\n  - name: logs\n    rules:\n      - alert: CardErrors\n        expr: sum(rate({app="pay"} |= "card declined" [5m])) > 10\n      - alert: Chatty\n        expr: sum(rate({app="pay"}[5m])) > 1000\n';
    const { alerts } = await alertsIn({ 'ops/log-alerts.yaml': text });
    expect(alerts.map(({ engine, dialect }) => [engine, dialect])).toEqual([
      ['loki', 'logql'],
      ['loki', 'logql'],
    ]);
    expect(alerts[0]?.metrics).toEqual([{ name: '', matchers: [{ label: 'app', op: '=', value: 'pay' }] }]);
  });

  it('keeps two alerts of one name apart', async () => {
    const two =
      'groups:\n- name: g\n  rules:\n  - {alert: DiskFull, expr: disk > 0.8, labels: {severity: warning}}\n  - {alert: DiskFull, expr: disk > 0.9, labels: {severity: page}}\n';
    expect((await alertsIn({ 'a.yml': two })).names).toEqual(['DiskFull', 'DiskFull']);
  });
});

describe('wrappings', () => {
  const OBJECT = `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: payments}
spec:
  groups:
    - name: g
      rules:
        - alert: Down
          expr: up == 0
`;

  it('are PrometheusRule and VMRule objects, also in a list', async () => {
    const items = OBJECT.split('\n').map((line, index) =>
      line === '' ? '' : `${index === 0 ? '  - ' : '    '}${line}`,
    );
    const { alerts } = await alertsIn({
      'k8s/rules.yaml': `kind: Service\n---\n${OBJECT}`,
      'k8s/list.yaml': `kind: List\nitems:\n${items.join('\n')}`,
      'k8s/vm.yaml': OBJECT.replace('PrometheusRule', 'VMRule'),
    });
    expect(alerts.map(({ at }) => spot(at))).toEqual([
      'k8s/list.yaml:10:15',
      'k8s/rules.yaml:10:11',
      'k8s/vm.yaml:8:11',
    ]);
  });

  it('are rules as text in a ConfigMap', async () => {
    const config = `apiVersion: v1
kind: ConfigMap
data:
  readme: not rules
  payments.rules.yml: |
    groups:
      - name: g
        rules:
          - alert: Slow
            expr: histogram_quantile(0.99, rate(http_request_duration_seconds_bucket[5m])) > 1
            labels:
              severity: page
`;
    const alert = await onlyAlert({ 'config.yaml': config });
    expect(alert).toMatchObject({ name: 'Slow', signals: ['latency'], group: 'g' });
    expect([alert.at, alert.exprAt, alert.labelsAt.severity].map((it) => it && spot(it))).toEqual([
      'config.yaml:9:13',
      'config.yaml:10:13',
      'config.yaml:12:15',
    ]);
  });

  it('are values of a chart, with and without groups', async () => {
    const values = `prometheus:
  serverFiles:
    alerting_rules.yml:
      groups:
        - name: g
          rules:
            - alert: A
              expr: up == 0
metrics:
  prometheusRule:
    rules:
      - alert: B
        expr: up == 0
`;
    const { alerts } = await alertsIn({ 'chart/values.yaml': values });
    expect(alerts.map(({ name, group }) => [name, group])).toEqual([
      ['A', 'g'],
      ['B', undefined],
    ]);
  });

  it('are JSON', async () => {
    const { names } = await alertsIn({
      'rules.json': JSON.stringify({ groups: [{ name: 'g', rules: [{ alert: 'A', expr: 'up == 0' }] }] }, null, 2),
    });
    expect(names).toEqual(['A']);
  });

  it("are Grafana's provisioned alerts", async () => {
    const text = `apiVersion: 1
groups:
  - orgId: 1
    name: checkout
    folder: Payments
    interval: 1m
    rules:
      - uid: pay-slow
        title: Checkout is slow
        condition: B
        for: 5m
        data:
          - refId: A
            datasourceUid: prom
            model: {expr: 'histogram_quantile(0.99, sum by (le) (rate(checkout_duration_seconds_bucket[5m])))'}
          - refId: B
            datasourceUid: __expr__
            model:
              type: threshold
              conditions: [{evaluator: {type: gt, params: [2]}}]
        labels: {severity: page}
        annotations:
          runbook_url: https://runbooks.lumenpay.io/checkout
`;
    const alert = await onlyAlert({ 'grafana/alerts.yaml': text });
    expect(alert).toMatchObject({
      name: 'Checkout is slow',
      engine: 'grafana',
      signals: ['latency'],
      comparisons: [{ op: '>', number: 2 }],
      for: '5m',
      labels: { severity: 'page' },
    });
    expect(spot(alert.at)).toBe('grafana/alerts.yaml:9:9');
    expect(spot(alert.exprAt)).toBe('grafana/alerts.yaml:15:21');
  });
});

describe('charts', () => {
  const TEMPLATE = `{{- if .Values.alerts.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ include "pay.fullname" . }}
  labels:
    {{- include "pay.labels" . | nindent 4 }}
spec:
  groups:
    - name: {{ .Release.Name }}-pay
      rules:
        - alert: PayDown
          expr: up{job="{{ .Release.Name }}", env="prod"} < {{ .Values.alerts.min }}
          for: {{ .Values.alerts.for }}
          labels:
            severity: {{ .Values.alerts.severity }}
            team: payments
          annotations:
            summary: "{{ "{{" }} $labels.pod {{ "}}" }} is down"
            runbook_url: {{ .Values.runbooks }}/pay-down
        {{- if .Values.strict }}
        - alert: PaySlow
          expr: histogram_quantile(0.99, rate(pay_duration_seconds_bucket[{{ .Values.window }}])) > 1
          labels:
            {{- toYaml .Values.extraLabels | nindent 12 }}
        {{- end }}
{{- end }}
`;

  it('are read without rendering', async () => {
    const { alerts, unread } = await alertsIn({ 'chart/templates/rules.yaml': TEMPLATE });
    const [down, slow] = alerts;
    expect(down).toMatchObject({
      name: 'PayDown',
      dialect: 'promql',
      signals: ['availability'],
      metrics: [{ name: 'up', matchers: [{ label: 'env', op: '=', value: 'prod' }] }],
      comparisons: [{ op: '<' }],
      labels: { severity: '{{ .Values.alerts.severity }}', team: 'payments' },
      annotations: { summary: '{{ $labels.pod }} is down', runbook_url: '{{ .Values.runbooks }}/pay-down' },
      templated: ['expr', 'for', 'labels.severity', 'annotations.runbook_url'],
      conditions: ['if .Values.alerts.enabled'],
    });
    expect(down?.comparisons[0]).not.toHaveProperty('number');
    expect(down && spot(down.at)).toBe('chart/templates/rules.yaml:12:11');
    expect(down?.annotationsAt.runbook_url && spot(down.annotationsAt.runbook_url)).toBe(
      'chart/templates/rules.yaml:20:13',
    );
    expect(slow).toMatchObject({
      signals: ['latency'],
      labels: {},
      templated: ['expr', 'labels'],
      conditions: ['if .Values.alerts.enabled', 'if .Values.strict'],
    });
    expect(unread).toEqual([]);
  });

  it('that fill rules in from elsewhere are not read', async () => {
    const shell = 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: x}\nspec:\n';
    const { unread, alerts } = await alertsIn({
      'a/templates/files.yaml': `${shell}{{ .Files.Get "rules.yaml" | indent 2 }}\n`,
      'b/templates/groups.yaml': `${shell}  groups: {{ toYaml .Values.groups | nindent 4 }}\n`,
      'c/templates/some.yaml': `${shell}  groups:\n    - name: g\n      rules:\n        - alert: A\n          expr: up == 0\n        {{- toYaml .Values.more | nindent 8 }}\n`,
    });
    expect(alerts.map(({ name }) => name)).toEqual(['A']);
    expect(unread.map(({ at, reason }) => `${spot(at)} ${reason}`)).toEqual([
      'a/templates/files.yaml:4 template',
      'b/templates/groups.yaml:4 template',
      'c/templates/some.yaml:4 template',
    ]);
  });

  it('with branches that repeat a key leave it open', async () => {
    const { alerts } = await alertsIn({
      'chart/templates/rules.yaml':
        'groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up == 0\n    labels:\n      {{- if .Values.prod }}\n      severity: page\n      {{- else }}\n      severity: ticket\n      {{- end }}\n',
    });
    expect(alerts[0]?.templated).toEqual(['labels.severity']);
    expect(alerts[0]?.labels.severity).toBe('page or ticket');
  });

  it('hold rules as text in a ConfigMap too', async () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\ndata:\n  rules.yaml: |\n    groups:\n      - name: g\n        rules:\n          - alert: {{ .Values.name }}Down\n            expr: up{job="{{ .Values.job }}"} == 0\n            annotations:\n              summary: \'{{ "{{" }} $labels.pod {{ "}}" }}\'\n';
    const { alerts } = await alertsIn({ 'chart/templates/cm.yaml': text });
    expect(alerts[0]).toMatchObject({
      name: '{{ .Values.name }}Down',
      templated: ['name', 'expr'],
      annotations: { summary: '{{ $labels.pod }}' },
    });
    expect(alerts[0] && spot(alerts[0].at)).toBe('chart/templates/cm.yaml:8:13');
  });

  it('say so where such text is conditional or added to', async () => {
    const { alerts, unread } = await alertsIn({
      'chart/templates/cm.yaml':
        '{{- if .Values.on }}\nkind: ConfigMap\ndata:\n  rules.yaml: |\n    groups:\n      - name: g\n        rules:\n          - alert: Down\n            expr: up == 0\n          {{- toYaml .Values.more | nindent 10 }}\n{{- end }}\n',
    });
    expect(alerts).toMatchObject([{ name: 'Down', conditions: ['if .Values.on'] }]);
    expect(unread).toMatchObject([{ at: { path: 'chart/templates/cm.yaml', line: 4 }, reason: 'template' }]);
  });

  it('have queries that parse with something in place of each action', async () => {
    const queries = [
      'sum by ({{ range .Values.labels }}{{ . }},{{ end }}pod) (rate(errors_total{job="{{ $job }}", namespace{{ $op }}"{{ $ns }}"}[{{ .w }}])) > {{ .max }}',
      'up{ {{ .Values.selector }}, env="prod" } == 0',
      'up offset {{ .Values.by }} unless up',
      'x > {{ if .Values.strict }}1{{ else if .Values.lax }}5{{ else }}{{ .Values.n }}{{ end }}',
      '{{ .Values.metric }}_total{a="b"} > 1',
      "up{id='{{ $id }}'} offset {{ .Values.minutes }}m > {{ $limit }}",
    ];
    const rules = queries
      .map((expr, index) => `      - alert: A${index}\n        expr: >-\n          ${expr}\n`)
      .join('');
    const { alerts } = await alertsIn({ 'chart/templates/rules.yaml': `groups:\n  - name: g\n    rules:\n${rules}` });
    expect(alerts.map(({ dialect }) => dialect)).toEqual(queries.map(() => 'promql'));
    expect(alerts.map(({ expr }) => expr)).toEqual(queries);
    expect(alerts[0]).toMatchObject({ metrics: [{ name: 'errors_total', matchers: [] }], comparisons: [{ op: '>' }] });
    expect(alerts[1]?.metrics).toEqual([{ name: 'up', matchers: [{ label: 'env', op: '=', value: 'prod' }] }]);
    expect(alerts[3]?.comparisons).toEqual([{ op: '>', number: 1 }]);
    expect(alerts[4]?.metrics).toEqual([{ name: '', matchers: [{ label: 'a', op: '=', value: 'b' }] }]);
  });
});

describe('values of a chart that are templates themselves', () => {
  it('are told from what Prometheus fills in', async () => {
    const { alerts } = await alertsIn({
      'chart/values.yaml':
        'rules:\n  - alert: Down\n    expr: up{service="{{ template "pay.fullname" . }}"} == 0\n    labels: {team: "{{ .Values.team }}"}\n    annotations: {summary: "{{ $labels.pod }} {{ .Labels.x }} is down", runbook: "{{ include "x" . }}#down"}\n'.replaceAll(
          '"{{ include "x" . }}#down"',
          '\'{{ include "x" . }}#down\'',
        ),
    });
    expect(alerts[0]).toMatchObject({
      dialect: 'promql',
      metrics: [{ name: 'up', matchers: [] }],
      templated: ['expr', 'labels.team', 'annotations.runbook'],
    });
  });
});

describe('what is no alert of the service', () => {
  it('is set aside', async () => {
    const { names, unread } = await alertsIn({
      'crd.yaml': 'kind: CustomResourceDefinition\nspec:\n  alert: a\n  rules: [{alert: X, expr: up == 0}]\n',
      'test/rules.yaml': RULES,
      'vendor/mixin/rules.yaml': RULES,
      'examples/rules.yaml': RULES,
      'docs/rules.yaml': RULES,
      'docs/alerts.md': RULES,
      'templates.yaml': 'alert: this is a headline\nexpr: nothing\n',
      'otel.yaml': 'receivers: {otlp: {}}\n',
    });
    expect(names).toEqual([]);
    expect(unread).toEqual([]);
  });

  it('but tests of rules say which alerts are tested', async () => {
    const test = `rule_files: [payments.rules]
evaluation_interval: 1m
tests:
  - interval: 1m
    alert_rule_test:
      - {eval_time: 10m, alertname: PaymentsFailing, exp_alerts: []}
      - {eval_time: 20m, alertname: PaymentsFailing}
`;
    const { names, tested } = await alertsIn({ 'ops/payments.rules': RULES, 'ops/payments_test.yml': test });
    expect(names).toEqual(['PaymentsFailing']);
    expect(tested).toEqual(['PaymentsFailing']);
  });
});

describe('what is there and not read', () => {
  it('is broken YAML, with its place', async () => {
    const { unread, alerts } = await alertsIn({
      'rules.yaml':
        'groups:\n- rules:\n  - alert: A\n    expr: up == 0\n<<<<<<< HEAD\n    for: 1m\n=======\n    for: 2m\n>>>>>>> topic\n',
    });
    expect(alerts).toEqual([]);
    expect(unread).toEqual([
      {
        at: { path: 'rules.yaml', line: expect.any(Number), column: expect.any(Number) },
        reason: 'invalid-syntax',
        detail: expect.any(String),
      },
    ]);
  });

  it('is no example that an object shows in its annotations', async () => {
    const { alerts } = await alertsIn({
      'bundle/operator.yaml':
        'kind: ClusterServiceVersion\nmetadata:\n  annotations:\n    alm-examples: |\n      [{"kind": "PrometheusRule", "spec": {"groups": [{"rules": [\n        {"alert": "Sample", "expr": "up == 0"}]}]}}]\n',
    });
    expect(alerts).toEqual([]);
  });

  it('is broken YAML within YAML', async () => {
    const { unread } = await alertsIn({
      'cm.yaml': 'kind: ConfigMap\ndata:\n  r.yml: |\n    groups:\n    - rules:\n      - alert: [\n',
    });
    expect(unread).toMatchObject([{ at: { path: 'cm.yaml' }, reason: 'invalid-syntax' }]);
    expect(unread[0]?.at.line).toBeGreaterThan(3);
  });

  it('is jsonnet, and Terraform that does not follow its syntax', async () => {
    const { alerts, unread } = await alertsIn({
      'mixin/alerts.libsonnet': "{\n  prometheusAlerts+:: { groups+: [{ rules: [{\n    alert: 'Down',\n  }] }] },\n}\n",
      'infra/main.tf':
        'resource "aws_sqs_queue" "q" {}\n\n  resource "aws_cloudwatch_metric_alarm" "queue_age" {\n}\nresource "azurerm_monitor_diagnostic_setting" "d" {}\n# resource "datadog_monitor" "off" {\n',
      'infra/broken.tf': 'resource "datadog_monitor" "late" {\n  name = \n}\n',
    });
    expect(alerts.map(({ at, engine }) => `${spot(at)} ${engine}`)).toEqual(['infra/main.tf:3:3 cloudwatch']);
    expect(unread).toEqual([
      { at: { path: 'mixin/alerts.libsonnet', line: 3 }, reason: 'language', detail: 'jsonnet is not rendered' },
      {
        at: { path: 'infra/broken.tf', line: 1 },
        reason: 'invalid-syntax',
        detail: 'the Terraform resource datadog_monitor "late" is not read: line 2 does not follow the syntax',
      },
    ]);
  });

  it('is no alarm in Terraform that only sets off a change of scale', async () => {
    const alarm = (name: string, action: string): string =>
      `resource "aws_cloudwatch_metric_alarm" "${name}" {\n  alarm_actions = [${action}]\n}\n`;
    const { alerts } = await alertsIn({
      'infra/alarms.tf': [
        alarm('scale_up', 'aws_appautoscaling_policy.up.arn'),
        alarm('both', 'aws_appautoscaling_policy.up.arn, aws_sns_topic.pager.arn'),
        alarm('queue_age', 'aws_sns_topic.pager.arn'),
      ].join(''),
    });
    expect(alerts.map(({ at, name }) => `${at.line} ${name}`)).toEqual(['4 both', '7 queue_age']);
  });
});

describe('what another place has', () => {
  it('is delegated by charts, Argo CD and Flux, unless they lead back here', async () => {
    const { delegated } = await alertsIn({
      'helm/pay/Chart.yaml':
        'name: pay\nversion: 1.0.0\ndependencies:\n  - {name: generic-service, version: 3.1.0}\n  - name: generic-prometheus-alerts\n    version: ~1.4\n    repository: https://charts.lumenpay.io\n',
      'argo/out.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source: {repoURL: https://git.lumenpay.io/platform/monitoring, path: payments, targetRevision: main}\n',
      'docs/application.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source: {repoURL: https://git.lumenpay.io/shown}\n',
      'argo/in.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source: {repoURL: https://git.lumenpay.io/pay, path: helm/pay}\n',
      'flux.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  chart: {spec: {chart: pay, version: 2.x, sourceRef: {name: charts}}}\n',
    });
    expect(delegated.map(({ at, to }) => `${spot(at)} ${to}`)).toEqual([
      'argo/out.yaml:3 https://git.lumenpay.io/platform/monitoring payments main',
      'flux.yaml:3 chart pay 2.x charts',
      'helm/pay/Chart.yaml:5 chart generic-prometheus-alerts ~1.4 https://charts.lumenpay.io',
    ]);
  });

  it("is read from the manifest's sources where they are at hand, beside the service's own", async () => {
    const { alerts, delegated, ruleFiles } = await alertsIn(
      { 'ops/rules.yaml': RULES, 'examples/named.yaml': RULES },
      {
        manifest:
          'alerts:\n  sources:\n    - examples/*.yaml\n    - repo:lumenpay/platform-rules//payments\n    - repo:lumenpay/elsewhere//rules.yaml\n    - https://git.lumenpay.io/rules\n',
        roots: { 'lumenpay/platform-rules': { 'payments/slo.yaml': RULES, 'search/slo.yaml': RULES } },
      },
    );
    expect(alerts.map(({ at }) => spot(at))).toEqual([
      'examples/named.yaml:6:9',
      'lumenpay/platform-rules//payments/slo.yaml:6:9',
      'ops/rules.yaml:6:9',
    ]);
    expect(ruleFiles).toHaveLength(3);
    expect(delegated.map(({ to }) => to)).toEqual([
      'repo:lumenpay/elsewhere//rules.yaml',
      'https://git.lumenpay.io/rules',
    ]);
  });
});
