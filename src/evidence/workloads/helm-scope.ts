/** What a chart's template sees while its actions are decided: its root, its dot, its variables and named templates. */
import { isOpaque, type YamlPath } from '../yaml/yaml.ts';
import type { Node } from './helm-syntax.ts';
import { type ChartValues, valueAt } from './helm-values.ts';

/** What an expression gives; `undefined` instead of this where it cannot be known without rendering. */
export interface Seen {
  /** Plain data; `undefined` where nothing is set. Strings may hold opaque parts. */
  readonly value: unknown;
  /** The path in the chart's values it comes from, where it comes from there unchanged. */
  readonly from?: YamlPath;
}

/** What is the same for all templates of a chart in one environment. */
export interface ChartScope {
  readonly values: ChartValues;
  /** `$` at the top of a template: Values, Chart, Release. */
  readonly root: object;
  readonly named: ReadonlyMap<string, readonly Node[]>;
  /** Pieces of template that may still be evaluated. */
  readonly budget: { left: number };
}

/** What one place in a template sees. */
export interface Scope {
  readonly chart: ChartScope;
  readonly dot: Seen | undefined;
  readonly variables: Map<string, Seen | undefined>;
  /** How many named templates deep it is. */
  readonly depth: number;
}

/** Objects of Helm of which not everything can be known: what they lack is unseen rather than not set. */
const OPEN = new WeakSet<object>();

/** Most pieces of template evaluated for one chart in one environment. */
const BUDGET = 200_000;

/** The scope of a chart's templates. A release is taken to be named after its chart: the name only tells objects apart. */
export function chartScope(
  values: ChartValues,
  chart: Readonly<Record<string, unknown>>,
  release: string,
  named: ReadonlyMap<string, readonly Node[]>,
): ChartScope {
  const about = Object.entries(chart).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]);
  const root = open({
    Values: values.value,
    Chart: open(Object.fromEntries(about)),
    Release: open({ Name: release, Service: 'Helm' }),
    Capabilities: open({}),
    Template: open({}),
    Files: open({}),
  });
  return { values, root, named, budget: { left: BUDGET } };
}

function open<T extends object>(value: T): T {
  OPEN.add(value);
  return value;
}

/** The scope at the top of a template, or in a named one with the given dot. */
export function topScope(chart: ChartScope, dot: Seen | undefined = { value: chart.root }, depth = 0): Scope {
  return { chart, dot, variables: new Map([['$', dot]]), depth };
}

/** Follows fields. Nothing below nothing; unseen below what is unseen. */
export function fieldOf(from: Seen | undefined, steps: readonly string[], values: ChartValues): Seen | undefined {
  let here = from;
  for (const step of steps) {
    if (!here || isOpaque(here.value)) return undefined;
    const { value } = here;
    const child = valueAt(value, [step]);
    if (child === undefined && typeof value === 'object' && value !== null && OPEN.has(value)) return undefined;
    const path = values.pathOf(value);
    here = { value: child, ...(path && { from: [...path, Array.isArray(value) ? Number(step) : step] }) };
  }
  return here;
}

/** Whether something counts as true in a template; undefined where nobody can know. */
export function truthOf(seen: Seen | undefined): boolean | undefined {
  if (!seen) return undefined;
  const { value } = seen;
  if (isOpaque(value)) return undefined;
  if (value === undefined || value === null || value === false || value === 0 || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' ? Object.keys(value).length > 0 : true;
}
