/** Which alerts notice that measurements stop, and whether an alert that always fires reaches somebody who would miss it. Pure. */

import type { Receiver } from '../../evidence/routes/receiver.ts';
import { destinationOf } from '../../evidence/routes/route-match.ts';
import type { Routing } from '../../evidence/routes.ts';
import type { JudgedAlert } from '../alert-scope.ts';
import { isAnothers, type Named } from '../whose.ts';

const SERVICE_LABELS = /^(job|app|application|service|service_name|container|app_kubernetes_io_name)$/;
/** Who expects a sign of life: a service for heartbeats, by the receiver's name, or whatever answers a webhook. */
const EXPECTS = /dead.?man|heartbeat|watchdog|snitch|health.?check|pulse/i;

/** Whether an alert fires when its own measurements, or the target they come from, are gone. */
export function noticesSilence(alert: JudgedAlert, named: Named): boolean {
  if (alert.muted || alert.urgency.informational) return false;
  if (alert.silenceAt) return true;
  if (alert.dialect !== 'promql') return false;
  const own = alert.metrics.filter(({ matchers }) => !isAnothers(targets(matchers), named));
  if (own.length === 0) return false;
  const absent = alert.functions.some((it) => it === 'absent' || it === 'absent_over_time');
  if (absent && !onlyNarrows(alert) && !onlyFillsIn(alert)) return true;
  return own.some(({ name }) => name === 'up') && alert.comparisons.some(isDown);
}

/** `rate(x[5m]) > 1 unless absent(y)` fires on something else. */
function onlyNarrows({ ops, comparisons }: JudgedAlert): boolean {
  return comparisons.length > 0 && (ops.includes('and') || ops.includes('unless'));
}

/** `increase((x or 0 * absent(x))[15m:1m]) >= 4` puts a nought where there is no series, and stays quiet. */
function onlyFillsIn({ expr }: JudgedAlert): boolean {
  const named = expr.match(/\babsent(?:_over_time)?\s*\(/g)?.length ?? 0;
  const multiplied = expr.match(/\*\s*absent(?:_over_time)?\s*\(/g)?.length ?? 0;
  return named > 0 && multiplied === named;
}

function targets(matchers: JudgedAlert['metrics'][number]['matchers']): readonly string[] {
  return matchers.flatMap(({ label, op, value }) => (op === '=' && SERVICE_LABELS.test(label) ? [value] : []));
}

function isDown({ op, number }: JudgedAlert['comparisons'][number]): boolean {
  return (op === '==' && number === 0) || (op === '<' && number === 1);
}

/** Whether an alert always fires, so that somebody notices when it stops: a constant and nothing else. */
export function isWatchdog({ metrics, functions, comparisons, dialect, muted }: JudgedAlert): boolean {
  return (
    !muted && dialect === 'promql' && metrics.length === 0 && comparisons.length === 0 && functions.includes('vector')
  );
}

/** The receiver that misses an alert that stops, where every configuration that may run leads to one; undefined where one does not, or that cannot be told. */
export function missedBy(alert: JudgedAlert, candidates: readonly (readonly Routing[])[]): Receiver | undefined {
  const found = candidates.map((routings) => {
    const { receivers, unclear } = destinationOf({ routings }, { ...alert.labels, alertname: alert.name });
    const others = destinationOf({ routings }, { ...alert.labels, alertname: `${alert.name} and no other` }).receivers;
    return unclear ? undefined : receivers.find((it) => expects(it, !others.includes(it)));
  });
  return found.every(Boolean) ? found[0] : undefined;
}

/** A webhook that gets every other alert as well expects none of them. */
function expects({ name, kinds, notifies }: Receiver, alone: boolean): boolean {
  return notifies && (EXPECTS.test(name) || (alone && kinds.includes('webhook')));
}
