/** Whether an alert fires before something runs out, told from what its query compares. Pure; a name never counts. */

import type { Comparison } from '../../evidence/queries/promql.ts';
import { wordsOf } from '../../evidence/queries/signals.ts';
import type { JudgedAlert } from '../alert-scope.ts';
import type { Amount } from '../amount.ts';

/** `before` the end, only once it is `late`, or that cannot be told. */
export type Timing = 'before' | 'late' | 'unclear';

/** The part of an alert that tells. */
export type Query = Pick<JudgedAlert, 'expr' | 'comparisons' | 'functions' | 'ops' | 'divided' | 'metrics'>;

/** When an alert fires, with the limit it is about where that is a number. */
export function timingOf(query: Query, limit?: Amount): Timing {
  const predictions = query.expr.split('predict_linear').length - 1;
  const predicts = query.functions.includes('predict_linear');
  const bounds = query.comparisons.filter(({ op }) => op !== '==' && op !== '!=');
  // What is predicted to be gone is held against nothing; anything else that is comes too late.
  const atNothing = bounds.filter(({ op, number }) => number === 0 && isBelow(op));
  const foreseen = predicts ? atNothing.slice(0, predictions) : [];
  const told = bounds.filter((it) => !foreseen.includes(it)).map((it) => timingBy(it, query, limit));
  if (told.length === 0) return predicts ? 'before' : 'unclear';
  if (query.ops.includes('or') && new Set(told).size > 1) return 'unclear';
  // All that is joined by `and` has to hold before it fires.
  if (told.includes('late')) return 'late';
  return predicts || told.every((it) => it === 'before') ? 'before' : 'unclear';
}

function timingBy({ op, number }: Comparison, query: Query, limit: Amount | undefined): Timing {
  if (number === undefined) return 'unclear';
  if (isBelow(op)) return number > 0 ? 'before' : 'late';
  const most = isShare(query) ? (isPercent(query) ? 100 : 1) : inMeasure(query, limit);
  return most === undefined ? 'unclear' : number < most ? 'before' : 'late';
}

/** What is left falls below a number: any number above nothing comes before the end. */
function isBelow(op: Comparison['op']): boolean {
  return op === '<' || op === '<=';
}

function isShare({ divided, metrics }: Query): boolean {
  const words = metrics.flatMap(({ name }) => [...wordsOf(name)]);
  return (
    divided.length > 0 ||
    ['ratio', 'percent', 'percentage', 'utilization', 'utilisation'].some((it) => words.includes(it))
  );
}

function isPercent({ expr, metrics }: Query): boolean {
  const words = metrics.flatMap(({ name }) => [...wordsOf(name)]);
  return (
    /\b100\s{0,9}\*|\*\s{0,9}100\b/.test(expr) || ['percent', 'percentage', 'pct'].some((it) => words.includes(it))
  );
}

/** The limit as the metric counts it: bytes, seconds or pieces; undefined where the two may count different things. */
function inMeasure({ metrics, functions }: Query, limit: Amount | undefined): number | undefined {
  if (!limit) return undefined;
  const words = new Set(metrics.flatMap(({ name }) => [...wordsOf(name)]));
  const [bytes, seconds] = [words.has('bytes'), words.has('seconds')];
  const rate = functions.some((it) => it === 'rate' || it === 'irate');
  if (limit.of === 'bytes') return bytes && !rate ? limit.value : undefined;
  if (limit.of === 'milliseconds') return seconds && !rate ? limit.value / 1000 : undefined;
  if (limit.of === 'requests a second') return rate && !bytes && !seconds ? limit.value : undefined;
  return bytes || seconds || rate || limit.of === '%' ? undefined : limit.value;
}
