/** Assesses whether the service's pages may be used by everybody: by which standard, and who looked when. That a pipeline tests it is another rule, whose evidence is cited. */
import { addDays, days, daysBetween } from '../../dates.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { assessed, contradicted, defineCheck, missing, notApplicable, stale, unknown } from '../define.ts';
import { duration } from '../params.ts';
import { doing, isRun, pipelinesFor, placesFor, toolsOf } from '../pipeline-scope.ts';
import { counted, listed } from '../words.ts';
import { accessibilityOf } from './accessible.ts';
import { isUsedByNone } from './audience.ts';
import { leadsNowhere } from './records.ts';

const FIX =
  'Write the statement with the standard and its level, have the service audited by hand, and name both in `accessibility`.';

export const check = defineCheck({
  summary:
    'Reads the statement that `accessibility` names, or one with such a name: the standard (WCAG, EN 301 549, Section 508 …), its level, and when somebody last audited by hand. A service without pages (HTML, templates, components) has nothing to state. That a pipeline tests the pages is `non-functionals/accessibility-test-in-ci`, cited here where it does.',
  needs: ['customer-records', 'references', 'pipelines'],
  params: { max_age: duration('Longest time since somebody audited it by hand.', '365d') },
  assess(subject) {
    const { claims, manifest, params, asOf, at, evidence } = subject;
    const { pages } = evidence.pipelines.facts;
    const said = accessibilityOf(claims, evidence['customer-records'].facts.records, asOf);
    if (!said.any && isUsedByNone(claims, ['customers', 'staff'])) {
      const [page] = pages;
      if (page === undefined)
        return notApplicable('the manifest says that no people use it, and no page for a browser is here', {
          claim: at('/audience'),
        });
      return unknown(`the manifest says that no people use it, and ${page} looks like a page for people`, {
        claim: at('/audience'),
        evidence: [{ path: page }],
      });
    }
    if (!said.any && pages.length === 0) return notApplicable('no page, template or component for a browser is here');
    const claim = claims.accessibility ? at('/accessibility') : undefined;
    const place = said.statement?.at ?? claimPlace(subject, '/accessibility');
    const problem = (message: string, fix = FIX) => [{ message, ...placed(place), fix, subject: 'accessibility' }];
    const dead = referencesUnder(evidence.references.facts, '/accessibility').find(leadsNowhere);
    if (dead)
      return contradicted(`${dead.target} leads nowhere`, [
        { message: 'nothing is there', at: dead.at, fix: 'Correct the path, or write the page.', subject: dead.target },
      ]);
    if (!said.any)
      return missing(
        `${unclaimed(manifest, 'a statement on accessibility')}, and pages are here, ${pages[0]} among them`,
        problem('who is shut out, and until when, nobody can tell'),
      );
    const gaps = [
      ...(said.hasStatement ? [] : ['where the statement is']),
      ...(said.standard ? [] : ['by which standard']),
      ...(said.level || !said.standard?.startsWith('WCAG') ? [] : ['to which level']),
      ...(said.audited ? [] : ['when somebody last audited it']),
    ];
    if (gaps.length > 0 || !said.audited)
      return missing(`accessibility does not say ${listed(gaps)}`, problem(`nothing says ${listed(gaps)}`), { claim });
    const { on } = said.audited;
    const words = `${[said.standard, said.level].filter(Boolean).join(' ')}, audited on ${on}, ${counted(daysBetween(on, asOf), 'day')} ago`;
    if (on > asOf) return contradicted(words, problem(`${on} is still to come`, 'Correct the date.'), { claim });
    const limit = days(params.max_age) ?? 365;
    if (daysBetween(on, asOf) > limit)
      return stale(
        words,
        problem(
          `the next audit was due by ${addDays(on, limit)}`,
          'Have somebody look again, with a keyboard and a screen reader.',
        ),
        { claim },
      );
    const tests = doing(pipelinesFor(subject), ['accessibility-test']).filter(isRun);
    const tested = tests.length > 0 ? `; ${toolsOf(tests)} in a pipeline` : '';
    return assessed(said.shown.length > 0 ? 'verified' : 'declared', `${words}${tested}`, {
      claim,
      evidence: [...said.shown, ...placesFor(tests, 3)],
    });
  },
});
