/** Assesses whether the service has alerts and, where both are asked for, one that wakes someone and one that warns before. */
import { type AlertScope, alertScope, type JudgedAlert, othersOnly } from '../alert-scope.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { assessed, defineCheck, missing, unknown, verified } from '../define.ts';
import { flag } from '../params.ts';
import { severityParams } from '../severity.ts';
import { counted, listed } from '../words.ts';
import { sourcesWithoutAlerts } from './alert-sources.ts';

export const check = defineCheck({
  summary:
    "Counts the service's alert rules by what their severity says: wakes someone, warns, informs. Without a manifest one alert of any kind is enough. Alarms and monitors of Terraform count too; alarms that only scale do not.",
  needs: ['alerts', 'references'],
  params: {
    both_kinds: flag('Whether there has to be an alert that wakes someone and one that only warns.', true),
    ...severityParams,
  },
  assess(subject) {
    const { manifest, params } = subject;
    const scope = alertScope(subject);
    const asked = params.both_kinds && manifest.state === 'valid';
    if (scope.alerts.length === 0) {
      const place = placed(claimPlace(subject, '/alerts'));
      const message = 'the first to know of an outage are the users';
      const fix = 'Add alert rules, or say in `alerts.sources` where they are.';
      const none = scope.others > 0 ? othersOnly(scope.others, 'in reach') : 'no alert rule is here';
      return (
        sourcesWithoutAlerts(subject, scope) ??
        missing(`${none}, and ${unclaimed(manifest, 'files with alert rules')}`, [
          { message, ...place, fix, subject: 'alerts' },
        ])
      );
    }
    const tally = talliedBy(scope);
    const places = scope.alerts.map(({ at }) => at).slice(0, 5);
    if (!asked) return verified(tally.because, places);
    const lacking = [
      tally.wake.length === 0 ? 'wakes someone' : '',
      tally.warn.length === 0 ? 'only warns' : '',
    ].filter(Boolean);
    if (lacking.length > 0) return lackingKind(lacking, tally, scope);
    const certain = [tally.wake, tally.warn].every((alerts) =>
      alerts.some(({ conditions }) => conditions.length === 0),
    );
    if (certain) return verified(tally.because, places);
    const [first] = scope.alerts.filter(({ conditions }) => conditions.length > 0);
    return unknown(
      `${tally.because}; but they are only there where the chart's values meet \`${first?.conditions[0]}\``,
      { evidence: places },
    );
  },
});

interface Tally {
  readonly because: string;
  readonly wake: readonly JudgedAlert[];
  readonly warn: readonly JudgedAlert[];
  readonly unsaid: readonly JudgedAlert[];
}

function talliedBy({ alerts, others }: AlertScope): Tally {
  const by = (wakes: JudgedAlert['urgency']['wakes']): readonly JudgedAlert[] =>
    alerts.filter(({ urgency }) => urgency.wakes === wakes);
  const [wake, quiet, unsaid] = [by('yes'), by('no'), by('unknown')];
  const warn = quiet.filter(({ urgency }) => !urgency.informational);
  const informing = quiet.length - warn.length;
  const kinds = [
    wake.length > 0 ? `${wake.length} ${wake.length === 1 ? 'wakes' : 'wake'} someone` : '',
    warn.length > 0 ? `${warn.length} ${warn.length === 1 ? 'is a warning' : 'are warnings'}` : '',
    informing > 0 ? `${informing} ${informing === 1 ? 'informs' : 'inform'}` : '',
    unsaid.length > 0 ? `${unsaid.length} ${unsaid.length === 1 ? 'does' : 'do'} not say how urgent` : '',
  ].filter(Boolean);
  const files = new Set(alerts.map(({ at }) => `${at.root ?? ''}:${at.path}`)).size;
  const some = alerts.filter(({ conditions }) => conditions.length > 0);
  const given =
    some.length > 0 && some[0]?.sendsTo
      ? `; ${some.length === alerts.length ? 'all' : some.length} of them only where \`${some[0].conditions[0]}\` comes to one`
      : '';
  const aside = others > 0 ? `; ${counted(others, 'alert')} of other services set aside` : '';
  return {
    because: `${counted(alerts.length, 'alert')} in ${counted(files, 'file')}: ${listed(kinds)}${given}${aside}`,
    wake,
    warn,
    unsaid,
  };
}

function unsaidBy({ name, urgency: { label, templated } }: JudgedAlert): string {
  if (templated) return `a template fills in the severity of ${name}`;
  if (!label) return `${name} has no severity`;
  return `${name} says ${label.key}: ${label.value}, which is in no vocabulary; map it in \`alerts.severity_map\``;
}

/** An alert whose severity is a word nobody explained may be the one that is looked for. */
function lackingKind(lacking: readonly string[], { because, unsaid }: Tally, { alerts }: AlertScope) {
  const [odd] = unsaid;
  if (odd) {
    const none = `none is known to be one that ${lacking.join(', or one that ')}`;
    return unknown(`${because}; ${none}: ${unsaidBy(odd)}`, { evidence: [odd.at] });
  }
  const at = alerts[0]?.at;
  const problems = lacking.map((kind) => ({
    message:
      kind === 'wakes someone'
        ? 'no alert wakes anyone, so an outage at night waits for the morning'
        : 'no alert only warns, so the first sign of trouble is the outage itself',
    ...placed(at),
    fix:
      kind === 'wakes someone'
        ? 'Give the alert on what users notice most a severity that pages.'
        : 'Add an alert that fires earlier, with a severity that does not page.',
    subject: kind,
  }));
  return assessed('missing', because, { problems, evidence: at ? [at] : [] });
}
