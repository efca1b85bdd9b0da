/** Assesses whether every alert carries a severity whose word is known. A word that names a team or a channel says who hears of it, not how urgent it is. */

import type { Engine } from '../../evidence/alerts.ts';
import type { Problem } from '../../model.ts';
import {
  alertScope,
  everyAlert,
  type JudgedAlert,
  type Judgement,
  namesOf,
  placeOfPart,
  withoutAlerts,
} from '../alert-scope.ts';
import { defineCheck, unknown } from '../define.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';
import { counted, listed, shortened } from '../words.ts';
import { engineName } from './engine-name.ts';

export const check = defineCheck({
  summary:
    'Looks for a severity label on every alert, and for its word in `alerts.severity_map` and the usual vocabularies (critical/warning/info, s1 to s4, P1 to P5, high/medium/low, page/ticket). Without a manifest any word counts, because there is nowhere to map it. Datadog says it by `priority` or a tag, New Relic by the threshold that is set; alarms of CloudWatch have none, and whom they tell has to say it.',
  needs: ['alerts', 'references'],
  params: severityParams,
  assess(subject) {
    const { manifest, params } = subject;
    const scope = alertScope(subject);
    const { alerts } = scope;
    if (alerts.length === 0) return withoutAlerts(scope, subject);
    const silent = alerts.filter(({ urgency }) => !urgency.label && !urgency.templated);
    const bare = silent.filter(({ engine }) => !OPTIONAL.has(engine));
    const templated = alerts.filter(({ urgency }) => urgency.templated);
    const odd = alerts.filter(({ urgency }) => urgency.label && !urgency.templated && !urgency.class);
    const having = alerts.filter(({ urgency }) => urgency.label);
    const words = [
      ...new Set(having.flatMap(({ urgency }) => (urgency.templated ? [] : (urgency.label?.value ?? [])))),
    ].sort();
    const carry = `${share(having.length, alerts.length, 'alert', ['carries', 'carry'])} a severity`;
    const because = words.length > 0 ? `${carry} (${shortened(words)})` : carry;
    const unsaid = silent.filter((alert) => !bare.includes(alert));
    if (bare.length === 0 && unsaid.length === 0 && odd.length > 0) {
      const unusual = [...new Set(odd.flatMap(({ urgency }) => urgency.label?.value ?? []))].sort();
      const strange = `${shortened(unusual)} ${unusual.length === 1 ? 'is' : 'are'} in no known vocabulary`;
      if (manifest.state === 'valid') {
        return unknown(
          `${carry}; ${strange}, so how urgent ${counted(odd.length, 'alert is', 'alerts are')} cannot be told`,
          { problems: odd.map(unmapped) },
        );
      }
      const shown = having.map(placeOfSeverity);
      return everyAlert(scope, {
        because: `${carry}; ${strange}, and no manifest maps ${unusual.length === 1 ? 'it' : 'them'}`,
        problems: [],
        shown,
      });
    }
    return everyAlert(scope, {
      because,
      problems: bare.map((alert) => withoutSeverity(alert, params.severity_labels)),
      unclear: unclearOf(templated, unsaid),
      shown: having.map(placeOfSeverity),
    });
  },
});

/** Engines whose alarms have no severity, or seldom say one. Whom they tell says how urgent they are. */
const OPTIONAL: ReadonlySet<Engine> = new Set<Engine>(['cloudwatch', 'google', 'azure', 'uptime']);
/** What a template fills in, and what is said only by who is told. */
function unclearOf(templated: readonly JudgedAlert[], unsaid: readonly JudgedAlert[]): Judgement['unclear'] {
  const engines = [...new Set(unsaid.map(({ engine }) => engineName(engine)))];
  const because = [
    templated.length > 0 ? `a template fills in that of ${namesOf(templated)}` : '',
    unsaid.length > 0
      ? `${counted(unsaid.length, 'alert')} of ${listed(engines)} ${unsaid.length === 1 ? 'has' : 'have'} none, so that only who is told says how urgent ${unsaid.length === 1 ? 'it is' : 'they are'}`
      : '',
  ].filter(Boolean);
  const at = [...templated.map(placeOfSeverity), ...unsaid.map((alert) => alert.at)];
  return because.length > 0 ? { because: because.join('; '), at } : undefined;
}

function placeOfSeverity(alert: JudgedAlert) {
  return placeOfPart(alert, 'labels', alert.urgency.label?.key ?? '');
}

function withoutSeverity({ name, at, engine }: JudgedAlert, labels: readonly string[]): Problem {
  const message = `${name} has no severity, so it goes wherever the default route leads`;
  const label = labels[0] ?? 'severity';
  const fix =
    engine === 'datadog'
      ? `Set its \`priority\`, or add a tag such as \`${label}:warning\`.`
      : `Add the label \`${label}\`.`;
  return { message, at, fix, subject: name };
}

function unmapped(alert: JudgedAlert): Problem {
  const { key = '', value = '' } = alert.urgency.label ?? {};
  return {
    message: `${alert.name} says ${key}: ${value}, a word of your own; it may be a team's or a channel's name`,
    at: placeOfSeverity(alert),
    fix: `Say what it means: \`alerts.severity_map: { ${value}: critical }\`, major or standard; or give the alert a severity besides.`,
    subject: `${alert.name} ${value}`,
  };
}
