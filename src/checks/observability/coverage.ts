/** Which alerts and dashboards watch one of the golden signals. Pure. */
import type { Dashboard } from '../../evidence/dashboards.ts';
import type { Place } from '../../model.ts';
import type { JudgedAlert } from '../alert-scope.ts';

/** An alert or a dashboard. */
interface Watcher {
  readonly name: string;
  readonly at: Place;
}

/** What watches a signal, and what only its name suggests. */
export interface Coverage {
  readonly signal: string;
  readonly watchers: readonly Watcher[];
  readonly hints: readonly Watcher[];
}

/** Alerts first, then dashboards. `own` says which signal an organisation's own metrics are. */
export function coverageOf(
  signal: string,
  alerts: readonly JudgedAlert[],
  dashboards: readonly Dashboard[],
  own: Readonly<Record<string, string>>,
): Coverage {
  const means = (name: string): boolean => own[name] === signal;
  const watching = alerts.filter(
    ({ signals, signalsFrom, metrics }) =>
      (signalsFrom === 'expr' && signals.some((it) => isSignal(it, signal))) || metrics.some(({ name }) => means(name)),
  );
  const showing = dashboards.filter(
    ({ signals, metrics }) => signals.some((it) => isSignal(it, signal)) || metrics.some(means),
  );
  const hinting = alerts.filter(
    (alert) => !watching.includes(alert) && alert.signals.some((it) => isSignal(it, signal)),
  );
  return {
    signal,
    watchers: [...watching, ...showing.map(({ title, at }) => ({ name: `the dashboard "${title}"`, at }))].map(named),
    hints: hinting.map(named),
  };
}

function named({ name, at }: Watcher): Watcher {
  return { name, at };
}

/** The budget that burns is one of failed requests. */
function isSignal(found: string, wanted: string): boolean {
  return found === wanted || (wanted === 'errors' && found === 'burn-rate');
}
