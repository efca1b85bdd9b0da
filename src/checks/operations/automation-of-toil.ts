/** Assesses whether work that is done by hand again and again is written down, with its time, an owner and what is done about it. Knows the manifest only. */
import { addDays, days, daysBetween } from '../../dates.ts';
import type { ToilTask } from '../../generated/service.ts';
import type { Place, Problem } from '../../model.ts';
import { percent, plain } from '../arithmetic.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { assessed, defineCheck, missing } from '../define.ts';
import { isSomebody } from '../ownership/people.ts';
import { duration as durationParam, number } from '../params.ts';
import { type Part, worstStanding } from '../parts.ts';
import { says } from '../placeholders.ts';
import { counted, listed } from '../words.ts';
import { perWeek, shareOfWork } from './toil.ts';

export const check = defineCheck({
  summary:
    'Reads `operations.toil`: of each task how often it is done, how long it takes, who answers for getting rid of it, what is done about it, and when the numbers were last looked at. Adds up the time a week and holds it against the working time of `owner.people`, 40 hours each. Nothing in a repository shows how people spend their time.',
  needs: [],
  claimOnly: true,
  params: {
    share: number('The most of the working time that toil may take, in percent.', 50),
    max_age: durationParam('Longest time since the numbers were looked at.', '180d'),
  },
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, params, asOf, at } = subject;
    const tasks = claims.operations?.toil ?? [];
    if (tasks.length === 0) {
      const fix =
        'List under `operations.toil` what is done by hand again and again: `{ id, every, takes, owner, as_of, plan }`.';
      const message = 'what nobody counts is never worth automating';
      const place = placed(claimPlace(subject, '/operations/toil'));
      return missing(unclaimed(manifest, 'any work that is done by hand again and again'), [
        { message, ...place, fix, subject: 'toil' },
      ]);
    }
    const maxDays = days(params.max_age) ?? 180;
    const parts = tasks.map((task, index) => partOf(task, at(`/operations/toil/${index}`), asOf, maxDays));
    const times = tasks.flatMap(({ takes, every }) => perWeek(takes, every) ?? []);
    const weekly = times.reduce((sum, it) => sum + it, 0);
    const people = claims.owner?.people;
    const share = people === undefined ? undefined : shareOfWork(weekly, people);
    const sum = times.length > 1 ? `${times.map(hours).join(' + ')} = ` : '';
    const of =
      share === undefined
        ? ''
        : `, ${percent(share)} of the working time of ${counted(people ?? 0, 'person', 'people')}`;
    const because = `${counted(tasks.length, 'task')} by hand${times.length > 0 ? `: ${sum}${hours(weekly)} a week${of}` : ', with no time given'}`;
    const claim = at('/operations/toil');
    const tooMuch = share !== undefined && share > params.share;
    const message = `${percent(share ?? 0, params.share)} of the team's time goes into work by hand, and at most ${params.share} % may`;
    const fix = 'Automate what takes the longest first, or stop doing it.';
    const problems = [
      ...(tooMuch ? [{ message, at: claim, fix, subject: 'share' }] : []),
      ...parts.flatMap((it) => it.problems ?? []),
    ];
    return assessed(tooMuch ? 'contradicted' : worstStanding(parts), because, { claim, problems });
  },
});

/** `1.25h`: days would be read as working days. */
function hours(time: number): string {
  return `${plain(time / 3_600_000)}h`;
}

function partOf(task: ToilTask, at: Place, asOf: string, maxDays: number): Part {
  const { id, every, takes, owner, as_of: looked, plan } = task;
  const told = (message: string, fix: string): readonly Problem[] => [{ message, at, fix, subject: id }];
  const gaps = [
    perWeek(takes, every) === undefined ? 'how often it is done and how long it takes' : '',
    isSomebody(owner) ? '' : 'who answers for it',
    says(plan) ? '' : 'what is done about it',
    looked === undefined ? 'when that was looked at' : '',
  ].filter(Boolean);
  if (gaps.length > 0 || looked === undefined)
    return {
      standing: 'missing',
      problems: told(`of ${id} nobody says ${listed(gaps)}`, 'Add `every`, `takes`, `owner`, `plan` and `as_of`.'),
    };
  const age = daysBetween(looked, asOf);
  if (age < 0)
    return {
      standing: 'contradicted',
      problems: told(`${id} is dated ${looked}, which is still to come`, 'Correct the date.'),
    };
  if (age <= maxDays) return { standing: 'declared' };
  const message = `${id} was last looked at on ${looked}, ${age} days ago; it was due again by ${addDays(looked, maxDays)}`;
  return {
    standing: 'stale',
    problems: told(message, 'Look again at how often it is done and how long it takes; write `as_of`.'),
  };
}
