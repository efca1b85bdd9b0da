/** Assesses whether the configuration that Alertmanager runs brings every alert that should wake someone to a receiver that does. */
import type { Run } from '../../evidence/live.ts';
import type { Problem } from '../../model.ts';
import { alertScope, everyAlert, namesOf, withoutAlerts } from '../alert-scope.ts';
import { defineCheck, notApplicable } from '../define.ts';
import { answerOf, instant, whom } from '../live-scope.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';
import { deliveryOf, isGood, routingParams, troubles } from './delivery.ts';

export const check = defineCheck({
  summary:
    "Only with `--live`. Asks `/api/v2/status` of Alertmanager for the configuration that it runs, and follows the service's alerts that should wake someone through it, as observability/severity-routed does with files. Where Prometheus is asked as well, it has to send its alerts to an Alertmanager at all. A receiver that only calls a webhook may or may not wake someone, and is not known to.",
  needs: ['alerts', 'references', 'live'],
  params: { ...routingParams, ...severityParams },
  assess(subject) {
    const answer = answerOf(subject.evidence.live.facts, 'alertmanager', 'routes');
    if ('standing' in answer) return answer;
    const { run, target, value: routings } = answer;
    const scope = alertScope(subject);
    if (scope.alerts.length === 0) return withoutAlerts(scope, subject);
    const followed = scope.alerts.filter(({ engine }) => engine === 'prometheus' || engine === 'loki');
    const waking = followed.filter(({ urgency }) => urgency.wakes !== 'no');
    if (waking.length === 0) return notApplicable('no alert that goes through Alertmanager should wake someone');
    const deliveries = waking.map((alert) => deliveryOf(alert, [routings], subject.params));
    const unclear = deliveries.filter(({ standing }) => standing === 'unclear').map(({ alert }) => alert);
    const good = deliveries.filter(isGood);
    return everyAlert(scope, {
      because: `${instant(run.at)}, ${whom(target)}: ${share(good.length, waking.length, 'alert', ['that may wake someone reaches a pager', 'that may wake someone reach a pager'])}`,
      problems: [...unsent(run), ...troubles(deliveries).map(({ at: _, ...problem }) => problem)],
      unclear:
        unclear.length > 0
          ? {
              because: `where ${namesOf(unclear)} ends up, or whether that wakes someone, is not known`,
              at: unclear.map(({ at }) => at),
            }
          : undefined,
      shown: good.map(({ alert }) => alert.at),
    });
  },
});

/** The best routes are of no use to alerts that never arrive. */
function unsent({ receivers }: Run): readonly Problem[] {
  if (!receivers || 'trouble' in receivers.heard || receivers.heard.value > 0) return [];
  const message = `${whom(receivers.target)} sends its alerts to no Alertmanager`;
  return [{ message, fix: 'Name the Alertmanager under `alerting` in its configuration.', subject: 'alertmanagers' }];
}
