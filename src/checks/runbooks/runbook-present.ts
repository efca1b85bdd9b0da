/** Assesses whether there is a runbook for operating the service. What is in it, other rules ask. */
import type { Runbook } from '../../evidence/runbooks.ts';
import { unclaimed } from '../claimed.ts';
import { defineCheck, missing, verified } from '../define.ts';
import { integer } from '../params.ts';

export const check = defineCheck({
  summary:
    'Looks for a page that says what to do when the service is in trouble: named by the manifest, linked by an alert, or kept where runbooks are kept; it has to say more than a few words, and developer set-up notes do not count.',
  needs: ['runbooks'],
  params: { words: integer('Fewest words of a page that counts as a runbook.', 40, 1) },
  assess({ manifest, evidence, params }) {
    const { runbooks } = evidence.runbooks.facts;
    const written = runbooks.filter((runbook) => runbook.words >= params.words || runbook.commands > 0);
    const [first] = written;
    if (first) {
      const count = written.length === 1 ? 'one runbook' : `${written.length} runbooks`;
      return verified(`${count}, first "${first.title || first.at.path}"`, written.slice(0, 10).map(({ at }) => at));
    }
    const nothing = unclaimed(manifest, 'a runbook');
    const because = runbooks.length > 0 ? `${runbooks.length} pages are kept as runbooks and none says more than a few words` : `${nothing}, and no page is kept as one`;
    return missing(because, runbooks.map(tooShort));
  },
});

function tooShort({ title, at, words }: Runbook): { message: string; at: Runbook['at']; fix: string; subject: string } {
  return { message: `"${title || at.path}" has ${words} words`, at, fix: 'Write down what you would tell a colleague who is paged and has never seen the service.', subject: at.path };
}
