/** Alerts that Terraform defines, and modules elsewhere that are likely to bring some. */
import type { Delegated, Unread } from '../../model.ts';
import type { Reading } from '../alerts/files.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { placeIn } from '../sources.ts';
import { azureAlerts } from './alerts/azure.ts';
import { cloudwatchAlerts } from './alerts/cloudwatch.ts';
import { datadogAlerts } from './alerts/datadog.ts';
import { googleAlerts } from './alerts/google.ts';
import { grafanaAlerts, newRelicAlerts, uptimeAlerts } from './alerts/others.ts';
import type { ModuleCall } from './block.ts';
import { readTerraform, type TerraformReading, terraformIn } from './read.ts';

const READERS = [
  cloudwatchAlerts,
  datadogAlerts,
  azureAlerts,
  googleAlerts,
  newRelicAlerts,
  grafanaAlerts,
  uptimeAlerts,
];

/** Resources that are, or may be, alerts; the others of a file that could not be read say nothing of alerts. */
const ALERTING =
  /resource (aws_cloudwatch_\w*alarm|datadog_(monitor|synthetics)\w*|azurerm_monitor_\w*alert\w*|google_monitoring_alert_policy|newrelic_\w*alert\w*|grafana_rule_group|statuscake_\w+|pingdom_\w+|checkly_\w+|uptimerobot_\w+|betteruptime_\w+)/;
/** A module's address that promises alerts. */
const PROMISING = /alarm|alert|monitors?(?![a-z])|uptime|statuscake|pingdom|datadog|synthetic|canary/i;

/** Adds the alerts of the service's own Terraform and of files that the manifest names. */
export async function terraformAlerts(
  named: readonly SourceFile[],
  sources: Sources,
  reading: Reading,
  delegated: Delegated[],
): Promise<void> {
  const own = await readTerraform(sources);
  const known = new Set(sources.files.filter((it) => it.class === 'source').map((it) => `${it.root}:${it.path}`));
  const others = named.filter((it) => !known.has(`${it.root}:${it.path}`));
  const foreign = await terraformIn(others, sources);
  for (const it of [own, foreign]) addAlerts(it, reading, delegated);
}

function addAlerts(
  { blocks, modules, unread, files }: TerraformReading,
  reading: Reading,
  delegated: Delegated[],
): void {
  const there = blocks.filter(({ kind, absent }) => kind === 'resource' && absent === undefined);
  const alerts = READERS.flatMap((read) => read(there));
  reading.alerts.push(...alerts);
  reading.unread.push(...unread.filter(mayAlert));
  for (const path of new Set(alerts.map(({ at }) => `${at.root ?? ''}:${at.path}`))) {
    const first = alerts.find(({ at }) => `${at.root ?? ''}:${at.path}` === path);
    if (first) reading.ruleFiles.push(placeIn({ root: first.at.root ?? '', path: first.at.path }, first.at.line));
    reading.looked.add(path);
  }
  if (files === 0) return;
  delegated.push(
    ...modules.filter(isPromising).map(({ at, source }) => ({ at, to: `the Terraform module ${source}` })),
  );
}

function mayAlert({ detail, reason }: Unread): boolean {
  return reason === 'too-large' || ALERTING.test(detail);
}

/** Modules in this repository are read; what comes from a registry or another repository is not. */
function isPromising({ source }: ModuleCall): boolean {
  return source !== '' && !/^\.\.?\//.test(source) && PROMISING.test(source);
}
