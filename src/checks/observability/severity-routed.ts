/** Assesses whether alerts that should wake someone reach a receiver that does, and whether any alert is dropped on the way. */
import { isProduction } from '../../evidence/environment-names.ts';
import type { Routing } from '../../evidence/routes.ts';
import type { Assessment, Unread } from '../../model.ts';
import {
  type AlertScope,
  alertScope,
  everyAlert,
  isOneName,
  type JudgedAlert,
  type Judgement,
  namesOf,
  withoutAlerts,
} from '../alert-scope.ts';
import { declared, defineCheck, notApplicable, type Subject, unknown } from '../define.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';
import { counted, listed, shortened } from '../words.ts';
import { type Delivery, deliveryOf, isGood, routingParams, troubles } from './delivery.ts';
import { engineName } from './engine-name.ts';
import { environmentOf, routingScope } from './routings.ts';

export const check = defineCheck({
  summary:
    "Follows every alert's labels, and what its query selects, through the Alertmanager configurations in reach. An alert that should wake someone has to reach a pager; no other may end at a receiver that tells nobody. Grafana, and alarms and monitors of cloud platforms, say themselves whom they tell and are not followed. Each configuration is followed by itself; those of production count, by `environments[].deploy` or by their path, and without one all have to agree.",
  needs: ['alerts', 'references', 'routes'],
  params: {
    ...routingParams,
    ...severityParams,
  },
  assess(subject) {
    const { evidence, params } = subject;
    const scope = alertScope(subject);
    if (scope.alerts.length === 0) return withoutAlerts(scope, subject);
    const { candidates, elsewhere } = routingScope(subject);
    const unread = evidence.routes.unread.filter(({ at }) => isProduction(environmentOf(at, subject) ?? 'prod'));
    const [hidden] = unread;
    if (candidates.length === 0 && hidden) {
      return unknown(`the routes could not be read: ${hidden.detail}`, { evidence: [hidden.at] });
    }
    const acted = scope.alerts.filter(({ urgency }) => !urgency.informational);
    if (acted.length === 0)
      return notApplicable(`${share(0, scope.alerts.length, 'alert', ['asks', 'ask'])} anybody to act`);
    const followed = acted.filter(({ engine }) => engine === 'prometheus' || engine === 'loki');
    if (followed.length === 0)
      return withoutRoutes(subject, scope, `no Alertmanager routes alerts of ${senders(acted)}`);
    if (candidates.length === 0) return withoutRoutes(subject, scope, noneOf(elsewhere));
    const deliveries = followed.map((alert) => deliveryOf(alert, candidates, params));
    const waking = deliveries.filter(({ alert }) => alert.urgency.wakes === 'yes');
    const unclear = deliveries.filter(({ standing }) => standing === 'unclear');
    const aside = acted.filter((alert) => !followed.includes(alert));
    const files = [...new Set(candidates.flat().map(({ at }) => at.path))];
    const woken =
      waking.length > 0
        ? `${share(waking.filter(isGood).length, waking.length, ['alert that should wake someone', 'alerts that should wake someone'], ['reaches', 'reach'])} a pager`
        : 'no alert is known to be one that should wake someone';
    const dropped = deliveries.filter(({ standing }) => standing === 'dropped').length;
    const told =
      dropped > 0 ? `${share(dropped, deliveries.length, 'alert', ['is', 'are'])} dropped` : 'none is dropped';
    return everyAlert(scope, {
      because: `through ${listed(files)} ${woken}; ${told}`,
      problems: troubles(deliveries),
      unclear: unfollowed(unclear, aside, unread),
      shown: [...new Set(deliveries.filter(isGood).flatMap(({ receivers }) => receivers.map(({ at }) => at)))],
    });
  },
});

/** What stays open: alerts whose way is not known, those that Grafana sends on its own way, and configurations that could not be read. */
function unfollowed(
  unclear: readonly Delivery[],
  aside: readonly JudgedAlert[],
  unread: readonly Unread[],
): Judgement['unclear'] {
  const [hidden] = unread;
  const because = [
    unclear.length > 0 ? `${namesOf(unclear.map(({ alert }) => alert))} ${reasonFor(unclear)}` : '',
    hidden ? `${hidden.at.path} may be the configuration that runs and could not be read: ${hidden.detail}` : '',
    aside.length > 0
      ? `${counted(aside.length, 'alert')} of ${senders(aside)} ${aside.length === 1 ? 'was' : 'were'} not followed`
      : '',
  ].filter(Boolean);
  const at = [
    ...unclear.flatMap(({ differing, receivers, alert }) =>
      differing.length > 0 ? differing : [receivers[0]?.at ?? alert.at],
    ),
    ...unread.map((it) => it.at),
    ...aside.map((alert) => alert.at),
  ];
  return because.length > 0 ? { because: because.join('; '), at } : undefined;
}

/** Why there is nothing to follow alerts through. */
function noneOf(elsewhere: readonly Routing[]): string {
  const files = [...new Set(elsewhere.map(({ at }) => at.path))];
  if (files.length === 0) return 'no Alertmanager configuration is in reach';
  return `only ${shortened(files, 3)} ${files.length === 1 ? 'is' : 'are'} in reach, which ${files.length === 1 ? 'is' : 'are'} not production's Alertmanager`;
}

/** "CloudWatch and Grafana". */
function senders(alerts: readonly JudgedAlert[]): string {
  return listed([...new Set(alerts.map(({ engine }) => engineName(engine)))]);
}

type Routed = Pick<Subject<'alerts' | 'references' | 'routes', typeof severityParams>, 'claims' | 'at'>;

/** Routing usually lives with the Alertmanager, in a repository of its own: then the rota that the manifest names is all there is. */
function withoutRoutes({ claims, at }: Routed, { alerts }: AlertScope, why: string): Assessment {
  const rota = claims.oncall?.ref ?? claims.oncall?.provider;
  const judged = counted(alerts.length, 'alert');
  if (rota === undefined)
    return unknown(`${why}, so where ${judged} ${alerts.length === 1 ? 'goes' : 'go'} is not known`);
  return declared(`${rota} is said to be on call; ${why}, so ${judged} could not be followed there`, at('/oncall'));
}

/** The end of a sentence that begins with the alerts. */
function reasonFor(unclear: readonly Delivery[]): string {
  const s = isOneName(unclear.map(({ alert }) => alert)) ? 's' : '';
  const differing = [...new Set(unclear.flatMap((it) => it.differing.map(({ path }) => path)))];
  if (differing.length > 0) {
    return `go${s && 'es'} different ways through ${listed(differing)}, and nothing says which of them runs in production`;
  }
  if (unclear.every(({ alert }) => alert.urgency.wakes === 'unknown')) {
    return `do${s && 'es'} not say in a known word whether to wake someone`;
  }
  const isHook = ({ receivers }: Delivery): boolean => receivers.some((it) => it.notifies && it.wakes === undefined);
  if (unclear.every(isHook)) return `end${s} at a webhook, and who is behind it is not known here`;
  return `take${s} a way that depends on labels that are not known here`;
}
