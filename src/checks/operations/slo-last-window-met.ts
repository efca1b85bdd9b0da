/** Assesses whether each objective was met in its last window, or its error budget's policy was invoked. */
import { addDays, days } from '../../dates.ts';
import type { RecordEntry } from '../../evidence/records.ts';
import type { Place } from '../../model.ts';
import { percent, plain, reaches } from '../arithmetic.ts';
import { assessed, defineCheck, notApplicable, stale } from '../define.ts';
import { duration, integer } from '../params.ts';
import { type Part, together } from '../parts.ts';
import { counted } from '../words.ts';
import { type Attained, attained, isNamedAfter, type Objective, objectivesOf } from './attainment.ts';
import { ageOf, faultProblems, isAnswer, statsAtHand, type Window } from './stats-at-hand.ts';

/** Whatever a team calls it, the budget is what its policy is about. */
const BUDGET = /\berror[- ]budgets?\b|\bbudget policy\b/i;

export const check = defineCheck({
  summary:
    "Computes what each objective attained over its last window from the weekly numbers: the column named after the objective, or `availability` for one about availability, weighted by `requests` where every week counts them. A window of 30 days is four weeks. Where the target was missed, a row's action or a review that speaks of the error budget declares that its policy was invoked. With fewer requests than `min_events` nothing can be told.",
  needs: ['ops-stats', 'references', 'slos', 'records'],
  params: {
    max_age: duration('Longest time since the newest row.', '14d'),
    min_events: integer('Fewest requests in a window by which an objective can be judged.', 1000, 1),
    answer_within: duration('How long after the window the policy may be invoked.', '14d'),
  },
  assess(subject) {
    const { params, asOf, evidence } = subject;
    const objectives = objectivesOf(subject);
    if (objectives.length === 0) return notApplicable('there is no objective with a number');
    const found = statsAtHand(subject, 7 * Math.max(...objectives.map(({ weeks }) => weeks)));
    if (isAnswer(found)) return found;
    const limit = days(params.max_age) ?? 14;
    if (ageOf(found, asOf) > limit)
      return stale(`the last window that is recorded ended with the week of ${found.newest.date}`, [
        {
          message: `the next row was due by ${addDays(found.newest.date, limit)}`,
          at: found.newest.at,
          fix: 'Write down the numbers of the weeks since.',
          subject: 'newest',
        },
      ]);
    const within = days(params.answer_within) ?? 14;
    const judged = objectives.map((it) => judge(it, found, evidence.records.facts.records, params.min_events, within));
    const because = judged.map(({ words }) => words).join('; ');
    if (judged.every(({ part }) => part.standing === 'not-applicable')) return assessed('not-applicable', because);
    return together(
      judged.map(({ part }) => part),
      because,
      objectives[0]?.at,
    );
  },
});

const OF_SLO = /^(?:availability|requests|cells)$/;

interface Judged {
  readonly part: Part;
  readonly words: string;
}

function judge(
  objective: Objective,
  found: Window,
  records: readonly RecordEntry[],
  least: number,
  within: number,
): Judged {
  const { name, target, weeks, at } = objective;
  const its = attained(objective, found.rows);
  if (!its) {
    const message = `${name} has no column in the weekly numbers`;
    return {
      words: message,
      part: {
        standing: 'missing',
        problems: [
          { message, at, fix: `Record what it attained each week in a column called ${name}.`, subject: name },
        ],
      },
    };
  }
  const rows = its.rows;
  const doubtful = [
    ...found.faults.filter(({ of, date = '9999' }) => OF_SLO.test(of) && date >= (rows[0]?.date ?? '')),
    ...found.ownFaults.filter(({ of }) => isNamedAfter(of, name)),
  ];
  if (doubtful.length > 0)
    return {
      words: `${name} cannot be computed: ${doubtful[0]?.message}`,
      part: { standing: 'unknown', problems: faultProblems(doubtful) },
    };
  if (rows.length * 2 <= weeks)
    return {
      words: `only ${counted(rows.length, 'week')} of the ${weeks} of ${name}'s window are recorded`,
      part: { standing: 'unknown', evidence: [found.newest.at] },
    };
  if (its.events !== undefined && its.events < least)
    return {
      words: `${name}: ${plain(its.events)} requests are too few to tell`,
      part: { standing: 'not-applicable' },
    };
  const words = sentence(objective, its);
  if (reaches(its.percent, target)) return { words, part: { standing: 'verified', evidence: [found.newest.at, at] } };
  const invoked = invocation(its, records, within);
  if (invoked)
    return {
      words: `${words}; the error budget's policy is said to be invoked`,
      part: { standing: 'declared', evidence: [invoked] },
    };
  const problem = {
    message: `${words}; nothing says that the error budget's policy was invoked`,
    at: found.newest.at,
    fix: 'Do what the policy says, and write it into the row: what stops, until when.',
    subject: name,
  };
  return { words, part: { standing: 'contradicted', problems: [problem] } };
}

function sentence({ name, target }: Objective, { percent: reached, rows, weighted }: Attained): string {
  const sign = reaches(reached, target) ? '≥' : '<';
  return `${name} attained ${percent(reached, target)} ${sign} ${percent(target, reached)} over ${counted(rows.length, 'week')} to ${rows.at(-1)?.date}${weighted ? ', weighted by requests' : ''}`;
}

function invocation({ rows }: Attained, records: readonly RecordEntry[], within: number): Place | undefined {
  const [from = '', to = ''] = [rows[0]?.date, rows.at(-1)?.date];
  const row = rows.find(({ action }) => action !== undefined && BUDGET.test(action));
  const until = addDays(to, within);
  return (
    row?.at ??
    records.find(({ date, text }) => date !== undefined && date >= from && date <= until && BUDGET.test(text))?.at
  );
}
