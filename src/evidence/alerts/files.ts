/** Finds alert rules in one file, whatever wraps them: objects, lists, ConfigMaps, values of charts. Decides by content, not by name. */
import type { Place, Unread } from '../../model.ts';
import type { Alert } from '../alerts.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { list, record, word } from '../plain-value.ts';
import { placeIn } from '../sources.ts';
import { yamlTrouble } from '../yaml/trouble.ts';
import { type Bounds, valuesWithin } from '../yaml/values-within.ts';
import { isOpaque, type Position, parseEmbedded, type YamlDocument, type YamlPath } from '../yaml/yaml.ts';
import { grafanaAlerts } from './grafana.ts';
import { type RuleView, ruleAlert } from './rule.ts';

/** What has been gathered so far. */
export interface Reading {
  readonly alerts: Alert[];
  readonly ruleFiles: Place[];
  readonly unread: Unread[];
  readonly looked: Set<string>;
}

/** A document, and how a place in it becomes a place in the file it came from. */
export interface View {
  readonly file: SourceFile;
  readonly document: YamlDocument;
  at(path: YamlPath): Place;
  /** Place of a place in a scalar's text. */
  inside(path: YamlPath, within: Position): Place;
  /** Conditions of a template, in the document or around it. */
  conditions(path: YamlPath): readonly string[];
}

const ALERT_KEY = /(?:^|[\s{,"'-])alert["']?[ \t]*:/m;
const RULE_OBJECT = /\bkind["']?[ \t]*:[ \t]*["']?(?:PrometheusRule|VMRule)\b/;
const GRAFANA = /\bapiVersion["']?[ \t]*:[ \t]*1\b/;
/** Keys of text that is shown and not applied, such as the `alm-examples` of an operator's bundle. */
const EXAMPLES = /(?:^|[-_.])examples?$/i;
/** Deepest level at which rules are looked for, most values looked at in one document, and most levels of YAML within YAML. */
const BOUNDS: Bounds = { deepest: 14, most: 200_000, isWhole: isRuleAt };
const MAX_EMBEDDING = 2;

/** Adds a file's alerts. `named`: the manifest says that the file has some. */
export function alertsInFile(file: SourceFile, named: boolean, sources: Sources, reading: Reading): void {
  if (!/\.(ya?ml|rules|tpl|json|tmpl|gotmpl)$/i.test(file.path)) return;
  const problems: Unread[] = [];
  const text = sources.text(file, problems);
  if (text === undefined) {
    if (named || /alert|rules|prometheus/i.test(file.path)) reading.unread.push(...problems);
    return;
  }
  if (!holdsRules(text) || (/\.json$/i.test(file.path) && !/"rules"\s*:/.test(text))) return;
  reading.looked.add(`${file.root}:${file.path}`);
  const parsed = sources.yaml(file, reading.unread);
  if (!parsed) return;
  reading.unread.push(...yamlTrouble(parsed, (position) => placed(file, position)));
  const before = reading.alerts.length;
  for (const document of parsed.documents) alertsInDocument(viewOf(file, document), reading);
  const [first] = reading.alerts.slice(before);
  if (first) reading.ruleFiles.push(placeIn(file, first.at.line));
}

function holdsRules(text: string): boolean {
  return ALERT_KEY.test(text) || RULE_OBJECT.test(text) || (GRAFANA.test(text) && /\bfolder["']?[ \t]*:/.test(text));
}

function viewOf(file: SourceFile, document: YamlDocument): View {
  return {
    file,
    document,
    at: (path) => placed(file, document.at(path)),
    inside: (path, within) => placed(file, document.inside(path, within)),
    conditions: (path) => document.conditions(path),
  };
}

function placed(file: SourceFile, { line, column }: Position): Place {
  return placeIn(file, line, column);
}

function alertsInDocument(view: View, reading: Reading): void {
  const value = record(view.document.value);
  if (value.kind === 'CustomResourceDefinition' || ('rule_files' in value && 'tests' in value)) return;
  const grafana = grafanaAlerts(view);
  if (grafana) {
    for (const alert of grafana) reading.alerts.push(alert);
    return;
  }
  noteUnseen(view, rulesIn(view, reading, 0), reading);
}

/** Adds the alerts of a document and of text within it; gives back the paths of the document's own rules, recording ones too. */
function rulesIn(view: View, reading: Reading, embedding: number): readonly YamlPath[] {
  const rules: RuleView[] = [];
  const recorded: YamlPath[] = [];
  for (const [path, value] of valuesWithin(view.document.value, BOUNDS)) {
    if (isRuleAt(path, value)) rules.push({ view, path, rule: value });
    else if (typeof path.at(-1) === 'number' && 'record' in record(value)) recorded.push(path);
    else if (typeof value === 'string' && embedding < MAX_EMBEDDING)
      embedded(view, path, value, reading, embedding + 1);
  }
  const alerts = rules.map((it) => ruleAlert(it, groupOf(view, it.path)));
  const isLoki = /loki/i.test(view.file.path) || alerts.some(({ dialect }) => dialect === 'logql');
  for (const alert of alerts) reading.alerts.push(isLoki ? asLoki(alert) : alert);
  return [...recorded, ...rules.map(({ path }) => path)];
}

/** An item of some list with a name and a query. */
function isRuleAt(path: YamlPath, value: unknown): value is Readonly<Record<string, unknown>> {
  const rule = record(value);
  return typeof path.at(-1) === 'number' && Boolean(word(rule.alert)) && Boolean(word(rule.expr));
}

/** Loki's rule files have the shape of Prometheus' and hold only LogQL, also where no pipeline gives it away. */
function asLoki(alert: Alert): Alert {
  return { ...alert, engine: 'loki', dialect: 'logql' };
}

/** Rules are members of a group's `rules`; elsewhere, e.g. in values of charts, there is no group. */
function groupOf({ document }: View, path: YamlPath): string | undefined {
  if (path.at(-2) !== 'rules') return undefined;
  let value = document.value;
  for (const step of path.slice(0, -2)) value = (value as Readonly<Record<string | number, unknown>>)[step];
  return word(record(value).name);
}

/** Rules as text within a ConfigMap or in a chart's values. */
function embedded(outer: View, path: YamlPath, text: string, reading: Reading, embedding: number): void {
  if (!text.includes('\n') || !ALERT_KEY.test(text) || EXAMPLES.test(String(path.at(-1)))) return;
  const parsed = parseEmbedded(text);
  reading.unread.push(...yamlTrouble(parsed, (position) => outer.inside(path, position)));
  const [action] = outer.document.injected(path);
  if (action) noteFilledIn(outer.at(path), action, reading);
  for (const document of parsed.documents) {
    const at = (inner: YamlPath): Place => outer.inside(path, document.at(inner));
    const inside = (inner: YamlPath, within: Position): Place => outer.inside(path, document.inside(inner, within));
    rulesIn({ file: outer.file, document, at, inside, conditions: () => outer.conditions(path) }, reading, embedding);
  }
}

/** Rules that a chart fills in from its values or from other files: they are there, and cannot be seen here. */
function noteUnseen({ document, file }: View, rules: readonly YamlPath[], reading: Reading): void {
  const value = record(document.value);
  if (value.kind !== 'PrometheusRule' && value.kind !== 'VMRule' && rules.length === 0) return;
  const path = ['data', 'spec', 'groups'].filter((key) => key in value).slice(0, 1);
  const beside = rules.flatMap((rule) => document.injected(rule));
  const actions = path.length === 0 ? [] : document.injected(path);
  const groups = list(record(value.spec).groups);
  const hollow = [value.spec, record(value.spec).groups, ...groups.map((it) => record(it).rules)].some(isOpaque);
  if (!hollow && actions.length <= beside.length) return;
  noteFilledIn(placeIn(file, document.at(path).line), actions[0] ?? 'by a template', reading);
}

function noteFilledIn(at: Place, action: string, reading: Reading): void {
  reading.unread.push({ at, reason: 'template', detail: `the chart fills in rules: ${action.slice(0, 100)}` });
}
