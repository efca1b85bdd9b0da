/** Assesses whether every alert that somebody has to act on says where it is written what to do, or says it itself. */
import type { Problem } from '../../model.ts';
import { everyAlert, withoutAlerts } from '../alert-scope.ts';
import { defineCheck, notApplicable, unknown } from '../define.ts';
import { share } from '../shares.ts';
import { type Linked, linkParams, linkScope } from './runbook-links.ts';

export const check = defineCheck({
  summary:
    'Looks at each alert for an annotation or label that names a runbook or playbook. Alarms and monitors of Terraform say it in their description or message, on a line that names a runbook. Steps written in the alert itself do as well. Alerts that only inform, and heartbeats such as Watchdog, need none; whether the link leads anywhere, other rules ask.',
  needs: ['alerts', 'references'],
  params: linkParams,
  assess(subject) {
    const { manifest } = subject;
    const { scope, linked } = linkScope(subject);
    if (scope.alerts.length === 0) return withoutAlerts(scope, subject);
    if (linked.length === 0) return notApplicable(`none of the ${scope.alerts.length} alerts asks anybody to act`);
    const told = linked.filter(
      (it) => it.inline || (it.link && !['placeholder', 'text'].includes(it.link.target.kind) && !it.unseen),
    );
    const unseen = linked.filter((it) => it.unseen && !told.includes(it));
    const silent = linked.filter((it) => !told.includes(it) && !unseen.includes(it));
    const stepsOnly = told.filter(({ link }) => !link || link.target.kind === 'text');
    const because = `${share(told.length, linked.length, 'alert', ['says what to do', 'say what to do'])}${stepsOnly.length > 0 ? `, ${stepsOnly.length} by steps in place of a link` : ''}`;
    if (manifest.state !== 'valid' && silent.length === 0 && stepsOnly.length > 0) {
      return unknown(`${because}; whether they are meant as the runbook nobody says`, {
        evidence: stepsOnly.flatMap(({ inline }) => inline ?? []).slice(0, 5),
      });
    }
    return everyAlert(scope, {
      because,
      problems: silent.map(problem),
      unclear:
        unseen.length > 0
          ? { because: `of ${unseen.length} a template fills the link in`, at: unseen.map(({ alert }) => alert.at) }
          : undefined,
      shown: told.map(({ link, inline, alert }) => link?.at ?? inline ?? alert.at),
    });
  },
});

function hollow(value: string): string {
  return value.trim() === '' ? 'is empty' : `is only "${value.trim()}"`;
}

function problem({ alert, link }: Linked): Problem {
  const wakes = alert.urgency.wakes === 'yes' ? 'wakes someone' : 'asks someone to act';
  return {
    message: link
      ? `${alert.name} ${wakes}, and its ${link.key} ${hollow(link.value)}`
      : `${alert.name} ${wakes} and links no runbook`,
    at: link?.at ?? alert.at,
    fix: alert.sendsTo
      ? 'Write the link into its description or message, on a line that says runbook.'
      : 'Add a runbook_url annotation that points at the section for this alert, or write the steps into an `action` annotation.',
    subject: alert.name,
  };
}
