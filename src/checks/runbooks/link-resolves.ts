/** Assesses whether the runbook that each alert links is there: in this repository, or in one at hand. */
import { type Resolution, resolveDocument } from '../../evidence/references/resolve-document.ts';
import type { Problem } from '../../model.ts';
import { everyAlert, withoutAlerts } from '../alert-scope.ts';
import { declared, defineCheck, notApplicable } from '../define.ts';
import { share } from '../shares.ts';
import { type Linked, linkParams, linkScope } from './runbook-links.ts';

const THERE: readonly Resolution['outcome'][] = ['section', 'file', 'no-section', 'empty', 'unread'];
const AWAY: readonly Resolution['outcome'][] = ['external', 'root-not-at-hand', 'outside'];

export const check = defineCheck({
  summary:
    'Follows the link of each alert to a file: relative paths, links into this repository on a forge, links into a repository at hand, and pages of a documentation site that `runbooks.url_map` maps to a folder. Other addresses are not opened.',
  needs: ['alerts', 'references', 'documents'],
  params: linkParams,
  assess(subject) {
    const { scope, linked } = linkScope(subject);
    if (scope.alerts.length === 0) return withoutAlerts(scope, subject);
    const followed = linked.flatMap((it) => follow(it, subject.evidence.documents.facts));
    if (followed.length === 0) return notApplicable('no alert links a runbook');
    const by = (outcomes: readonly Resolution['outcome'][]): readonly Followed[] =>
      followed.filter(({ to }) => outcomes.includes(to.outcome));
    const [there, away, filled] = [by(THERE), by(AWAY), by(['templated'])];
    const dead = followed.filter((it) => ![...there, ...away, ...filled].includes(it));
    const because = share(there.length, followed.length, 'link', ['leads to a page at hand', 'lead to pages at hand']);
    if (dead.length === 0 && away.length > 0 && filled.length === 0) {
      const first = away[0]?.linked.link;
      if (first)
        return declared(
          `${because}; ${away.length} ${away.length === 1 ? 'leads' : 'lead'} elsewhere and ${away.length === 1 ? 'was' : 'were'} not opened, first ${first.value}`,
          first.at,
          { evidence: there.flatMap(({ to }) => to.place ?? []).slice(0, 5) },
        );
    }
    return everyAlert(scope, {
      because,
      problems: dead.map(problem),
      unclear:
        filled.length > 0
          ? {
              because: `${filled.length} ${filled.length === 1 ? 'is' : 'are'} filled in by a template`,
              at: filled.flatMap(({ linked: it }) => it.link?.at ?? []),
            }
          : undefined,
      shown: there.flatMap(({ to }) => to.place ?? []),
    });
  },
});

interface Followed {
  readonly linked: Linked;
  readonly to: Resolution;
}

/** Where a link leads; nothing for alerts without one, or with steps in its place. */
function follow(linked: Linked, documents: Parameters<typeof resolveDocument>[0]): readonly Followed[] {
  const { link, unseen, alert } = linked;
  if (!link || link.target.kind === 'text') return [];
  return [{ linked, to: unseen ? { outcome: 'templated' } : resolveDocument(documents, link.value, alert.at) }];
}

const WHY: Readonly<Partial<Record<Resolution['outcome'], string>>> = {
  'no-file': 'which does not exist',
  placeholder: 'which is a placeholder',
  malformed: 'which is no address',
};

function problem({ linked: { alert, link }, to }: Followed): Problem {
  const value = link?.value.trim() ?? '';
  const dead =
    value === '' ? `has an empty ${link?.key}` : `links ${value}, ${WHY[to.outcome] ?? 'which leads nowhere'}`;
  return {
    message: `${alert.name} ${dead}`,
    at: link?.at ?? alert.at,
    fix: to.outcome === 'no-file' ? 'Write the page, or correct the link.' : 'Link the page that says what to do.',
    subject: alert.name,
  };
}
