/** What a PromQL expression looks at and compares. Reads syntax only; never evaluates and never guesses at LogQL. */
import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { table } from '../../table.ts';

export { type Signal, signalsOf } from './signals.ts';

/** One label condition of a selector. */
export interface Matcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A selected series. The name is empty where only labels select it. */
export interface Metric {
  readonly name: string;
  readonly matchers: readonly Matcher[];
}

/** A comparison, with the number it compares with where one is written down. */
export interface Comparison {
  readonly op: '>' | '<' | '>=' | '<=' | '==' | '!=';
  readonly number?: number;
}

/** Facts of one expression. */
export interface QueryFacts {
  readonly metrics: readonly Metric[];
  readonly functions: readonly string[];
  readonly aggregations: readonly string[];
  readonly comparisons: readonly Comparison[];
  /** Windows of range selectors and subqueries as written, e.g. `5m`. */
  readonly ranges: readonly string[];
  /** Factors written down in products, e.g. the 14.4 of `14.4 * 0.001`. */
  readonly factors: readonly number[];
  /** Selectors on the left of a division, by index into `metrics`; empty where nothing is divided. */
  readonly numerators: readonly number[];
  /** Those among them that are divided by a selector and not by a number alone. */
  readonly divided: readonly number[];
  readonly divisions: boolean;
  /** Set and arithmetic operators, e.g. `and`, `unless`, `/`. */
  readonly ops: readonly string[];
  readonly error?: string;
  readonly dialect: 'promql' | 'logql' | 'unparsed';
}

/** Longest expression that is parsed. */
const LONGEST = 20_000;
/** Most syntax nodes of one expression that are looked at. */
const MAX_NODES = 20_000;
const COMPARISONS: Readonly<Record<string, Comparison['op']>> = table({
  Gtr: '>',
  Lss: '<',
  Gte: '>=',
  Lte: '<=',
  Eql: '==',
  Neq: '!=',
});
const MIRRORED = { '>': '<', '<': '>', '>=': '<=', '<=': '>=', '==': '==', '!=': '!=' } as const;
const OPERATORS = new Set(['And', 'Or', 'Unless', 'Div', 'Mul', 'Add', 'Sub', 'Mod', 'Pow', 'Atan2']);
/** What is known of a query that says nothing. */
export const NO_QUERY: QueryFacts = {
  metrics: [],
  functions: [],
  aggregations: [],
  comparisons: [],
  ranges: [],
  factors: [],
  numerators: [],
  divided: [],
  divisions: false,
  ops: [],
  dialect: 'unparsed',
};

/** Reads an expression. One that cannot be parsed gives its error and whatever was understood, never an exception. */
export function analyseQuery(expr: string): QueryFacts {
  const query = expr.trim();
  if (query === '') return { ...NO_QUERY, error: 'empty expression' };
  if (query.length > LONGEST) return { ...NO_QUERY, error: `longer than ${LONGEST} characters` };
  if (isLogql(query)) return { ...NO_QUERY, metrics: streamsOf(query), dialect: 'logql' };
  const facts = factsOf(parser.parse(query), query);
  return facts.error === undefined ? facts : { ...facts, dialect: 'unparsed' };
}

/** A log pipeline after a selector, told with quoted text set aside. */
function isLogql(query: string): boolean {
  const bare = query.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)*'/g, '""');
  return /\}\s*(\|=|\|~|\|>|!=\s*""|!~\s*""|!>|\|\s*(json|logfmt|pattern|regexp|unpack|unwrap|line_format|label_format|decolorize|drop|keep|[a-z_]\w*\s*[=!<>]))/i.test(
    bare,
  );
}

/** The stream selectors of a LogQL query, which are written like PromQL's; nothing else of it is read. */
function streamsOf(query: string): readonly Metric[] {
  return factsOf(parser.parse(query), query).metrics.filter(({ name, matchers }) => name === '' && matchers.length > 0);
}

interface Draft {
  metrics: Metric[];
  functions: Set<string>;
  aggregations: Set<string>;
  comparisons: Comparison[];
  ranges: string[];
  factors: number[];
  numerators: Set<number>;
  divided: Set<number>;
  ops: Set<string>;
  error?: string;
}

function factsOf(tree: Tree, query: string): QueryFacts {
  const draft: Draft = {
    metrics: [],
    functions: new Set(),
    aggregations: new Set(),
    comparisons: [],
    ranges: [],
    factors: [],
    numerators: new Set(),
    divided: new Set(),
    ops: new Set(),
  };
  const divisions: Division[] = [];
  const starts: number[] = [];
  let nodes = 0;
  tree.iterate({
    enter(ref) {
      if (++nodes > MAX_NODES) return false;
      if (ref.type.isError) draft.error ??= `not PromQL at character ${ref.from + 1}`;
      if (ref.name === 'VectorSelector') starts.push(ref.from);
      if (ref.name === 'Div') noteDivision(ref.node, divisions);
      note(ref.name, ref.node, query, draft);
      return true;
    },
  });
  if (nodes > MAX_NODES) draft.error ??= `more than ${MAX_NODES} parts`;
  const relative = new Map(divisions.map((it) => [it, holdsOne(it.divisor, starts)]));
  for (const [index, start] of starts.entries()) {
    const above = divisions.filter(({ dividend: [from, to] }) => start >= from && start < to);
    if (above.length > 0) draft.numerators.add(index);
    if (above.some((it) => relative.get(it))) draft.divided.add(index);
  }
  return finished(draft);
}

function finished(draft: Draft): QueryFacts {
  return {
    metrics: draft.metrics,
    functions: [...draft.functions],
    aggregations: [...draft.aggregations],
    comparisons: draft.comparisons,
    ranges: draft.ranges,
    factors: draft.factors,
    numerators: [...draft.numerators],
    divided: [...draft.divided],
    divisions: draft.ops.has('/'),
    ops: [...draft.ops],
    ...(draft.error !== undefined && { error: draft.error }),
    dialect: 'promql',
  };
}

type Span = readonly [from: number, to: number];

/** Both sides of a division, by characters. */
interface Division {
  readonly dividend: Span;
  readonly divisor: Span;
}

function noteDivision(operator: SyntaxNode, divisions: Division[]): void {
  const [left, right] = [operator.parent?.firstChild, operator.parent?.lastChild];
  if (!left || left.from === operator.from) return;
  const divisor: Span = right && right.from > operator.from ? [right.from, right.to] : [operator.to, operator.to];
  divisions.push({ dividend: [left.from, left.to], divisor });
}

/** Whether a selector begins within a span. */
function holdsOne([from, to]: Span, starts: readonly number[]): boolean {
  return starts.some((start) => start >= from && start < to);
}

function note(name: string, node: SyntaxNode, query: string, draft: Draft): void {
  const text = query.slice(node.from, node.to);
  if (name === 'VectorSelector') draft.metrics.push(metricOf(node, query));
  else if (name === 'FunctionIdentifier') draft.functions.add(text);
  else if (name === 'AggregateOp') draft.aggregations.add(text);
  else if (name === 'MatrixSelector' || name === 'SubqueryExpr') noteRange(node, query, draft);
  else if (OPERATORS.has(name)) draft.ops.add(text.toLowerCase());
  else if (name === 'NumberDurationLiteral') noteFactor(node, text, draft);
  else if (name in COMPARISONS && node.parent?.name === 'BinaryExpr')
    draft.comparisons.push(comparisonOf(name, node, query));
}

function noteRange(node: SyntaxNode, query: string, draft: Draft): void {
  const range = node.getChild('DurationExpr');
  if (range) draft.ranges.push(query.slice(range.from, range.to));
}

function noteFactor(node: SyntaxNode, text: string, draft: Draft): void {
  const value = finite(Number(text));
  if (value !== undefined && node.parent?.getChild('Mul')) draft.factors.push(value);
}

function metricOf(selector: SyntaxNode, query: string): Metric {
  const identifier = selector.getChild('Identifier');
  let name = identifier ? query.slice(identifier.from, identifier.to) : '';
  const matchers: Matcher[] = [];
  for (let child = selector.getChild('LabelMatchers')?.firstChild; child; child = child.nextSibling) {
    if (child.name === 'QuotedLabelName') name = unquoted(query.slice(child.from, child.to));
    const matcher = matcherOf(child, query);
    if (matcher?.label === '__name__' && matcher.op === '=') name = matcher.value;
    else if (matcher) matchers.push(matcher);
  }
  return { name, matchers };
}

function matcherOf(node: SyntaxNode, query: string): Matcher | undefined {
  const label = node.getChild('LabelName') ?? node.getChild('QuotedLabelName');
  const op = node.getChild('MatchOp');
  const value = node.getChild('StringLiteral');
  if (!label || !op || !value) return undefined;
  const written = query.slice(op.from, op.to);
  if (written !== '=' && written !== '!=' && written !== '=~' && written !== '!~') return undefined;
  return {
    label: unquoted(query.slice(label.from, label.to)),
    op: written,
    value: unquoted(query.slice(value.from, value.to)),
  };
}

function unquoted(text: string): string {
  const quote = text[0];
  if (quote !== '"' && quote !== "'" && quote !== '`') return text;
  const body = text.slice(1, -1);
  return quote === '`' ? body : body.replace(/\\(["'\\])/g, '$1');
}

/** Told as if the number stood on the right: `5 < x` is `x > 5`. */
function comparisonOf(name: string, operator: SyntaxNode, query: string): Comparison {
  const op = COMPARISONS[name] ?? '==';
  const right = operator.parent?.lastChild ? numberOf(operator.parent.lastChild, query) : undefined;
  if (right !== undefined) return { op, number: right };
  const left = operator.parent?.firstChild ? numberOf(operator.parent.firstChild, query) : undefined;
  return left === undefined ? { op } : { op: MIRRORED[op], number: left };
}

/** A number written down, also as a product or quotient such as `14.4 * 0.001`. */
function numberOf(node: SyntaxNode, query: string): number | undefined {
  const text = query.slice(node.from, node.to);
  if (node.name === 'NumberDurationLiteral') return finite(Number(text));
  const inner = node.name === 'ParenExpr' ? node.firstChild : null;
  if (inner) return numberOf(inner.name === '(' ? (inner.nextSibling ?? inner) : inner, query);
  if (node.name === 'UnaryExpr' && node.lastChild) return negated(text, numberOf(node.lastChild, query));
  if (node.name !== 'BinaryExpr' || !node.firstChild || !node.lastChild) return undefined;
  const left = numberOf(node.firstChild, query);
  const right = left === undefined ? undefined : numberOf(node.lastChild, query);
  return left === undefined || right === undefined ? undefined : computed(left, node, right);
}

function negated(text: string, value: number | undefined): number | undefined {
  return value === undefined || !text.startsWith('-') ? value : -value;
}

function computed(left: number, node: SyntaxNode, right: number): number | undefined {
  if (node.getChild('Mul')) return finite(left * right);
  if (node.getChild('Div')) return finite(left / right);
  if (node.getChild('Add')) return finite(left + right);
  return node.getChild('Sub') ? finite(left - right) : undefined;
}

/** To twelve digits, so that 14.4 × 0.001 is 0.0144. */
function finite(value: number): number | undefined {
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : undefined;
}
