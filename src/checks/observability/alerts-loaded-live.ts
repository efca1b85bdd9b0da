/** Assesses whether the alerts that are declared here are loaded, and healthy, in the Prometheus that the operator lets be asked. */
import type { RunningRule } from '../../live/prometheus.ts';
import type { Problem } from '../../model.ts';
import { alertScope, everyAlert, type JudgedAlert, namesOf, withoutAlerts } from '../alert-scope.ts';
import { defineCheck, notApplicable } from '../define.ts';
import { answerOf, instant, whom } from '../live-scope.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';

export const check = defineCheck({
  summary:
    "Only with `--live`. Asks `/api/v1/rules` of Prometheus, and looks each of the service's alerts up by its name: it has to be loaded, and its last evaluation has to have worked. Whether the query that runs is the one that is written here is not compared, because Prometheus writes queries its own way. Alerts of other engines are left out.",
  needs: ['alerts', 'references', 'live'],
  params: severityParams,
  assess(subject) {
    const answer = answerOf(subject.evidence.live.facts, 'prometheus', 'rules');
    if ('standing' in answer) return answer;
    const { run, target, value: running } = answer;
    const scope = alertScope(subject);
    if (scope.alerts.length === 0) return withoutAlerts(scope, subject);
    const declared = scope.alerts.filter(({ engine }) => engine === 'prometheus');
    if (declared.length === 0) return notApplicable('no alert here is one of Prometheus');
    const server = whom(target);
    const named = declared.filter(({ templated }) => !templated.includes('name'));
    const states = named.map((alert) => ({ alert, rules: running.filter(({ name }) => name === alert.name) }));
    const healthy = states.filter(({ rules }) => rules.length > 0 && rules.every(({ health }) => health === 'ok'));
    const waiting = states.filter(
      ({ rules }) => rules.some(({ health }) => health === 'unknown') && !rules.some(isBroken),
    );
    const unclear = [...waiting.map(({ alert }) => alert), ...declared.filter((it) => !named.includes(it))];
    return everyAlert(scope, {
      because: `${instant(run.at)}, ${server}: ${share(healthy.length, declared.length, 'alert', ['is loaded and healthy', 'are loaded and healthy'])}`,
      problems: states.flatMap(({ alert, rules }) => problem(alert, rules, server)),
      unclear:
        unclear.length > 0
          ? {
              because: `${namesOf(unclear)}: not evaluated yet, or its name is filled in elsewhere`,
              at: unclear.map(({ at }) => at),
            }
          : undefined,
      shown: healthy.map(({ alert }) => alert.at),
    });
  },
});

function isBroken({ health }: RunningRule): boolean {
  return health === 'err';
}

function problem(alert: JudgedAlert, rules: readonly RunningRule[], server: string): readonly Problem[] {
  const { name, at } = alert;
  if (rules.length === 0) {
    const message = `${name} is written here and is not loaded in ${server}`;
    return [{ message, at, fix: 'Deliver the rule file, and see whether Prometheus selects it.', subject: name }];
  }
  const broken = rules.find(isBroken);
  if (!broken) return [];
  const message = `${name} cannot be evaluated: ${broken.lastError ?? 'Prometheus says err'}`;
  return [{ message, at, fix: 'Correct its query, and try it in Prometheus.', subject: name }];
}
