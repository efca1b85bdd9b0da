/** Assesses whether every alert that says itself whom it tells, tells someone. Alertmanager's routes are another rule's. */
import { isKnown } from '../../evidence/known.ts';
import type { Problem } from '../../model.ts';
import { alertScope, everyAlert, type JudgedAlert, type Judgement, namesOf, withoutAlerts } from '../alert-scope.ts';
import { defineCheck, notApplicable } from '../define.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';
import { counted, shortened } from '../words.ts';
import { engineName } from './engine-name.ts';

export const check = defineCheck({
  summary:
    'Reads from Terraform whom alarms and monitors tell: `alarm_actions` of CloudWatch, the @recipients in the message of Datadog, action groups of Azure, notification channels of Google Cloud, and the like. Switched-off actions tell nobody. Alerts of Prometheus and provisioned ones of Grafana say nothing of it; their routes are followed by observability/severity-routed.',
  needs: ['alerts', 'references'],
  params: severityParams,
  assess(subject) {
    const scope = alertScope(subject);
    if (scope.alerts.length === 0) return withoutAlerts(scope, subject);
    const speaking = scope.alerts.filter(({ sendsTo }) => sendsTo !== undefined);
    if (speaking.length === 0) {
      return notApplicable(
        `${scope.alerts.length === 1 ? 'the one alert does' : `the ${scope.alerts.length} alerts do`} not say whom to tell: routes elsewhere decide`,
      );
    }
    const silent = speaking.filter(tellsNobody);
    const open = speaking.filter((it) => !silent.includes(it) && !isKnown(it.sendsTo));
    const told = speaking.filter((it) => !silent.includes(it) && !open.includes(it));
    return everyAlert(scope, {
      because: share(told.length, speaking.length, 'alert', ['tells someone', 'tell someone']),
      problems: silent.map(problem),
      unclear: unclearOf(open),
      shown: told.map(({ sendsTo, at }) => sendsTo?.at ?? at),
    });
  },
});

function tellsNobody({ sendsTo, muted }: JudgedAlert): boolean {
  return muted !== undefined || (isKnown(sendsTo) && sendsTo.value.length === 0);
}

function unclearOf(open: readonly JudgedAlert[]): Judgement['unclear'] {
  if (open.length === 0) return undefined;
  const where = [
    ...new Set(open.flatMap(({ sendsTo }) => (sendsTo && 'opaque' in sendsTo ? [short(sendsTo.opaque)] : []))),
  ];
  return {
    because: `whom ${open.length === 1 ? namesOf(open) : counted(open.length, 'alert')} ${open.length === 1 ? 'tells' : 'tell'} is decided elsewhere (${shortened(where, 3)})`,
    at: open.map(({ sendsTo, at }) => sendsTo?.at ?? at),
  };
}

function short(source: string): string {
  const line = source.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

/** What an engine's alert lacks where it names nobody, and what to add. */
const LACKS: Readonly<Partial<Record<JudgedAlert['engine'], readonly [lack: string, fix: string]>>> = {
  cloudwatch: ['it has no `alarm_actions`', 'Give it `alarm_actions`: a topic that reaches the pager or the channel.'],
  datadog: ['its message names no @recipient', 'Name the recipient in its message, e.g. `@pagerduty-…` or `@slack-…`.'],
  azure: ['it has no action group', 'Give it an `action` with an action group.'],
  google: ['it has no notification channel', 'Give it `notification_channels`.'],
};

function problem({ name, engine, sendsTo, muted, at }: JudgedAlert): Problem {
  const [lack, fix] = LACKS[engine] ?? ['it names nobody', `Say in ${engineName(engine)}'s resource whom it tells.`];
  if (muted) {
    const message = `${name} tells nobody: ${muted.because}`;
    return { message, at: muted.at, fix: 'Switch it on, or delete it if nobody wants to know.', subject: name };
  }
  return { message: `${name} tells nobody: ${lack}`, at: sendsTo?.at ?? at, fix, subject: name };
}
