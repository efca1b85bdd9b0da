/** What stands about alert rules where none was read: what the manifest says of them. Pure. */
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Evidence } from '../../generated/evidence.ts';
import type { Assessment, Problem } from '../../model.ts';
import { type AlertScope, othersOnly, unreadClause } from '../alert-scope.ts';
import { contradicted, declared, unknown } from '../define.ts';
import { counted, shortened } from '../words.ts';

/** What `alerts.sources` comes to when no alert was found there; undefined when it names nothing. */
export function sourcesWithoutAlerts(
  { evidence }: { readonly evidence: Pick<Evidence, 'references'> },
  { unread, others }: AlertScope,
): Assessment | undefined {
  const references = referencesUnder(evidence.references.facts, '/alerts/sources');
  const [first] = references;
  if (!first) return undefined;
  const away = references.filter(({ outcome }) => outcome === 'url' || outcome === 'root-not-at-hand');
  const [elsewhere] = away;
  if (elsewhere) {
    const how = elsewhere.outcome === 'url' ? 'a link, which is not opened' : 'in a repository that is not at hand';
    return declared(
      `the alerts are said to be at ${shortened(away.map(({ target }) => target))}: ${how}`,
      elsewhere.at,
    );
  }
  if (unread.length > 0) return unknown(`no alert could be read: ${unreadClause(unread)}`, { claim: first.at });
  const problems = references.map(({ target, matches, at }): Problem => {
    const files = counted(matches.length, 'file');
    const message =
      matches.length === 0
        ? `${target} leads to no file`
        : `${target} leads to ${files}, and no alert of this service is there`;
    return { message, at, fix: 'Correct the path, or add the rules there.', subject: target };
  });
  const what = others.length > 0 ? othersOnly(others, 'there') : 'no alert is there';
  return contradicted(
    `the manifest names ${counted(references.length, 'place')} for alert rules, and ${what}`,
    problems,
    { claim: first.at },
  );
}
