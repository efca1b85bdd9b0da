/** What evaluates alerts, as people call it. */
import type { Engine } from '../../evidence/alerts.ts';

const NAMES: Readonly<Record<Engine, string>> = {
  prometheus: 'Prometheus',
  loki: 'Loki',
  grafana: 'Grafana',
  cloudwatch: 'CloudWatch',
  datadog: 'Datadog',
  azure: 'Azure',
  google: 'Google Cloud',
  newrelic: 'New Relic',
  uptime: 'the uptime service',
};

/** "CloudWatch". */
export function engineName(engine: Engine): string {
  return NAMES[engine];
}
