/** Assesses whether the section that an alert links is about that alert: it names the alert, its family, or what it measures. */
import { isAscii } from '../../evidence/pages/plain-ascii.ts';
import type { Problem } from '../../model.ts';
import { everyAlert, withoutAlerts } from '../alert-scope.ts';
import { defineCheck, notApplicable } from '../define.ts';
import { share } from '../shares.ts';
import { type LinkedPage, linkedPages } from './linked-content.ts';
import { linkParams } from './runbook-links.ts';

export const check = defineCheck({
  summary:
    "Looks in the linked section for the alert's name, written in whatever way, for the name without its last word (a family such as DiskFull and DiskFilling), or for a metric of its query.",
  needs: ['alerts', 'references', 'documents'],
  params: linkParams,
  assess(subject) {
    const { scope, pages } = linkedPages(subject, subject.evidence.documents.facts);
    if (scope.alerts.length === 0) return withoutAlerts(scope, subject);
    const written = pages.filter(
      ({ to }) => to.outcome !== 'no-section' && to.outcome !== 'empty' && to.content !== undefined,
    );
    if (written.length === 0) return notApplicable('no alert links a section that could be read');
    const named = written.filter(isNamed);
    return everyAlert(scope, {
      because: share(
        named.length,
        written.length,
        ['linked section', 'linked sections'],
        ['names its alert', 'name their alerts'],
      ),
      problems: written.filter((page) => !named.includes(page)).map(problem),
      shown: named.flatMap(({ to }) => to.place ?? []),
    });
  },
});

function isNamed({ linked: { alert }, to }: LinkedPage): boolean {
  const text = letters(to.content?.text ?? '');
  const words = alert.name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[0-9]+/g) ?? [alert.name];
  const family = words.length > 2 ? words.slice(0, -1).join('') : alert.name;
  const metrics = alert.metrics.map(({ name }) => name).filter((name) => name.length > 5);
  return text.includes(letters(family)) || metrics.some((metric) => text.includes(letters(metric)));
}

function letters(text: string): string {
  const lower = text.toLowerCase();
  return lower.replace(isAscii(lower) ? /[^a-z\d]/g : /[^\p{L}\p{N}]/gu, '');
}

function problem({ linked: { alert, link }, to }: LinkedPage): Problem {
  return {
    message: `${alert.name} links "${to.content?.title}", which names neither the alert nor what it measures`,
    at: link?.at ?? alert.at,
    fix: 'Link the section that is about this alert, or name the alert where the section begins.',
    subject: alert.name,
  };
}
