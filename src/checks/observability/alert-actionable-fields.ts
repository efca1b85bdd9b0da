/** Assesses whether each alert says what is wrong, holds before it fires, and names its team where several share the rules. Its severity is another rule's. */
import type { Problem } from '../../model.ts';
import { alertScope, everyAlert, type JudgedAlert, namesOf, withoutAlerts } from '../alert-scope.ts';
import { defineCheck } from '../define.ts';
import { flag, list } from '../params.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';
import { listed } from '../words.ts';
import { explanationOf, flaps, isTemplatedPart, teamOf } from './alert-fields.ts';

export const check = defineCheck({
  summary:
    'Looks on every alert for a text that explains it, for a `for:`, a range or a recorded rate in its expression, and, where the alerts in reach name two teams or more, for a team label.',
  needs: ['alerts', 'references'],
  params: {
    texts: list('Annotations that explain an alert; any of them is enough.', [
      'summary',
      'description',
      'title',
      'message',
      'text',
      'action',
    ]),
    teams: list('Labels that say which team acts.', [
      'team',
      'owner',
      'owner_team',
      'squad',
      'responsible',
      'service_owner',
      'group',
    ]),
    hold: flag('Whether an alert on a single sample has to hold for a time (`for:`) before it fires.', true),
    ...severityParams,
  },
  assess(subject) {
    const { params } = subject;
    const scope = alertScope(subject);
    const { alerts } = scope;
    if (alerts.length === 0) return withoutAlerts(scope, subject);
    const teams = new Set(alerts.flatMap((alert) => teamOf(alert, params.teams) ?? []));
    const lacks = (alert: JudgedAlert): readonly Lack[] => [
      ...(explanationOf(alert, params.texts) || isTemplatedPart(alert, 'annotations', params.texts)
        ? []
        : [EXPLANATION]),
      ...(params.hold && flaps(alert) ? [HOLD] : []),
      ...(teams.size < 2 || teamOf(alert, params.teams) || isTemplatedPart(alert, 'labels', params.teams)
        ? []
        : [TEAM]),
    ];
    const found = alerts.map((alert) => ({ alert, lacks: lacks(alert) }));
    const lacking = found.filter((it) => it.lacks.length > 0);
    const whole = found.filter((it) => it.lacks.length === 0).map(({ alert }) => alert);
    const unseen = whole.filter((alert) => !explanationOf(alert, params.texts));
    const asked = listed([
      'what is wrong',
      ...(params.hold ? ['for how long'] : []),
      ...(teams.size > 1 ? ['whose it is'] : []),
    ]);
    return everyAlert(scope, {
      because: `${share(whole.length - unseen.length, alerts.length, 'alert', ['says', 'say'])} ${asked}`,
      problems: lacking.map(({ alert, lacks: its }) => problemOf(alert, its)),
      unclear:
        unseen.length > 0
          ? {
              because: `a template fills in the annotations of ${namesOf(unseen)}`,
              at: unseen.map(({ at }) => at),
            }
          : undefined,
      shown: whole.map(({ at }) => at),
    });
  },
});

interface Lack {
  readonly message: string;
  readonly fix: string;
}

const EXPLANATION: Lack = {
  message: 'says nothing but its name',
  fix: 'add a `summary` in the words of whoever is woken',
};
const HOLD: Lack = { message: 'fires on a single sample, so it flaps', fix: 'add `for: 5m`, or look at a range' };
const TEAM: Lack = { message: 'does not say whose it is, among rules of several teams', fix: 'add a `team` label' };

function problemOf({ name, at }: JudgedAlert, lacks: readonly Lack[]): Problem {
  const fix = listed(lacks.map((lack) => lack.fix));
  return {
    message: `${name} ${listed(lacks.map(({ message }) => message))}`,
    at,
    fix: `${fix.charAt(0).toUpperCase()}${fix.slice(1)}.`,
    subject: name,
  };
}
