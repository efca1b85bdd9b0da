/** Assesses whether the alerts of each part of a service reach the people who know that part. */
import type { AlertComponent } from '../../generated/service.ts';
import type { Place } from '../../model.ts';
import { alertScope, namesOf, unreadClause, withoutAlerts } from '../alert-scope.ts';
import { assessed, declared, defineCheck, notApplicable, unknown } from '../define.ts';
import { routingParams } from '../observability/delivery.ts';
import { routingScope } from '../observability/routings.ts';
import { type Part, worstStanding } from '../parts.ts';
import { distinct } from '../places.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';
import { counted, listed, shortened } from '../words.ts';
import { type Arrival, arrivalOf, isOf } from './component-routes.ts';

export const check = defineCheck({
  summary:
    "For a service with several `alerts.components`: finds each one's alerts by the labels that the manifest gives, follows them through the Alertmanager configurations in reach, or to the recipients that Terraform names, and holds the receivers against the component's `receivers`, or against its owner's name where it names none.",
  needs: ['alerts', 'references', 'routes'],
  params: { ...routingParams, ...severityParams },
  assess(subject) {
    const { claims, params, at } = subject;
    const components = claims.alerts?.components ?? [];
    if (components.length < 2) {
      const said = components.length === 0 ? 'no parts' : 'one part';
      return notApplicable(`the manifest names ${said} of the service whose alerts go to different people`);
    }
    const scope = alertScope(subject);
    if (scope.alerts.length === 0) return withoutAlerts(scope, subject);
    const asked = scope.alerts.filter(({ urgency }) => !urgency.informational);
    const { candidates } = routingScope(subject);
    const parts = components.map((component, index) => {
      const own = asked.filter((alert) => isOf(alert, component));
      const arrivals = own.flatMap((alert) => arrivalOf(alert, component, candidates, params.query_labels) ?? []);
      return { component, own, arrivals, at: at(`/alerts/components/${index}`) };
    });
    const none = asked.filter((alert) => !components.some((component) => isOf(alert, component)));
    const followed = parts.some(({ arrivals }) => arrivals.length > 0);
    const answers = parts.map(({ component, own, arrivals, at: place }) =>
      answerFor(component, { own: own.length, arrivals, at: place, followed }),
    );
    const good = answers.filter(({ standing }) => standing === 'verified').length;
    const because = [
      followed
        ? share(good, components.length, 'part', [
            'reaches its people with every alert',
            'reach their people with every alert',
          ])
        : `${components.length} parts are named; whom their alerts tell is not configured here`,
      none.length > 0 ? `${counted(none.length, 'alert')} of no part: ${namesOf(none)}` : '',
      scope.unread.length > 0 ? unreadClause(scope.unread) : '',
    ].filter(Boolean);
    const problems = answers.flatMap((it) => it.problems ?? []);
    const evidence = distinct(answers.flatMap((it) => it.evidence ?? [])).slice(0, 6);
    const standing = worstStanding(answers);
    if (standing === 'declared') return declared(because.join('; '), at('/alerts/components'));
    const [hidden] = standing === 'contradicted' ? [] : scope.unread;
    if (hidden) return unknown(because.join('; '), { evidence: [...evidence, hidden.at] });
    return assessed(standing, because.join('; '), { claim: at('/alerts/components'), evidence, problems });
  },
});

interface Found {
  readonly own: number;
  readonly arrivals: readonly Arrival[];
  readonly at: Place;
  readonly followed: boolean;
}

function answerFor(component: AlertComponent, { own, arrivals, at, followed }: Found): Part {
  const { id, labels, receivers, owner } = component;
  if (receivers === undefined && owner === undefined) {
    const message = `nobody is named who knows ${id}`;
    const fix = 'Add `owner:`, and `receivers:` with the names that reach them.';
    return { standing: 'missing', problems: [{ message, at, fix, subject: id }] };
  }
  if (own === 0) {
    const wanted = Object.entries(labels ?? { component: id }).map(([key, value]) => `${key}: ${value}`);
    const message = `no alert is labelled for ${id} (${listed(wanted)})`;
    return {
      standing: 'missing',
      problems: [{ message, at, fix: 'Label its alerts, or correct `labels`.', subject: id }],
    };
  }
  const astray = arrivals.filter(({ ends }) => ends === 'elsewhere');
  if (astray[0]) {
    const names = namesOf(astray.map(({ alert }) => alert));
    const ends = [...new Set(astray.flatMap((it) => it.receivers))];
    const where = ends.length > 0 ? `at ${shortened(ends, 3)}` : 'nowhere';
    const people = receivers ? listed(receivers.map((it) => `"${it}"`)) : (owner ?? id);
    const message = `${names} of ${id} ${astray.length === 1 ? 'ends' : 'end'} ${where} and not at ${people}`;
    const fix = `Add a route for the labels of ${id} to the receiver of its people.`;
    return { standing: 'contradicted', problems: [{ message, at: astray[0].at, fix, subject: id }] };
  }
  if (arrivals.length < own) return { standing: followed ? 'unknown' : 'declared' };
  const evidence = arrivals.map((it) => it.at);
  return { standing: arrivals.some(({ ends }) => ends === 'unclear') ? 'unknown' : 'verified', evidence };
}
