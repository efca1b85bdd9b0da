/** Kubernetes' label selectors against labels, where either may be filled in by a template. Pure. */
import { list, record, word } from '../plain-value.ts';
import { isOpaque } from '../yaml/yaml.ts';
import { isPlaceholder } from './object-value.ts';

/** `unclear`: a template fills in what decides. */
export type Match = 'yes' | 'no' | 'unclear';

/** A selector of the form `matchLabels` and `matchExpressions`; an empty one selects everything. */
export function selects(selector: unknown, labels: unknown): Match {
  if (isText(selector)) return sameText(selector, labels) ? 'yes' : 'unclear';
  const { matchLabels, matchExpressions } = record(selector);
  return all([
    equalLabels(matchLabels ?? {}, labels),
    ...list(matchExpressions).map((expression) => fulfils(record(expression), labels)),
  ]);
}

/** A plain map of labels, as a Service has; an empty or absent one selects nothing. */
export function selectsPlainly(selector: unknown, labels: unknown): Match {
  if (!isText(selector) && Object.keys(record(selector)).length === 0) return 'no';
  return equalLabels(selector, labels);
}

function equalLabels(wanted: unknown, labels: unknown): Match {
  if (isText(wanted)) return sameText(wanted, labels) ? 'yes' : 'unclear';
  const pairs = Object.entries(record(wanted));
  if (pairs.length === 0) return 'yes';
  if (isText(labels)) return 'unclear';
  return all(pairs.map(([key, value]) => equalWords(word(value), word(record(labels)[key]))));
}

function equalWords(wanted: string | undefined, found: string | undefined): Match {
  if (wanted === found) return 'yes';
  if (wanted === undefined || found === undefined) return 'no';
  return isPlaceholder(wanted) || isPlaceholder(found) ? 'unclear' : 'no';
}

function fulfils(expression: Readonly<Record<string, unknown>>, labels: unknown): Match {
  if (isText(labels)) return 'unclear';
  const found = word(record(labels)[word(expression.key) ?? '']);
  const values = list(expression.values).flatMap((value) => word(value) ?? []);
  if ([found ?? '', ...values].some(isPlaceholder)) return 'unclear';
  switch (expression.operator) {
    case 'In':
      return found !== undefined && values.includes(found) ? 'yes' : 'no';
    case 'NotIn':
      return found === undefined || !values.includes(found) ? 'yes' : 'no';
    case 'Exists':
      return found !== undefined ? 'yes' : 'no';
    case 'DoesNotExist':
      return found === undefined ? 'yes' : 'no';
    default:
      return 'unclear';
  }
}

function all(matches: readonly Match[]): Match {
  if (matches.includes('no')) return 'no';
  return matches.includes('unclear') ? 'unclear' : 'yes';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** The same named template printed in both places gives the same labels, however far it is indented. */
function sameText(wanted: string, labels: unknown): boolean {
  return isOpaque(wanted) && typeof labels === 'string' && unindented(wanted) === unindented(labels);
}

function unindented(text: string): string {
  return text.replace(/\|\s*n?indent\s+\d+/g, '').replace(/[\s{}-]+/g, ' ');
}
