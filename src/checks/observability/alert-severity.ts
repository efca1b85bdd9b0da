/** Assesses whether every alert carries a severity whose word is known. A word that names a team or a channel says who hears of it, not how urgent it is. */
import type { Problem } from '../../model.ts';
import { alertScope, everyAlert, type JudgedAlert, namesOf, placeOfPart, withoutAlerts } from '../alert-scope.ts';
import { defineCheck, unknown } from '../define.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';
import { counted, shortened } from '../words.ts';

export const check = defineCheck({
  summary:
    'Looks for a severity label on every alert, and for its word in `alerts.severity_map` and the usual vocabularies (critical/warning/info, s1 to s4, P1 to P5, high/medium/low, page/ticket). Without a manifest any word counts, because there is nowhere to map it.',
  needs: ['alerts', 'references'],
  params: severityParams,
  assess(subject) {
    const { manifest, params } = subject;
    const scope = alertScope(subject);
    const { alerts } = scope;
    if (alerts.length === 0) return withoutAlerts(scope, subject);
    const bare = alerts.filter(({ urgency }) => !urgency.label && !urgency.templated);
    const templated = alerts.filter(({ urgency }) => urgency.templated);
    const odd = alerts.filter(({ urgency }) => urgency.label && !urgency.templated && !urgency.class);
    const having = alerts.filter(({ urgency }) => urgency.label);
    const words = [
      ...new Set(having.flatMap(({ urgency }) => (urgency.templated ? [] : (urgency.label?.value ?? [])))),
    ].sort();
    const carry = `${share(having.length, alerts.length, 'alert', ['carries', 'carry'])} a severity`;
    const because = words.length > 0 ? `${carry} (${shortened(words)})` : carry;
    if (bare.length === 0 && odd.length > 0) {
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
      unclear:
        templated.length > 0
          ? {
              because: `a template fills in that of ${namesOf(templated)}`,
              at: templated.map(placeOfSeverity),
            }
          : undefined,
      shown: having.map(placeOfSeverity),
    });
  },
});

function placeOfSeverity(alert: JudgedAlert) {
  return placeOfPart(alert, 'labels', alert.urgency.label?.key ?? '');
}

function withoutSeverity({ name, at }: JudgedAlert, labels: readonly string[]): Problem {
  const message = `${name} has no severity, so it goes wherever the default route leads`;
  return { message, at, fix: `Add the label \`${labels[0] ?? 'severity'}\`.`, subject: name };
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
