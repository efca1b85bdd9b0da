/** Assesses whether the service's pages may be used by everybody: by which standard, and who looked when. That a pipeline tests it is another rule, whose evidence is cited. */
import { addDays, days, daysBetween } from '../../dates.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Assessment } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import {
  assessed,
  contradicted,
  defineCheck,
  missing,
  notApplicable,
  type Subject,
  stale,
  unknown,
} from '../define.ts';
import { duration } from '../params.ts';
import { doing, isRun, pipelinesFor, placesFor, toolsOf } from '../pipeline-scope.ts';
import { distinct } from '../places.ts';
import { counted, listed } from '../words.ts';
import { accessibilityOf, gapsIn } from './accessible.ts';
import { isUsedByNone } from './audience.ts';
import { leadsNowhere } from './records.ts';

const FIX =
  'Write the statement with the standard and its level, have the service audited by hand, and name both in `accessibility`.';
const PARAMS = { max_age: duration('Longest time since somebody audited it by hand.', '365d') };

type Asked = Subject<'customer-records' | 'references', typeof PARAMS, 'pipelines'>;

export const check = defineCheck({
  summary:
    'Reads the statement that `accessibility` names, or one with such a name: the standard (WCAG, EN 301 549, Section 508 …), its level, and when somebody last audited by hand. A service without pages (HTML, templates, components) has nothing to state. That a pipeline tests the pages is `non-functionals/accessibility-test-in-ci`, cited here where it does.',
  needs: ['customer-records', 'references'],
  onDemand: { kinds: ['pipelines'], when: (subject) => gapsIn(accessibilityOf(subject)).length === 0 },
  params: PARAMS,
  assess(subject) {
    const { claims, manifest, asOf, at, evidence } = subject;
    const [page] = evidence['customer-records'].facts.pages;
    const said = accessibilityOf(subject);
    if (!said.any && page === undefined) return notApplicable('no page, template or component for a browser is here');
    if (!said.any && isUsedByNone(claims, ['customers', 'staff']))
      return unknown(`the manifest says that no people use it, and ${page} looks like a page for people`, {
        claim: at('/audience'),
        evidence: page === undefined ? [] : [{ path: page }],
      });
    const dead = referencesUnder(evidence.references.facts, '/accessibility').find(leadsNowhere);
    if (dead) {
      const fix = 'Correct the path, or write the page.';
      return contradicted(`${dead.target} leads nowhere`, [
        { message: 'nothing is there', at: dead.at, fix, subject: dead.target },
      ]);
    }
    const place = said.statement?.at ?? claimPlace(subject, '/accessibility');
    const problem = (message: string) => [{ message, ...placed(place), fix: FIX, subject: 'accessibility' }];
    if (!said.any)
      return missing(
        `${unclaimed(manifest, 'a statement on accessibility')}, and pages are here, ${page} among them`,
        problem('who is shut out, and until when, nobody can tell'),
      );
    if (said.denied) {
      const fix = 'Mend what shuts people out, beginning with what the last audit found worst.';
      return contradicted(`the statement itself says: "${said.denied.words}"`, [
        { message: 'it does not meet the standard it names', at: said.denied.at, fix, subject: 'accessibility' },
      ]);
    }
    const gaps = gapsIn(said);
    if (gaps.length > 0 || said.audited === undefined)
      return missing(`accessibility does not say ${listed(gaps)}`, problem(`nothing says ${listed(gaps)}`), {
        claim: claims.accessibility && at('/accessibility'),
      });
    return audited(said, said.audited, daysBetween(said.audited, asOf), subject);
  },
});

/** It was looked at: how long ago, and what shows it. */
function audited(said: ReturnType<typeof accessibilityOf>, on: string, age: number, subject: Asked): Assessment {
  const { claims, params, at, evidence, manifest } = subject;
  const claim = claims.accessibility && at('/accessibility');
  const place = said.statement?.at ?? claim;
  const words = `${[said.standard, said.level].filter(Boolean).join(' ')}, audited on ${on}, ${counted(age, 'day')} ago`;
  const problem = (message: string, fix: string) => [{ message, ...placed(place), fix, subject: 'accessibility' }];
  if (age < 0)
    return contradicted(
      `the audit is dated ${on}, which is still to come`,
      problem('the date is in the future', 'Correct the date.'),
      { claim },
    );
  const limit = days(params.max_age) ?? 365;
  if (age > limit) {
    const fix = 'Have somebody look again, with a keyboard and a screen reader.';
    return stale(words, problem(`the next audit was due by ${addDays(on, limit)}`, fix), { claim });
  }
  const { pipelines } = evidence;
  const tests = pipelines
    ? doing(pipelinesFor({ manifest, evidence: { pipelines } }), ['accessibility-test']).filter(isRun)
    : [];
  const tested = tests.length > 0 ? `; a pipeline runs ${toolsOf(tests)}` : '';
  const cited = distinct([...said.shown, ...placesFor(tests, 3)]);
  return assessed(said.shown.length > 0 ? 'verified' : 'declared', `${words}${tested}`, { claim, evidence: cited });
}
