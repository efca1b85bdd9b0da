/** Grafana dashboards: what they are called, what they query, and that placeholders are not credited. */
import { describe, expect, it } from 'vitest';
import { collector } from '../../src/evidence/dashboards.ts';
import { collected, spot } from './collected.ts';

const DASHBOARD = {
  panels: [
    { title: 'Requests', targets: [{ expr: 'sum(rate(http_requests_total{job="$job"}[$__rate_interval]))' }] },
    {
      type: 'row',
      title: 'Inner',
      panels: [
        {
          title: 'p99',
          targets: [
            { expr: 'histogram_quantile(0.$quantile, sum by (le) (rate(pay_duration_seconds_bucket[$window])))' },
          ],
          links: [{ url: 'https://runbooks.lumenpay.io/slow' }],
        },
      ],
    },
    { title: 'Logs', targets: [{ expr: '{app="pay"} |= "error"' }] },
    { title: 'Text', options: {} },
  ],
  links: [{ title: 'Runbooks', url: 'https://runbooks.lumenpay.io' }],
  schemaVersion: 39,
  title: 'Payments',
  uid: 'pay-main',
};

describe('a dashboard', () => {
  it('as a file gives its title, queries, signals and links', async () => {
    const { facts, unread } = await collected(collector, {
      'ops/dashboards/pay.json': JSON.stringify(DASHBOARD, null, 2),
    });
    expect(unread).toEqual([]);
    expect(facts.dashboards).toMatchObject([
      {
        title: 'Payments',
        uid: 'pay-main',
        metrics: ['http_requests_total', 'pay_duration_seconds_bucket'],
        signals: ['latency', 'traffic'],
        queries: 3,
        unreadableQueries: 1,
        links: ['https://runbooks.lumenpay.io'],
      },
    ]);
    const text = JSON.stringify(DASHBOARD, null, 2).split('\n');
    expect(text[(facts.dashboards[0]?.at.line ?? 0) - 1]).toBe('  "title": "Payments",');
  });

  it('is found in exports, in rows, in ConfigMaps and in objects', async () => {
    const old = { title: 'Old', schemaVersion: 14, rows: [{ panels: [{ targets: [{ expr: 'up' }] }] }] };
    const json = JSON.stringify(DASHBOARD);
    const { facts } = await collected(collector, {
      'a.json': JSON.stringify({ dashboard: DASHBOARD, overwrite: true }),
      'b.json': JSON.stringify(old),
      'c.yaml': `kind: ConfigMap\ndata:\n  pay.json: |\n    ${json}\n`,
      'd.yaml': `apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nspec:\n  json: >\n    ${json}\n`,
    });
    expect(facts.dashboards.map(({ title, at }) => `${title} ${spot(at)}`)).toEqual([
      'Payments a.json:1',
      'Old b.json:1',
      'Payments c.yaml:3',
      'Payments d.yaml:4',
    ]);
    expect(facts.dashboards[1]?.signals).toEqual(['availability']);
  });

  it('counts what it asks of other sources as not read, and takes a variable in place of a quoted value', async () => {
    const targets = [
      { metricName: 'CPUUtilization', namespace: 'AWS/RDS', refId: 'A' },
      { expr: 'sum(rate(http_requests_total{job=$job, region=~[[region]]}[5m]))', refId: 'B' },
      { expr: '', refId: 'C' },
      { refId: 'D' },
    ];
    const { facts } = await collected(collector, {
      'dashboards/rds.json': JSON.stringify({ title: 'RDS', schemaVersion: 39, panels: [{ targets }] }),
    });
    expect(facts.dashboards).toMatchObject([{ queries: 2, unreadableQueries: 1, metrics: ['http_requests_total'] }]);
  });

  it('is found in each item of a list of objects', async () => {
    const json = JSON.stringify(DASHBOARD);
    const { facts } = await collected(collector, {
      'dashboards.yaml': `kind: ConfigMapList\nitems:\n  - kind: ConfigMap\n    data:\n      a.json: |\n        ${json}\n  - kind: ConfigMap\n    data:\n      b.json: |\n        ${json}\n`,
    });
    expect(facts.dashboards.map(({ title, at }) => `${title} ${spot(at)}`)).toEqual([
      'Payments dashboards.yaml:5',
      'Payments dashboards.yaml:9',
    ]);
  });

  it('in a file that is no YAML in full is noted', async () => {
    const { unread } = await collected(collector, {
      'dash.yaml': `kind: ConfigMap\ndata:\n  a.json: '${JSON.stringify({ panels: [] })}'\n  b.json: [\n`,
      'chart/templates/dash.yaml': `kind: ConfigMap\ndata:\n  a.json: '${JSON.stringify({ panels: [] })}'\n  {{ .Values.name }}: [\n`,
    });
    expect(unread).toMatchObject([
      {
        at: { path: 'chart/templates/dash.yaml' },
        reason: 'template',
        detail: expect.stringContaining('once its template is rendered'),
      },
      { at: { path: 'dash.yaml' }, reason: 'invalid-syntax' },
    ]);
  });

  it('that is too large to be read is noted', async () => {
    const { facts, unread } = await collected(collector, {
      'ops/dashboards.yaml': `kind: ConfigMap\ndata:\n  a.json: "${'x'.repeat(2 * 1024 * 1024)}"\n`,
    });
    expect(facts.dashboards).toEqual([]);
    expect(unread).toMatchObject([{ at: { path: 'ops/dashboards.yaml' }, reason: 'too-large' }]);
  });

  it('in a chart may hold actions', async () => {
    const template = `kind: ConfigMap\ndata:\n  pay.json: |\n    {"title": "{{ include "pay.name" . }}", "schemaVersion": 39, "panels": [{"legend": "{{ "{{" }}pod{{ "}}" }}", "targets": [{"expr": "up"}]}]}\n`;
    const { facts, unread } = await collected(collector, { 'chart/templates/dashboard.yaml': template });
    expect(unread).toEqual([]);
    expect(facts.dashboards).toMatchObject([
      { metrics: ['up'], at: { path: 'chart/templates/dashboard.yaml', line: 3 } },
    ]);
  });

  it('that is only a placeholder is not read', async () => {
    const { facts, unread } = await collected(collector, {
      'grafana.yaml':
        'kind: ConfigMap\ndata:\n  pay.json: |\n    {"title": "Pay", "schemaVersion": 39, "panels": [ ... same content ... ]}\n',
      'dashboards/broken.json': '{"schemaVersion": 39,\n "panels": [}\n',
    });
    expect(facts.dashboards).toEqual([]);
    expect(unread.map(({ at, reason }) => `${at.path}:${at.line} ${reason}`)).toEqual([
      'dashboards/broken.json:1 invalid-syntax',
      'grafana.yaml:3 invalid-syntax',
    ]);
  });

  it("is nothing that merely has panels, and nobody else's", async () => {
    const { facts } = await collected(collector, {
      'layout.json': '{"panels": ["left", "right"]}',
      'empty.json': '{"title": "Empty", "schemaVersion": 39, "panels": []}',
      'vendor/mixin/pay.json': JSON.stringify(DASHBOARD),
    });
    expect(facts.dashboards).toEqual([]);
  });
});
