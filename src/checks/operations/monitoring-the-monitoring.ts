/** Assesses whether somebody is told when the measurements of the service, or the monitoring itself, fall silent. */
import { alertScope, namesOf, unreadClause, withoutAlerts } from '../alert-scope.ts';
import { defineCheck, missing, unknown, verified } from '../define.ts';
import { routingScope } from '../observability/routings.ts';
import { severityParams } from '../severity.ts';
import { counted } from '../words.ts';
import { isWatchdog, missedBy, noticesSilence } from './silence.ts';

export const check = defineCheck({
  summary:
    "Looks among the service's alerts for one that fires on silence: `absent()` or `up == 0` of this service, missing data that count as a breach at CloudWatch, Datadog or Grafana. An alert that always fires, such as Watchdog, counts where Alertmanager's routes lead it to a webhook or a receiver for heartbeats, which misses it when it stops.",
  needs: ['alerts', 'references', 'routes'],
  params: severityParams,
  assess(subject) {
    const { service, claims, evidence } = subject;
    const scope = alertScope(subject);
    const { alerts, unread } = scope;
    if (alerts.length === 0) return withoutAlerts(scope, subject);
    const named = { service, claims, known: evidence.alerts.facts.names };
    const silent = alerts.filter((alert) => noticesSilence(alert, named));
    const dogs = alerts.filter(isWatchdog);
    const { candidates } = routingScope(subject);
    const missed = dogs.flatMap((alert) => {
      const receiver = candidates.length > 0 ? missedBy(alert, candidates) : undefined;
      return receiver ? [{ alert, receiver }] : [];
    });
    const told = [
      silent.length > 0
        ? `${namesOf(silent)} ${silent.length === 1 ? 'fires' : 'fire'} when the measurements stop`
        : '',
      ...missed.slice(0, 2).map(({ alert, receiver }) => `"${receiver.name}" misses ${alert.name} when it stops`),
    ].filter(Boolean);
    if (told.length > 0) {
      const shown = [
        ...silent.map((it) => it.silenceAt ?? it.exprAt),
        ...missed.flatMap((it) => [it.alert.at, it.receiver.at]),
      ];
      return verified(told.join('; '), shown.slice(0, 5));
    }
    const [dog] = dogs;
    if (dog) {
      const where = candidates.length > 0 ? 'leads to a receiver that would miss it' : 'goes is not configured here';
      return unknown(
        `${dog.name} always fires, but ${candidates.length > 0 ? 'no route known here ' : 'where it '}${where}`,
        {
          evidence: [dog.at],
        },
      );
    }
    const [hidden] = unread;
    if (hidden)
      return unknown(`no alert that was read fires on silence; ${unreadClause(unread)}`, { evidence: [hidden.at] });
    const first = alerts[0]?.at;
    return missing(`0 of ${counted(alerts.length, 'alert')} fires when the measurements stop`, [
      {
        message: 'a scrape that fails looks like a service that is well: every other alert stays quiet',
        ...(first && { at: first }),
        fix: `Add an alert on \`absent(up{job="${service.name}"})\` or \`up == 0\`, or route a Watchdog to a service that expects it.`,
        subject: 'silence',
      },
    ]);
  },
});
