/** Assesses whether alerts that should wake someone reach a receiver that does, and whether any alert is dropped on the way. */
import type { Assessment } from '../../model.ts';
import { type AlertScope, alertScope, everyAlert, withoutAlerts } from '../alert-scope.ts';
import { declared, defineCheck, type Subject, unknown } from '../define.ts';
import { list } from '../params.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';
import { counted, listed, shortened } from '../words.ts';
import { type Delivery, deliveryOf, isGood, troubleWith } from './delivery.ts';

export const check = defineCheck({
  summary:
    "Follows every alert's labels, and what its query selects, through the Alertmanager configurations in reach. An alert that should wake someone has to reach a pager; no other may end at a receiver that tells nobody. Grafana routes its own alerts and is not followed.",
  needs: ['alerts', 'references', 'routes'],
  params: {
    query_labels: list(
      'Labels that the query or the monitoring adds, so that their absence on the alert says nothing.',
      [
        'namespace',
        'job',
        'app',
        'service',
        'cluster',
        'instance',
        'pod',
        'container',
        'env',
        'environment',
        'stage',
        'region',
        'tenant',
        'prometheus',
      ],
    ),
    ...severityParams,
  },
  assess(subject) {
    const { evidence, params } = subject;
    const scope = alertScope(subject);
    if (scope.alerts.length === 0) return withoutAlerts(scope, subject);
    const { facts, unread } = evidence.routes;
    const routings = facts.routings.filter(({ route }) => route);
    if (routings.length === 0) return withoutRoutes(subject, scope, unread[0]?.at.path);
    const followed = scope.alerts.filter(({ engine }) => engine !== 'grafana');
    const deliveries = followed.map((alert) => deliveryOf(alert, facts, params.query_labels));
    const waking = deliveries.filter(({ alert }) => alert.urgency.wakes === 'yes');
    const unclear = deliveries.filter(({ standing }) => standing === 'unclear');
    const aside = scope.alerts.length - followed.length;
    const files = [...new Set(routings.map(({ at }) => at.path))];
    const woken =
      waking.length > 0
        ? `${share(waking.filter(isGood).length, waking.length, ['alert that should wake someone', 'alerts that should wake someone'], ['reaches', 'reach'])} a pager`
        : 'no alert is known to be one that should wake someone';
    const dropped = deliveries.filter(({ standing }) => standing === 'dropped').length;
    const told =
      dropped > 0 ? `${share(dropped, deliveries.length, 'alert', ['is', 'are'])} dropped` : 'none is dropped';
    return everyAlert(scope, {
      because: `through ${listed(files)} ${woken}; ${told}${aside > 0 ? `; ${counted(aside, 'alert')} of Grafana not followed` : ''}`,
      problems: deliveries.flatMap(troubleWith),
      unclear:
        unclear.length > 0
          ? {
              because: `${shortened(unclear.map(({ alert }) => alert.name))} ${reasonFor(unclear)}`,
              at: unclear.flatMap(({ receivers, alert }) => receivers[0]?.at ?? alert.at),
            }
          : undefined,
      shown: [...new Set(deliveries.filter(isGood).flatMap(({ receivers }) => receivers.map(({ at }) => at)))],
    });
  },
});

type Routed = Subject<'alerts' | 'references' | 'routes', typeof severityParams>;

/** Routing usually lives with the Alertmanager, in a repository of its own: then the rota that the manifest names is all there is. */
function withoutRoutes(
  { claims, at }: Pick<Routed, 'claims' | 'at'>,
  { alerts }: AlertScope,
  unread: string | undefined,
): Assessment {
  const judged = counted(alerts.length, 'alert');
  if (unread !== undefined)
    return unknown(`where ${judged} ${alerts.length === 1 ? 'goes' : 'go'} could not be read: ${unread}`, {
      evidence: [{ path: unread }],
    });
  const rota = claims.oncall?.ref ?? claims.oncall?.provider;
  if (rota === undefined) {
    return unknown(
      `no Alertmanager configuration is in reach, so where ${judged} ${alerts.length === 1 ? 'goes' : 'go'} is not known`,
    );
  }
  return declared(
    `${rota} is said to be on call; no Alertmanager configuration is in reach to follow ${judged} through`,
    at('/oncall'),
  );
}

function reasonFor(unclear: readonly Delivery[]): string {
  const webhooks = unclear.every(({ receivers }) =>
    receivers.some(({ wakes, notifies }) => notifies && wakes === undefined),
  );
  const verb = unclear.length === 1 ? 's' : '';
  return webhooks
    ? `end${verb} at a webhook, and who is behind it is not known here`
    : `take${verb} a way that depends on labels that are not known here`;
}
