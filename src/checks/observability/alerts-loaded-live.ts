/** Assesses whether the alerts that are declared here are loaded, and healthy, in the Prometheus that the operator lets be asked. */
import type { Problem } from '../../model.ts';
import { alertScope, everyAlert, namesOf, withoutAlerts } from '../alert-scope.ts';
import { defineCheck, notApplicable } from '../define.ts';
import { answerOf, instant, whom } from '../live-scope.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';
import { type Fare, type Running, runningOf } from './running-alert.ts';

export const check = defineCheck({
  summary:
    "Only with `--live`. Asks `/api/v1/rules` of Prometheus, and looks each of the service's alerts up by its name, its labels, and the metrics and numbers of its query: it has to be loaded, and its last evaluation has to have worked. One of its name with other labels or numbers may be another service's, or an older delivery, and shows nothing. Alerts of other engines are left out.",
  needs: ['alerts', 'references', 'live'],
  params: severityParams,
  assess(subject) {
    const answer = answerOf(subject.evidence.live.facts, 'prometheus', 'rules');
    if ('standing' in answer) return answer;
    const { run, target, value: rules } = answer;
    const scope = alertScope(subject);
    if (scope.alerts.length === 0) return withoutAlerts(scope, subject);
    const declared = scope.alerts.filter(({ engine }) => engine === 'prometheus');
    if (declared.length === 0) return notApplicable('no alert here is one of Prometheus');
    const server = whom(target);
    const states = declared.map((alert) => runningOf(alert, rules));
    const healthy = states.filter(({ fare }) => fare === 'healthy');
    const loaded = share(healthy.length, declared.length, 'alert', ['is loaded and healthy', 'are loaded and healthy']);
    const open = states.filter(({ fare }) => fare in OPEN);
    const why = [...new Set(open.map(({ fare }) => fare))].map((fare) => openClause(fare, open));
    return everyAlert(scope, {
      because: `${instant(run.at)}, ${server}: ${loaded}`,
      problems: states.flatMap((state) => problem(state, server)),
      unclear: open.length > 0 ? { because: why.join('; '), at: open.map(({ alert }) => alert.at) } : undefined,
      shown: healthy.map(({ alert }) => alert.at),
    });
  },
});

const OPEN: Readonly<Partial<Record<Fare, string>>> = {
  waiting: 'loaded and not evaluated yet',
  other: 'loaded by this name, with other labels or another query than here',
  nameless: 'its name is filled in elsewhere',
};

function openClause(fare: Fare, open: readonly Running[]): string {
  return `${namesOf(open.filter((it) => it.fare === fare).map(({ alert }) => alert))}: ${OPEN[fare]}`;
}

function problem({ alert: { name, at }, fare, lastError }: Running, server: string): readonly Problem[] {
  if (fare === 'absent') {
    const message = `${name} is written here and is not loaded in ${server}`;
    return [{ message, at, fix: 'Deliver the rule file, and see whether Prometheus selects it.', subject: name }];
  }
  if (fare !== 'broken') return [];
  const message = `${name} cannot be evaluated: ${lastError ?? 'Prometheus says err'}`;
  return [{ message, at, fix: 'Correct its query, and try it in Prometheus.', subject: name }];
}
