/** Assesses whether there is a runbook for operating the service. What is in it, other rules ask. */
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Reference } from '../../evidence/references.ts';
import type { Runbook } from '../../evidence/runbooks.ts';
import type { Problem } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, unknown, verified } from '../define.ts';
import { integer } from '../params.ts';
import { counted, shortened } from '../words.ts';

export const check = defineCheck({
  summary:
    'Looks for a page that says what to do when the service is in trouble: named by the manifest, linked by an alert, or kept where runbooks are kept; it has to say more than a few words, and developer set-up notes do not count. Runbooks elsewhere that the manifest names are declared.',
  needs: ['runbooks', 'references'],
  params: { words: integer('Fewest words of a page that counts as a runbook.', 40, 1) },
  assess(subject) {
    const { manifest, evidence, params } = subject;
    const { runbooks } = evidence.runbooks.facts;
    const written = runbooks.filter((runbook) => runbook.words >= params.words || runbook.commands > 0);
    const [first] = written;
    if (first) {
      const count = written.length === 1 ? 'one runbook' : `${written.length} runbooks`;
      return verified(
        `${count}, first "${first.title || first.at.path}"`,
        written.slice(0, 10).map(({ at }) => at),
      );
    }
    const short = runbooks.map(tooShort);
    const named = ['/runbooks/dir', '/runbooks/files'].flatMap((pointer) =>
      referencesUnder(evidence.references.facts, pointer),
    );
    const [away] = named.filter(({ outcome }) => outcome === 'url' || outcome === 'root-not-at-hand');
    if (away) {
      const how = away.outcome === 'url' ? 'which is not opened' : 'which is not at hand';
      return declared(`the runbooks are said to be at ${away.target}, ${how}`, away.at, { problems: short });
    }
    const [claim] = named;
    if (claim && evidence.runbooks.unread.length === 0) {
      const because = `${shortened(named.map(({ target }) => target))} ${named.length === 1 ? 'is' : 'are'} said to hold runbooks, and none is there`;
      return contradicted(because, [...named.map(hollow), ...short], { claim: claim.at });
    }
    if (claim) {
      const [closed] = evidence.runbooks.unread;
      return unknown(`the runbooks at ${claim.target} could not be read: ${closed?.detail}`, {
        claim: claim.at,
        evidence: closed ? [closed.at] : [],
      });
    }
    const message = 'whoever is paged has nothing but the code to go by';
    const fix =
      'Write down for whom it breaks, how one sees why, what to do and whom to call; keep it in `docs/runbooks`.';
    const none =
      runbooks.length > 0
        ? `${counted(runbooks.length, 'page is', 'pages are')} kept as runbooks and none says more than a few words`
        : `${unclaimed(manifest, 'a runbook')}, and no page is kept as one`;
    return missing(
      none,
      short.length > 0 ? short : [{ message, ...placed(claimPlace(subject, '/runbooks')), fix, subject: 'runbooks' }],
    );
  },
});

function tooShort({ title, at, words, copied }: Runbook): Problem {
  const says = copied ? 'says no more than the template it was copied from' : `has ${counted(words, 'word')}`;
  return {
    message: `"${title || at.path}" ${says}`,
    at,
    fix: 'Write down what you would tell a colleague who is paged and has never seen the service.',
    subject: at.path,
  };
}

function hollow({ target, matches, at }: Reference): Problem {
  const message =
    matches.length === 0
      ? `${target} leads nowhere`
      : `no page at ${target} says what to do when the service is in trouble`;
  return { message, at, fix: 'Correct the path, or write the page.', subject: target };
}
