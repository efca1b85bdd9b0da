/** How a specification measures its objective, in PromQL over the whole window. Undefined wherever its own words do not say that outright. Pure. */
import { milliseconds } from '../../dates.ts';
import type { Measure } from '../../live/attainment.ts';
import { record } from '../plain-value.ts';
import { hasMarks } from '../yaml/template-marks.ts';

type Members = Readonly<Record<string, unknown>>;

/** Sloth: `{{.window}}` is its own, and a raw query gives the share of errors. */
export function slothMeasure(sli: Members): Measure | undefined {
  const events = record(sli.events);
  const raw = record(sli.raw);
  const [errors, total] = [
    query(events.error_query ?? events.errorQuery),
    query(events.total_query ?? events.totalQuery),
  ];
  const ratio = query(raw.error_ratio_query ?? raw.errorRatioQuery);
  if (errors && total && isOver(errors) && isOver(total)) return { of: 'errors', part: errors, total };
  return ratio && isOver(ratio) ? { of: 'errors', part: ratio } : undefined;
}

/** A query in the manifest gives the share of good events itself. */
export function claimedMeasure(text: string, window: string | undefined): Measure | undefined {
  const part = query(text);
  return part && isOver(part, window) ? { of: 'good', part } : undefined;
}

/** Pyrra: selectors of counters, of which it takes the increase. */
export function pyrraMeasure(indicator: Members): Measure | undefined {
  const { ratio, latency } = indicator;
  const total = increase(record(record(ratio ?? latency).total).metric);
  const part = increase(ratio ? record(record(ratio).errors).metric : record(record(latency).success).metric);
  return part && total ? { of: ratio ? 'errors' : 'good', part, total } : undefined;
}

/** OpenSLO: a ratio of two counters of Prometheus, as selectors, as the sum of their rates, or with the window as their range. */
export function openSloMeasure(ratio: Members, window: string | undefined): Measure | undefined {
  const isBad = ratio.good === undefined;
  const part = openSloQuery(isBad ? ratio.bad : ratio.good, ratio.counter, window);
  const total = openSloQuery(ratio.total, ratio.counter, window);
  return part && total ? { of: isBad ? 'errors' : 'good', part, total } : undefined;
}

function openSloQuery(holder: unknown, counter: unknown, window: string | undefined): string | undefined {
  const source = record(record(holder).metricSource);
  if (!/^prometheus$/i.test(String(source.type ?? ''))) return undefined;
  const spec = record(source.spec);
  const text = query(spec.query ?? spec.promql);
  if (text === undefined) return undefined;
  const counted = counter === true && SELECTOR.test(text) ? text : RATE.exec(text)?.[1];
  if (counted !== undefined) return increase(counted);
  return isOver(text, window) ? text : undefined;
}

/** A metric, with matchers or without. */
const SELECTOR = /^[a-zA-Z_:][\w:]*(?:\{[^{}]*\})?$/;

/** The sum of a counter's rate or increase and nothing else: over another range it counts the same events for another time. */
const RATE = /^sum\s*\(\s*(?:rate|increase)\s*\(\s*([a-zA-Z_:][\w:]*(?:\{[^{}]*\})?)\s*\[\s*\w+\s*\]\s*\)\s*\)$/;

/** Every range, or the range of every subquery, is the window, so that the query is over the whole of it. */
function isOver(text: string, window?: string): boolean {
  const ranges = withoutStrings(text).match(/\[[^\][]*\]/g) ?? [];
  return ranges.length > 0 && ranges.every((it) => isWindow(it.slice(1, -1).split(':')[0]?.trim() ?? '', window));
}

function isWindow(range: string, window: string | undefined): boolean {
  if (/^\{\{\s*\.?window\s*\}\}$/i.test(range)) return true;
  return window !== undefined && milliseconds(range) !== undefined && milliseconds(range) === milliseconds(window);
}

function withoutStrings(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
}

function increase(metric: unknown): string | undefined {
  const selector = query(metric);
  return selector && SELECTOR.test(selector) ? `sum(increase(${selector}[{{window}}]))` : undefined;
}

function query(value: unknown): string | undefined {
  return typeof value === 'string' && !hasMarks(value) && value.trim() !== '' && value.length < 10_000
    ? value.trim()
    : undefined;
}
