/** How one service of a fleet is watched: alerts, recording rules, a dashboard, an objective and the runbook they link. */
import type { Planned } from './plan.ts';
import type { Random } from './random.ts';
import type { Files } from './repository.ts';

const ALERTS =
  'HighErrorRate HighLatencyP99 PodCrashLooping SaturationHigh QueueBacklog DependencyDown CertExpiry DiskFilling BurnRateFast BurnRateSlow'.split(
    ' ',
  );
const WINDOWS = ['1m', '5m', '30m', '1h', '6h'];

/** Its monitoring, and the runbook. */
export function watchingOf({ name, team, availability, gap }: Planned, random: Random): Files {
  const errors = `sum(rate(http_requests_total{app="${name}",code=~"5.."}`;
  const all = `sum(rate(http_requests_total{app="${name}"}`;
  const alert = (title: string): string =>
    `        - alert: ${title}\n          expr: |\n            ${errors}[5m]))\n              / ${all}[5m])) > ${(random.next() / 10).toFixed(3)}\n          for: ${1 + random.below(14)}m\n          labels: { severity: ${random.pick(['critical', 'major', 'standard'])}, team: ${team} }\n          annotations:\n            summary: ${title} on ${name}\n            description: '{{ $value }} over the last 5 minutes in {{ $labels.namespace }}'\n            runbook_url: docs/runbook.md#${title.toLowerCase()}\n`;
  const record = (window: string): string =>
    `      - record: job:http_errors:ratio_rate${window}\n        expr: ${errors}[${window}])) / ${all}[${window}]))\n`;
  return {
    ...(gap !== 'alerts' && {
      'monitoring/alerts.yaml': `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: ${name} }\nspec:\n  groups:\n    - name: ${name}.rules\n      rules:\n${ALERTS.map(alert).join('')}`,
    }),
    'monitoring/recording.yaml': `groups:\n  - name: ${name}.record\n    rules:\n${WINDOWS.map(record).join('')}`,
    'monitoring/dashboard.json': JSON.stringify(dashboardOf(name, random), null, 2),
    'slo.yaml': `version: prometheus/v1\nservice: ${name}\nslos:\n  - name: availability\n    objective: ${availability}\n    sli: { events: { error_query: '${errors}[{{.window}}]))', total_query: '${all}[{{.window}}]))' } }\n`,
    ...(gap !== 'runbook' && {
      'docs/runbook.md': `# Runbook: ${name}\n\n${ALERTS.map((it) => sectionOf(it, name, team)).join('\n')}`,
    }),
  };
}

function dashboardOf(name: string, random: Random): object {
  const expr = `sum(rate(http_requests_total{app="${name}"}[5m])) by (code)`;
  const panels = Array.from({ length: 12 }, (_, id) => ({
    id,
    type: 'timeseries',
    title: `panel ${id}`,
    gridPos: { h: 8, w: 12, x: (id % 2) * 12, y: id * 4 },
    targets: [{ expr, refId: 'A' }],
  }));
  return { title: name, uid: random.hex(9), panels };
}

function sectionOf(alert: string, name: string, team: string): string {
  return `## ${alert}\n\n**What it means.** ${'Requests fail faster than the budget allows. '.repeat(3)}\n\n**Diagnose**\n\n1. Open the dashboard.\n2. \`kubectl logs deploy/${name} --since=15m\`\n3. Ask in #${team}.\n\n**Mitigate.** Roll back with \`kubectl rollout undo deploy/${name}\`.\n\n**Escalate** to ${team}-lead after 15 minutes.\n`;
}
