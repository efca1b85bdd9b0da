/** Assesses whether a change of the last quarter cites what users said. */
import { addDays, days } from '../../dates.ts';
import type { Trace } from '../../evidence/feedback-traces.ts';
import type { Marked } from '../../evidence/history/marked.ts';
import type { Facts as History } from '../../evidence/history.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import { claimPlace, placed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, notApplicable, stale, verified } from '../define.ts';
import { duration } from '../params.ts';
import { says } from '../placeholders.ts';
import { counted } from '../words.ts';
import { nobodyUses } from './audience.ts';
import { leadsNowhere } from './records.ts';

const FIX =
  'Link the summary from the changelog or the decision, or declare `feedback.marker` and put it with the number into the subject of the commit.';

export const check = defineCheck({
  summary:
    'Looks for changes that cite feedback by reference: entries of the changelog, decisions and reviews of incidents that link to a record that `feedback` or `user_research` names, and commits whose subject has `feedback.marker` with a number behind it. A word such as "feedback" counts nowhere; `feedback.acted` is a claim.',
  needs: ['feedback-traces', 'references'],
  onDemand: { kinds: ['history'], when: ({ claims }) => claims.feedback?.marker !== undefined },
  ofClaims: true,
  params: { max_age: duration('Longest time since such a change.', '92d') },
  assess(subject) {
    const { claims, params, asOf, at, evidence } = subject;
    const { traces, feedback } = evidence['feedback-traces'].facts;
    const history = evidence.history?.facts;
    const marked = isEverywhere(history) ? [] : (history?.marked ?? []);
    const all = [...traces.map(changeOf), ...marked.map(commitOf)];
    const past = all.filter(({ on }) => on <= asOf && on !== '').sort((a, b) => (a.on < b.on ? 1 : -1));
    const since = addDays(asOf, -(days(params.max_age) ?? 92));
    const recent = past.filter(({ on }) => on >= since);
    const [newest] = past;
    if (recent.length > 0 && newest)
      return verified(
        `${counted(recent.length, 'change')} since ${since} ${recent.length === 1 ? 'cites' : 'cite'} what users said; the last, on ${newest.on}: ${newest.what}`,
        recent.slice(0, 5).map((it) => it.at),
      );
    const acted = (claims.feedback?.acted ?? []).map((it, index) => ({ ...it, index }));
    const [claim] = acted.filter(({ on }) => on >= since && on <= asOf);
    if (claim) {
      const place = at(`/feedback/acted/${claim.index}`);
      const dead = referencesUnder(evidence.references.facts, `/feedback/acted/${claim.index}`).find(leadsNowhere);
      if (dead)
        return contradicted(`${dead.target} is said to tell of a change, and leads nowhere`, [
          { message: 'no such record is here', at: dead.at, fix: 'Correct the path.', subject: dead.target },
        ]);
      if (says(claim.change) && says(claim.feedback))
        return declared(`on ${claim.on} ${claim.feedback} led to: ${claim.change}`, place);
    }
    const problem = (message: string) => [
      { message, ...placed(newest?.at ?? claimPlace(subject, '/feedback')), fix: FIX, subject: 'feedback' },
    ];
    if (newest)
      return stale(
        `the last change that cites what users said is of ${newest.on}: ${newest.what}`,
        problem(`none since ${since} does`),
      );
    if (nobodyUses(claims)) return notApplicable('the manifest says that nobody uses it', { claim: at('/audience') });
    const undated =
      traces.length > 0
        ? `${counted(traces.length, 'change cites', 'changes cite')} what users said, and none says when`
        : '';
    const none = isEverywhere(history)
      ? `${claims.feedback?.marker} is on ${history?.marked.length} of ${counted(history?.commits ?? 0, 'commit')}, so that it tells nothing of users`
      : feedback.length + (claims.feedback?.marker ? 1 : 0) > 0
        ? 'no change cites what users said'
        : 'no record of what users said is named, so that no change can cite one';
    return missing(undated || none, problem('whether speaking up helps, nobody can see'));
  },
});

/** A marker on most commits is the tracker's own and says nothing of users. */
function isEverywhere(history: Pick<History, 'marked' | 'commits'> | undefined): boolean {
  const { marked = [], commits = 0 } = history ?? {};
  return marked.length >= 5 && marked.length * 2 > commits;
}

interface Change {
  /** YYYY-MM-DD; empty where nothing says. */
  readonly on: string;
  readonly what: string;
  readonly at: Trace['at'];
}

function changeOf({ in: kind, on = '', title, at, cites }: Trace): Change {
  return { on, what: `the ${kind}'s "${title}" cites ${cites}`, at };
}

function commitOf({ commit, date, subject }: Marked): Change {
  return { on: date.slice(0, 10), what: `commit ${commit.slice(0, 10)} "${subject}"`, at: { path: '.git' } };
}
