/** Objectives as code in three dialects, in one shape; what only sounds like one is none. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimedMeasure } from '../../src/evidence/slos/measure.ts';
import { collector } from '../../src/evidence/slos.ts';
import { collected, type Surroundings, spot } from './collected.ts';

async function slosIn(files: Readonly<Record<string, string>>, around: Surroundings = {}) {
  const { facts, unread } = await collected(collector, files, around);
  return { slos: facts.slos, unread };
}

describe('objectives', () => {
  it('are read from OpenSLO v1', async () => {
    const { slos } = await slosIn({
      'slo.yaml': `apiVersion: openslo/v1
kind: SLO
metadata: {name: checkout-availability}
spec:
  service: payments-api
  timeWindow: [{duration: 30d, isRolling: true}]
  indicator: {spec: {ratioMetric: {counter: true}}}
  objectives:
    - displayName: good
      target: 0.9993
  alertPolicies: [burn]
`,
    });
    expect(slos).toMatchObject([
      {
        name: 'checkout-availability',
        service: 'payments-api',
        target: 99.93,
        window: '30d',
        sli: 'ratio',
        spec: 'openslo',
        pages: true,
      },
    ]);
    expect(slos[0] && [spot(slos[0].at), spot(slos[0].targetAt)]).toEqual(['slo.yaml:3:12', 'slo.yaml:10:7']);
  });

  it('are read from OpenSLO v1alpha, with its windows and ratios elsewhere', async () => {
    const text = (unit: string) =>
      `apiVersion: openslo/v1alpha\nkind: SLO\nmetadata: {name: a}\nspec:\n  timeWindows: [{count: 1, unit: ${unit}}]\n  objectives:\n    - ratioMetrics: {}\n      targetPercent: 99.9\n`;
    const { slos } = await slosIn({ 'day.yaml': text('Day'), 'month.yaml': text('Month') });
    expect(slos.map(({ target, window, sli, pages }) => [target, window, sli, pages])).toEqual([
      [99.9, '1d', 'ratio', false],
      [99.9, '1 month', 'ratio', false],
    ]);
  });

  it('are read from Sloth, as file and as object', async () => {
    const { slos } = await slosIn({
      'file.yml':
        'version: prometheus/v1\nservice: pay\nslos:\n  - name: requests\n    objective: 99.9\n    sli: {events: {error_query: a, total_query: b}}\n    alerting: {name: PayErrors, page_alert: {labels: {severity: page}}}\n  - name: quiet\n    objective: 99\n    alerting: {name: X, page_alert: {disable: true}}\n',
      'object.yml':
        'apiVersion: sloth.slok.dev/v1\nkind: PrometheusServiceLevel\nmetadata: {name: x}\nspec:\n  service: pay\n  slos:\n    - {name: crd, objective: 95, sli: {events: {errorQuery: a}}, alerting: {name: A, pageAlert: {disable: true}}}\n',
    });
    expect(slos.map(({ name, service, target, pages }) => [name, service, target, pages])).toEqual([
      ['requests', 'pay', 99.9, true],
      ['quiet', 'pay', 99, false],
      ['crd', 'pay', 95, false],
    ]);
    expect(slos[2] && spot(slos[2].targetAt)).toBe('object.yml:7:19');
  });

  it('are read from Pyrra, where the target is text', async () => {
    const { slos } = await slosIn({
      'pyrra.yaml':
        'apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\nmetadata: {name: pay-latency}\nspec:\n  target: "99.5"\n  window: 4w\n  indicator: {latency: {}}\n',
    });
    expect(slos).toMatchObject([
      { name: 'pay-latency', target: 99.5, window: '4w', sli: 'latency', spec: 'pyrra', pages: true },
    ]);
  });

  it('are read from Terraform of Google Cloud, Datadog, New Relic and Grafana', async () => {
    const { slos, unread } = await slosIn({
      'infra/main.tf': `locals {
  goal = 0.995
}
resource "google_monitoring_slo" "availability" {
  service             = google_monitoring_custom_service.pay.service_id
  slo_id              = "pay-availability"
  goal                = local.goal
  rolling_period_days = 28
  request_based_sli {
    good_total_ratio { total_service_filter = "x" }
  }
}
resource "google_monitoring_slo" "latency" {
  goal            = 0.9
  calendar_period = "WEEK"
  basic_sli {
    latency { threshold = "1s" }
  }
}
resource "datadog_service_level_objective" "pay" {
  name = "Pay requests"
  type = "metric"
  thresholds {
    timeframe = "7d"
    target    = 99.9
  }
  thresholds {
    timeframe = "30d"
    target    = 99.5
  }
  tags = ["service:pay"]
}
resource "newrelic_service_level" "pay" {
  name = "NR"
  objective {
    target = 99
    time_window {
      rolling {
        count = 7
        unit  = "DAY"
      }
    }
  }
}
resource "grafana_slo" "pay" {
  name = "G"
  objectives {
    value  = 0.9999
    window = "30d"
  }
  alerting {}
}
`,
    });
    expect(unread).toEqual([]);
    expect(slos.map((it) => [it.name, it.service, it.target, it.window, it.sli, it.pages, spot(it.targetAt)])).toEqual([
      ['pay-availability', undefined, 99.5, '28d', 'ratio', false, 'infra/main.tf:7:3'],
      ['latency', undefined, 90, '7d', 'latency', false, 'infra/main.tf:14:3'],
      ['Pay requests', 'pay', 99.9, '7d', 'ratio', false, 'infra/main.tf:25:5'],
      ['Pay requests', 'pay', 99.5, '30d', 'ratio', false, 'infra/main.tf:29:5'],
      ['NR', undefined, 99, '7d', 'other', false, 'infra/main.tf:36:5'],
      ['G', undefined, 99.99, '30d', 'other', true, 'infra/main.tf:48:5'],
    ]);
  });

  it('of Terraform are none where counted to none, in tests and in documentation', async () => {
    const resource = (more: string) => `resource "google_monitoring_slo" "a" {\n  goal = 0.9\n${more}}\n`;
    const { slos, unread } = await slosIn({
      'a.tf': resource('  count = 0\n'),
      'test/b.tf': resource(''),
      'docs/c.tf': resource(''),
    });
    expect([slos, unread]).toEqual([[], []]);
  });

  it('are read from where the manifest says, also in another repository', async () => {
    const spec = 'version: prometheus/v1\nservice: pay\nslos: [{name: a, objective: 99.9}]\n';
    const { slos } = await slosIn(
      { 'examples/slo.yaml': spec, 'examples/other.yaml': spec },
      {
        manifest:
          'slos:\n  - {id: a, target: 99.9, window: 30d, evidence: ["examples/slo.yaml", "repo:lumenpay/slos//pay/*.yaml"]}\n',
        roots: { 'lumenpay/slos': { 'pay/api.yaml': spec, 'search/api.yaml': spec } },
      },
    );
    expect(slos.map(({ at }) => at.root ?? at.path)).toEqual(['examples/slo.yaml', 'lumenpay/slos']);
  });
});

describe('what is no objective', () => {
  it('is an alert whose name begins with the letters, or a chart about objectives', async () => {
    const { slos, unread } = await slosIn({
      'rules.yaml':
        'groups: [{name: mysql-slo, rules: [{alert: SlowInserts, expr: mysql_slow > 1, labels: {slo: none}}]}]\n',
      'slo.yaml': 'slo:\n  availability: 99.9\n',
      'test/slo.yaml': 'version: prometheus/v1\nservice: pay\nslos: [{name: a, objective: 99.9}]\n',
    });
    expect(slos).toEqual([]);
    expect(unread).toEqual([]);
  });

  it('has no target between 0 and 100', async () => {
    const { slos } = await slosIn({
      's.yaml': 'version: prometheus/v1\nslos: [{name: a, objective: 0}, {name: b, objective: 130}, {name: c}]\n',
    });
    expect(slos).toEqual([]);
  });
});

describe('what is not read', () => {
  it('is a target in Terraform that others give, and a module elsewhere', async () => {
    const { facts, unread, delegated } = await collected(collector, {
      'default.tf':
        'variable "goal" {\n  default = 0.99\n}\nresource "google_monitoring_slo" "a" {\n  goal = var.goal\n}\n',
      'data.tf': 'resource "google_monitoring_slo" "b" {\n  goal = data.x.y.z\n}\n',
      'maybe.tf':
        'resource "google_monitoring_slo" "c" {\n  count = var.on ? 1 : 0\n  goal = 0.9\n}\nmodule "slo" {\n  source = "acme/slo/google"\n}\n',
      'cut.tf': 'resource "newrelic_service_level" "d" {\n  objective {\n',
    });
    expect(facts.slos).toEqual([]);
    expect(unread.map(({ at, reason }) => `${at.path}:${at.line} ${reason}`).sort()).toEqual([
      'cut.tf:1 invalid-syntax',
      'data.tf:2 template',
      'default.tf:5 template',
      'maybe.tf:1 template',
    ]);
    expect(delegated).toMatchObject([{ to: 'the Terraform module acme/slo/google' }]);
  });

  it('is a target that a template fills in, and broken YAML', async () => {
    const { slos, unread } = await slosIn({
      'chart/templates/slo.yaml':
        'version: prometheus/v1\nservice: pay\nslos:\n  - name: a\n    objective: {{ .Values.slo }}\n',
      'x.yaml': 'version: prometheus/v1\nslos:\n\t- a\n',
    });
    expect(slos).toEqual([]);
    expect(unread.map(({ at, reason }) => `${at.path}:${at.line} ${reason}`)).toEqual([
      'chart/templates/slo.yaml:5 template',
      'x.yaml:3 invalid-syntax',
    ]);
  });
});

describe('measures', () => {
  const ratio = (good: string, total: string, counter = false): string => `apiVersion: openslo/v1
kind: SLO
metadata: {name: checkout}
spec:
  timeWindow: [{duration: 4w, isRolling: true}]
  indicator:
    spec:
      ratioMetric:
        counter: ${counter}
        good: {metricSource: {type: Prometheus, spec: {query: '${good}'}}}
        total: {metricSource: {type: Prometheus, spec: {query: '${total}'}}}
  objectives: [{target: 0.99}]
`;

  async function measureIn(text: string) {
    return (await slosIn({ 'slo.yaml': text })).slos[0]?.measure;
  }

  it('are read where the whole window is in the queries', async () => {
    expect(await measureIn(ratio('sum(increase(good[28d])) * 2', 'sum(increase(all[4w]))'))).toEqual({
      of: 'good',
      part: 'sum(increase(good[28d])) * 2',
      total: 'sum(increase(all[{{window}}]))',
    });
    expect(await measureIn(ratio('http_total{code!~"5[0-9]."}', 'http_total', true))).toEqual({
      of: 'good',
      part: 'sum(increase(http_total{code!~"5[0-9]."}[{{window}}]))',
      total: 'sum(increase(http_total[{{window}}]))',
    });
    expect(await measureIn(ratio('sum(rate(good{code!~"5.."}[5m]))', 'sum( increase(all[1h]) )'))).toEqual({
      of: 'good',
      part: 'sum(increase(good{code!~"5.."}[{{window}}]))',
      total: 'sum(increase(all[{{window}}]))',
    });
    expect(
      await measureIn(`apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: {name: checkout}
spec:
  target: "99"
  window: 2w
  indicator: {ratio: {errors: {metric: 'http_total{code=~"5.."}'}, total: {metric: http_total}}}
`),
    ).toMatchObject({ of: 'errors', total: 'sum(increase(http_total[{{window}}]))' });
    const sloth = (range: string): string => `version: prometheus/v1
service: checkout
slos: [{name: a, objective: 99, sli: {events: {error_query: "sum(rate(bad[${range}]))", total_query: "sum(rate(all[${range}]))"}}}]
`;
    expect(await measureIn(sloth('{{.window}}'))).toEqual({
      of: 'errors',
      part: 'sum(rate(bad[{{.window}}]))',
      total: 'sum(rate(all[{{.window}}]))',
    });
    expect(await measureIn(sloth('5m'))).toBeUndefined();
  });

  it('are not guessed where a query looks at another time, at no time, or is not of Prometheus', async () => {
    expect(await measureIn(ratio('sum(rate(good[5m])) / 2', 'sum(rate(all[5m]))'))).toBeUndefined();
    expect(await measureIn(ratio('max(rate(good[5m]))', 'max(rate(all[5m]))'))).toBeUndefined();
    expect(await measureIn(ratio('sum(good)', 'sum(all)'))).toBeUndefined();
    expect(await measureIn(ratio('good', 'all', false))).toBeUndefined();
    expect(await measureIn(ratio('good', 'all', true).replaceAll('Prometheus', 'Datadog'))).toBeUndefined();
  });

  it('of any text are read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (text, window) => {
        const measure = claimedMeasure(text, window);
        expect(measure === undefined || /\[/.test(measure.part)).toBe(true);
      }),
    );
  });
});
