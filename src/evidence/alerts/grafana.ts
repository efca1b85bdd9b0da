/** Alerts provisioned in Grafana (`apiVersion: 1`, groups with a folder). The query is in one data item, the threshold in another. */

import { table } from '../../table.ts';
import type { Alert } from '../alerts.ts';
import { list, record, word } from '../plain-value.ts';
import type { Comparison } from '../queries/promql.ts';
import { withoutMarks } from '../yaml/template-marks.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import type { View } from './files.ts';
import { markedParts, queryFacts, textsOf } from './rule.ts';

/** The alerts of a provisioning document; undefined where it is none. */
export function grafanaAlerts(view: View): readonly Alert[] | undefined {
  const value = record(view.document.value);
  const groups = list(value.groups).map(record);
  if (value.apiVersion !== 1 || !groups.some((group) => 'folder' in group)) return undefined;
  return groups.flatMap((group, index) =>
    list(group.rules).flatMap((rule, position) => {
      const path = ['groups', index, 'rules', position];
      return word(record(rule).title) === undefined ? [] : [alertOf(view, path, record(rule), word(group.name))];
    }),
  );
}

function alertOf(
  view: View,
  path: YamlPath,
  rule: Readonly<Record<string, unknown>>,
  group: string | undefined,
): Alert {
  const data = list(rule.data).map((item) => record(record(item).model));
  const index = data.findIndex((model) => (word(model.expr) ?? '') !== '');
  const expr = word(data[index]?.expr) ?? '';
  const name = word(rule.title) ?? '';
  const holds = word(rule.for);
  const labels = textsOf(view, [...path, 'labels'], rule.labels, 'labels');
  const annotations = textsOf(view, [...path, 'annotations'], rule.annotations, 'annotations');
  const facts = queryFacts(expr, name, labels.texts);
  return {
    name: withoutMarks(name),
    engine: 'grafana',
    expr: withoutMarks(expr),
    ...facts,
    comparisons: [...facts.comparisons, ...thresholds(data)],
    ...(holds !== undefined && { for: withoutMarks(holds) }),
    labels: labels.texts,
    annotations: annotations.texts,
    ...(group !== undefined && { group }),
    file: view.file.path,
    at: view.at([...path, 'title']),
    exprAt: view.at(index < 0 ? [...path, 'data'] : [...path, 'data', index, 'model', 'expr']),
    labelsAt: labels.places,
    annotationsAt: annotations.places,
    templated: [...markedParts({ name, expr, for: holds ?? '' }), ...labels.templated, ...annotations.templated],
    conditions: view.conditions(path),
    ...(word(rule.noDataState) === 'Alerting' && { silenceAt: view.at([...path, 'noDataState']) }),
  };
}

const EVALUATORS: Readonly<Record<string, Comparison['op']>> = table({
  gt: '>',
  lt: '<',
  gte: '>=',
  lte: '<=',
  eq: '==',
  ne: '!=',
});

/** Thresholds of expression items: `conditions[].evaluator`, or an `expression` such as `$A > 5`. */
function thresholds(models: readonly Readonly<Record<string, unknown>>[]): readonly Comparison[] {
  return models.flatMap((model) => {
    const evaluators = list(model.conditions).map((condition) => record(record(condition).evaluator));
    const typed = evaluators.flatMap(({ type, params }) => {
      const op = EVALUATORS[word(type) ?? ''];
      const [number] = list(params);
      return op ? [{ op, ...(typeof number === 'number' && { number }) }] : [];
    });
    const [, op, number] =
      /([><]=?|[=!]=)\s*(-?\d+(?:\.\d+)?)\s*$/.exec((word(model.expression) ?? '').slice(0, 500)) ?? [];
    return op ? [...typed, { op: op as Comparison['op'], number: Number(number) }] : typed;
  });
}
