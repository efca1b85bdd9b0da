/** Alert rules in any of the shapes repositories keep them in. Reads rules; does not say whether they are good, complete or routed. */
import type { Place } from '../model.ts';
import { delegations, notRead } from './alerts/elsewhere.ts';
import { alertsInFile, type Reading } from './alerts/files.ts';
import { namedFiles, ownFiles } from './alerts/sources.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import type { Maybe } from './known.ts';
import { ownNames } from './own-names.ts';
import { list, record, word } from './plain-value.ts';
import type { Comparison, Metric, Signal } from './queries/promql.ts';
import { terraformAlerts } from './terraform/alerts.ts';

/** What evaluates it. `uptime`: a service that asks the site from outside. */
export type Engine =
  | 'prometheus'
  | 'loki'
  | 'grafana'
  | 'cloudwatch'
  | 'datadog'
  | 'azure'
  | 'google'
  | 'newrelic'
  | 'uptime';

/** One alert. Texts are as written, a template's actions included. */
export interface Alert {
  readonly name: string;
  readonly engine: Engine;
  readonly expr: string;
  readonly dialect: 'promql' | 'logql' | 'unparsed';
  readonly signals: readonly Signal[];
  /** `name`: the query's own words say nothing, only the alert's name does. */
  readonly signalsFrom: 'expr' | 'name';
  readonly multiWindow: boolean;
  readonly metrics: readonly Metric[];
  /** Selectors, by index into `metrics`, that are divided by another one. */
  readonly divided: readonly number[];
  readonly ranges: readonly string[];
  readonly comparisons: readonly Comparison[];
  readonly functions: readonly string[];
  readonly ops: readonly string[];
  /** How long it must hold before it fires, as written. */
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly group?: string;
  /** Path of the file it is in. */
  readonly file: string;
  readonly at: Place;
  readonly exprAt: Place;
  readonly labelsAt: Readonly<Record<string, Place>>;
  readonly annotationsAt: Readonly<Record<string, Place>>;
  /**
   * Parts whose text a template fills in: `name`, `expr`, `for`, `labels.severity`, `annotations.runbook_url`; `labels`
   * or `annotations` alone where further ones are filled in that cannot be seen. Prometheus' own `{{ $labels }}` is no such thing.
   */
  readonly templated: readonly string[];
  /** Conditions of a template, or of Terraform's `count`, under which the alert exists at all. */
  readonly conditions: readonly string[];
  /** Whom it tells, where the alert itself says so; empty for nobody. Absent where Alertmanager's or Grafana's routes decide. */
  readonly sendsTo?: Maybe<readonly string[]>;
  /** Where it says in so many words that it fires when no data arrive. */
  readonly silenceAt?: Place;
  /** What keeps it from telling anyone: it, or its actions, are switched off. */
  readonly muted?: { readonly because: string; readonly at: Place };
}

/** Facts of this kind. */
export interface Facts {
  readonly alerts: readonly Alert[];
  /** Files that hold alert rules. */
  readonly ruleFiles: readonly Place[];
  /** Names of alerts that rule unit tests (`promtool test rules`) exercise. */
  readonly tested: readonly string[];
  /** Names by which the repository calls the service and its parts; labels may use any of them. */
  readonly names: readonly string[];
}

export const collector = defineCollector<Facts>({
  summary:
    "alert rules: Prometheus, Loki and VictoriaMetrics rule files and objects, in charts and ConfigMaps too, provisioned Grafana alerts, and Terraform's alarms and monitors",
  parses: ['yaml'],
  async collect(sources) {
    const reading: Reading = { alerts: [], ruleFiles: [], unread: [], looked: new Set() };
    const delegated = delegations(sources, reading.unread);
    const named = namedFiles(sources, reading.unread, delegated);
    for (const file of named) alertsInFile(file, true, sources, reading);
    for (const file of ownFiles(sources, named)) alertsInFile(file, false, sources, reading);
    notRead(sources, named, reading.unread);
    await terraformAlerts(named, sources, reading, delegated);
    const { alerts, ruleFiles } = reading;
    const files = ruleFiles.length === 1 ? '1 file' : `${ruleFiles.length} files`;
    return {
      facts: { alerts, ruleFiles, tested: testedAlerts(sources), names: ownNames(sources) },
      looked: {
        files: reading.looked.size,
        note: alerts.length === 1 ? `1 alert in ${files}` : `${alerts.length} alerts in ${files}`,
      },
      unread: reading.unread,
      delegated,
    };
  },
});

/** Rule tests live among the tests, so files of every class but vendored ones count. */
function testedAlerts(sources: Sources): readonly string[] {
  const names = new Set<string>();
  for (const file of sources.files) {
    if (file.class !== 'vendored' && /\.ya?ml$/i.test(file.path))
      for (const name of testedIn(file, sources)) names.add(name);
  }
  return [...names].sort();
}

function testedIn(file: SourceFile, sources: Sources): readonly string[] {
  if (!sources.text(file, [])?.includes('alert_rule_test')) return [];
  return (sources.yaml(file, [])?.documents ?? []).flatMap(({ value }) =>
    list(record(value).tests).flatMap((test) =>
      list(record(test).alert_rule_test).flatMap((it) => word(record(it).alertname) ?? []),
    ),
  );
}
