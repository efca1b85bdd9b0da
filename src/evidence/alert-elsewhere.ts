/** Alerts that exist and are not read here: in languages that are not rendered, in Terraform, in charts and repositories elsewhere. */
import type { Delegated, Unread } from '../model.ts';
import type { SourceFile, Sources } from './collector.ts';
import { deliveredElsewhere } from './delivered-elsewhere.ts';
import { list, record, word } from './plain-value.ts';
import { isDocumentation, placeIn } from './sources.ts';

const ALARM =
  /^[ \t]*resource[ \t]+"(aws_cloudwatch_(?:metric|composite)_alarm|datadog_monitor(?:_json)?|azurerm_monitor_\w*(?:alert|query_rules)\w*|google_monitoring_(?:alert_policy|uptime_check_config)|newrelic_\w*alert\w*|grafana_rule_group|statuscake_uptime_check|pingdom_check)"[ \t]+"([^"\n]{1,200})"/gm;
const JSONNET_ALERT = /^[ \t]*["']?alert["']?[ \t]*:/m;
/** Most alarms of one file that are listed. */
const MOST = 50;

/** Notes alert definitions in languages this version does not read. */
export function notRead(sources: Sources, named: readonly SourceFile[], unread: Unread[]): void {
  const own = sources.files.filter(
    (file) => file.class === 'source' && !named.includes(file) && !isDocumentation(file.path),
  );
  for (const file of [...named, ...own]) {
    if (/\.(jsonnet|libsonnet)$/i.test(file.path)) noteJsonnet(file, sources, unread);
    else if (/\.tf$/i.test(file.path)) noteAlarms(file, sources, unread);
  }
}

function noteJsonnet(file: SourceFile, sources: Sources, unread: Unread[]): void {
  const text = sources.text(file, unread);
  const found = text === undefined ? null : JSONNET_ALERT.exec(text);
  if (!found) return;
  const at = placeIn(file, lineAt(found.input, found.index));
  unread.push({ at, reason: 'language', detail: 'jsonnet is not rendered' });
}

function noteAlarms(file: SourceFile, sources: Sources, unread: Unread[]): void {
  const text = sources.text(file, unread) ?? '';
  for (const found of [...text.matchAll(ALARM)].filter((it) => !scales(text, it.index)).slice(0, MOST)) {
    const [, type, name] = found;
    const at = placeIn(file, lineAt(text, found.index));
    const off = switchedOff(text, found.index);
    const what = off === undefined ? 'is not read' : `is switched off (${off}) and not read`;
    unread.push({ at, reason: 'language', detail: `the Terraform resource ${type} "${name}" ${what}` });
  }
}

/** Said outright; what a variable decides is not known. */
const OFF = /^[ \t]*(count[ \t]*=[ \t]*0|(?:actions_)?enabled[ \t]*=[ \t]*false)[ \t]*(?:#.*)?$/m;

/** How the alarm whose block starts there is switched off, by an argument of its own and not of a block within. */
function switchedOff(text: string, start: number): string | undefined {
  let own = blockAt(text, start).replace('{', '');
  for (let level = 0; level < 3; level++) own = own.replace(/\{[^{}]*\}/g, '');
  return OFF.exec(own)?.[1]?.replace(/\s+/g, ' ');
}

/** Whether the alarm whose block starts there sets off a change of scale, and tells nobody. */
function scales(text: string, start: number): boolean {
  const block = blockAt(text, start);
  return /autoscaling_policy\./.test(block) && !/\baws_sns_topic|\bsns\b|_topic\b/.test(block);
}

function blockAt(text: string, start: number): string {
  const end = text.indexOf('\n}', start);
  return text.slice(start, end === -1 ? undefined : end);
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Charts and repositories elsewhere that are likely to bring the alerts. */
export function delegations(sources: Sources, unread: Unread[]): Delegated[] {
  const charts = sources.files.filter(
    (file) => file.class === 'source' && /(^|\/)(Chart|requirements)\.ya?ml$/.test(file.path),
  );
  const all = [...charts.flatMap((file) => fromChart(file, sources, unread)), ...deliveredElsewhere(sources)];
  return all.sort((a, b) => (a.at.path < b.at.path ? -1 : a.at.path > b.at.path ? 1 : 0));
}

function fromChart(file: SourceFile, sources: Sources, unread: Unread[]): readonly Delegated[] {
  const document = sources.yaml(file, unread)?.documents[0];
  return list(record(document?.value).dependencies).flatMap((entry, index) => {
    const { name, version, repository } = record(entry);
    const chart = word(name) ?? '';
    if (!/alert|monitor|prometheus/i.test(chart)) return [];
    const to = [`chart ${chart}`, word(version), word(repository)].filter(Boolean).join(' ');
    return [{ at: placeIn(file, document?.at(['dependencies', index]).line), to }];
  });
}
