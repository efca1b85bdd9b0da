/** Assesses whether what reviews of incidents decided is done by its day, by somebody. */
import { addDays, days, daysBetween } from '../../dates.ts';
import type { RecordEntry } from '../../evidence/records.ts';
import { referenceAt } from '../../evidence/references/lookup.ts';
import { declared, defineCheck, notApplicable } from '../define.ts';
import { duration } from '../params.ts';
import { failing, type Part, together } from '../parts.ts';
import { says } from '../placeholders.ts';
import { counted, listed } from '../words.ts';
import { ownReviews } from './incident-list.ts';

type Action = NonNullable<RecordEntry['actions']>[number];

export const check = defineCheck({
  summary:
    'Reads the actions of every review of an incident, from tables (action, owner, due, state) and lists (`- [ ] … owner: …, due: YYYY-MM-DD`) below a heading such as Actions. An open one needs an owner and a day, and may be some days late; a box or a word tells whether it is done. What a ticket says is not looked up.',
  needs: ['records', 'references'],
  params: { grace: duration('How long past its day an action may be open.', '14d') },
  assess({ evidence, params, service, asOf }) {
    const reviews = ownReviews(evidence.records.facts.records, service);
    const claim = referenceAt(evidence.references.facts, '/operations/postmortems');
    if (reviews.length === 0) {
      if (claim?.outcome === 'url' || claim?.outcome === 'root-not-at-hand')
        return declared(`the reviews are said to be at ${claim.target}, which is not opened`, claim.at);
      return notApplicable('there is no review of an incident');
    }
    const actions = reviews.flatMap((review) => review.actions ?? []);
    const prose = reviews.filter(
      (review) => (review.actions ?? []).length === 0 && review.parts.some(({ part }) => part === 'actions'),
    );
    const grace = days(params.grace) ?? 14;
    const parts = [...actions.map((action) => judge(action, grace, asOf)), ...prose.map(unread)];
    const of = counted(reviews.length, 'review');
    if (parts.length === 0) return notApplicable(`${of} ${reviews.length === 1 ? 'lists' : 'list'} no action`);
    const open = actions.filter(({ state }) => state === 'open').length;
    return together(
      parts,
      `${counted(actions.length, 'action')} in ${of}: ${actions.filter(({ state }) => state === 'done').length} done, ${open} open, ${parts.filter(({ standing }) => standing === 'contradicted').length} overdue`,
      claim?.at,
    );
  },
});

function judge({ text, owner, due, state, at }: Action, grace: number, asOf: string): Part {
  if (state === 'done' || state === 'dropped') return { standing: 'verified', evidence: [at] };
  const subject = text;
  const name = `"${text.length > 60 ? `${text.slice(0, 59)}…` : text}"`;
  const late = due !== undefined && addDays(due, grace) < asOf;
  if (late && state === 'open')
    return failing('contradicted', {
      message: `${name} was due on ${due}, ${daysBetween(due, asOf)} days ago`,
      at,
      fix: 'Do it, agree on a new day with its reason, or drop it and say why.',
      subject,
    });
  if (state === 'unsaid' && (late || due === undefined))
    return failing('unknown', {
      message: `${name} does not say whether it is done`,
      at,
      fix: 'Give it a box (`- [ ]`, `- [x]`) or a column for its state.',
      subject,
    });
  const lacks = [...(says(owner) ? [] : ['an owner']), ...(due === undefined ? ['a day'] : [])];
  if (lacks.length > 0)
    return failing('missing', {
      message: `${name} has no ${listed(lacks)
        .replace(/^an? /, '')
        .replace(/ and an? /, ' and no ')}`,
      at,
      fix: 'Write who does it and until when.',
      subject,
    });
  return { standing: 'verified', evidence: [at] };
}

function unread({ at, title }: RecordEntry): Part {
  return failing('unknown', {
    message: `the actions of "${title}" are no list`,
    at,
    fix: 'List them, each with owner, day and a box.',
    subject: at.path,
  });
}
