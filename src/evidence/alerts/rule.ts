/** One rule of a Prometheus-shaped rule file as an alert with its places. */
import type { Place } from '../../model.ts';
import type { Alert } from '../alerts.ts';
import { record, word } from '../plain-value.ts';
import { analyseQuery, type QueryFacts, signalsOf } from '../queries/promql.ts';
import { fillActions, type Surrounding } from '../yaml/filled-template.ts';
import { hasMarks, opaque, withoutMarks } from '../yaml/template-marks.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import type { View } from './files.ts';

/** A rule and where it is. */
export interface RuleView {
  readonly view: View;
  readonly path: YamlPath;
  readonly rule: Readonly<Record<string, unknown>>;
}

/** What labels or annotations hold. */
export interface Texts {
  readonly texts: Readonly<Record<string, string>>;
  readonly places: Readonly<Record<string, Place>>;
  readonly templated: readonly string[];
}

/** Stand-ins while a query with actions in it is parsed; what they stood for is then left out of the facts. */
const WORD = 'zzTemplated';
const NUMBER = 918_273_645;

/** The alert of a rule. */
export function ruleAlert({ view, path, rule }: RuleView, group: string | undefined): Alert {
  const expr = marked(word(rule.expr) ?? '', true);
  const holds = word(rule.for);
  const labels = textsOf(view, [...path, 'labels'], rule.labels, 'labels');
  const annotations = textsOf(view, [...path, 'annotations'], rule.annotations, 'annotations');
  const name = word(rule.alert) ?? '';
  return {
    name: withoutMarks(name),
    engine: 'prometheus',
    expr: withoutMarks(expr),
    ...queryFacts(expr, name, labels.texts),
    ...(holds !== undefined && { for: withoutMarks(holds) }),
    labels: labels.texts,
    annotations: annotations.texts,
    ...(group !== undefined && { group: withoutMarks(group) }),
    file: view.file.path,
    at: view.at([...path, 'alert']),
    exprAt: view.at([...path, 'expr']),
    labelsAt: labels.places,
    annotationsAt: annotations.places,
    templated: [...markedParts({ name, expr, for: holds ?? '' }), ...labels.templated, ...annotations.templated],
    conditions: view.conditions(path),
  };
}

/** The part of an alert that its query gives. */
export function queryFacts(expr: string, name: string, labels: Readonly<Record<string, string>>) {
  const facts = withoutStandIns(analyseQuery(fillActions(expr, standIn)));
  const { signals, multiWindow, from } = signalsOf(facts, withoutMarks(name), labels);
  const { dialect, metrics, divided, ranges, comparisons, functions, ops } = facts;
  return { dialect, metrics, divided, ranges, comparisons, functions, ops, signals, signalsFrom: from, multiWindow };
}

/** Labels or annotations; a value that is neither word nor number is no text of ours. */
export function textsOf(view: View, path: YamlPath, value: unknown, part: string): Texts {
  const entries = Object.entries(record(value)).flatMap(([key, it]) => {
    const text = it === null ? '' : word(it);
    return text === undefined ? [] : [[key, marked(text, false)] as const];
  });
  const unseen = hasMarks(value) || view.document.injected(path).length > 0;
  return {
    texts: Object.fromEntries(entries.map(([key, text]) => [key, withoutMarks(text)])),
    places: Object.fromEntries(entries.map(([key]) => [key, view.at([...path, key])])),
    templated: [
      ...(unseen ? [part] : []),
      ...entries.filter(([, text]) => hasMarks(text)).map(([key]) => `${part}.${key}`),
    ],
  };
}

/** Names of the parts that hold a template's action. */
export function markedParts(parts: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(parts).flatMap(([part, text]) => (hasMarks(text) ? [part] : []));
}

/** Something that parses where the action stands: a window, a number, a matcher, an operator or a part of a word. */
function standIn({ quoted, within, before, after }: Surrounding): string {
  if (quoted) return WORD;
  if ((within === '[' && /[[:]$/.test(before)) || /\boffset$/i.test(before))
    return /^(ms|[smhdwy])/.test(after) ? '5' : '5m';
  if (within === '{' && /[{,]$/.test(before)) return `${WORD}="${WORD}"`;
  if (within === '{' && after.startsWith('"') && /\w$/.test(before)) return '=';
  return /([><=!+\-*/%^]|\bbool)$/.test(before) ? String(NUMBER) : WORD;
}

/** What only a chart can fill in; Prometheus' own templates know `$labels`, `$value` and functions over them. */
const CHART_ACTION =
  /\{\{-?\s*(?:\$?\.(?:Values|Release|Chart|Files|Capabilities|Template)\b|\$\.(?:Values|Release|Chart)\b|(?:include|template|tpl)\s)/;

/** Values of a chart are templates too where the chart passes them through `tpl`. A query has no braces in pairs of its own. */
function marked(text: string, isQuery: boolean): string {
  if (hasMarks(text) || text.length > 20_000 || !(isQuery ? text.includes('{{') : CHART_ACTION.test(text))) return text;
  return text.replace(/\{\{[^{}]*\}\}/g, opaque);
}

function withoutStandIns(facts: QueryFacts): QueryFacts {
  return {
    ...facts,
    metrics: facts.metrics.map(({ name, matchers }) => ({
      name: name.includes(WORD) ? '' : name,
      matchers: matchers.filter(({ label, value }) => !label.includes(WORD) && !value.includes(WORD)),
    })),
    comparisons: facts.comparisons.map((it) => (it.number === NUMBER ? { op: it.op } : it)),
    factors: facts.factors.filter((factor) => factor !== NUMBER),
  };
}
