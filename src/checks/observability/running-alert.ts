/** Which of the rules that Prometheus runs an alert is, and how it fares there. Pure. */
import type { LoadedRule } from '../../evidence/live.ts';
import type { JudgedAlert } from '../alert-scope.ts';

/** How an alert fares. `other`: one of its name is loaded, with other labels or a query that is not the one written here. */
export type Fare = 'healthy' | 'broken' | 'waiting' | 'other' | 'absent' | 'nameless';

/** An alert, how it fares, and what Prometheus says of its last failure. */
export interface Running {
  readonly alert: JudgedAlert;
  readonly fare: Fare;
  readonly lastError?: string;
}

/** Looks an alert up by its name, its labels, and what its query reads and compares: many services may name an alert alike. */
export function runningOf(alert: JudgedAlert, running: readonly LoadedRule[]): Running {
  if (alert.templated.includes('name')) return { alert, fare: 'nameless' };
  const named = running.filter(({ name }) => name === alert.name);
  if (named.length === 0) return { alert, fare: 'absent' };
  const same = named.filter((rule) => hasLabels(rule, alert) && readsTheSame(rule, alert));
  const broken = same.find(({ health }) => health === 'err');
  if (broken) return { alert, fare: 'broken', ...(broken.lastError && { lastError: broken.lastError }) };
  if (same.length === 0) return { alert, fare: 'other' };
  return { alert, fare: same.some(({ health }) => health === 'ok') ? 'healthy' : 'waiting' };
}

/** Labels whose text a template fills in may be anything. */
function hasLabels(rule: LoadedRule, { labels, templated }: JudgedAlert): boolean {
  return Object.entries(labels)
    .filter(([name, value]) => !templated.includes(`labels.${name}`) && value !== '')
    .every(([name, value]) => rule.labels[name] === value);
}

/** Prometheus writes queries its own way, so that their texts cannot be compared. */
function readsTheSame(rule: LoadedRule, alert: JudgedAlert): boolean {
  if (alert.templated.includes('expr'))
    return namesIn(alert.metrics).every((name) => namesIn(rule.metrics).includes(name));
  return (
    namesIn(rule.metrics).join() === namesIn(alert.metrics).join() &&
    comparisonsIn(rule.comparisons) === comparisonsIn(alert.comparisons)
  );
}

function namesIn(metrics: JudgedAlert['metrics']): readonly string[] {
  return [...new Set(metrics.map(({ name }) => name))].sort();
}

function comparisonsIn(comparisons: JudgedAlert['comparisons']): string {
  return comparisons
    .map(({ op, number }) => `${op} ${number ?? ''}`)
    .sort()
    .join();
}
