/** Assesses whether the hard limits of the service are written down with what is used of each, lately, and with room left. */
import { addDays, days, daysBetween } from '../../dates.ts';
import type { Limit } from '../../generated/service.ts';
import type { Place, Problem } from '../../model.ts';
import { compared, percentLeft, unitOf } from '../amount.ts';
import { percent, reaches } from '../arithmetic.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { assessed, defineCheck, missing } from '../define.ts';
import { duration, number } from '../params.ts';
import { type Part, worstStanding } from '../parts.ts';
import { counted, shortened } from '../words.ts';

interface Asked {
  readonly asOf: string;
  readonly maxDays: number;
  readonly least: number;
}

interface Answer extends Part {
  readonly said: string;
}

export const check = defineCheck({
  summary:
    'Reads `nfrs.capacity.limits`: of each the limit, what was used at the last peak (`current`), and when that was measured (`as_of`). The share that is left is computed and has to be at least the headroom of the tier. Only monitoring knows whether the numbers are true.',
  needs: [],
  params: {
    headroom: number('The least share of a limit that is left at the peak, in percent.', 20),
    max_age: duration('Longest time since the use was measured.', '180d'),
  },
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, params, asOf, at } = subject;
    const limits = claims.nfrs?.capacity?.limits ?? [];
    if (limits.length === 0) {
      const fix =
        'List under `nfrs.capacity.limits` what can run out, e.g. `{ id: db-connections, limit: 400, current: 260, as_of: 2026-05-04 }`.';
      const message = 'the first to learn of a limit is whoever runs into it';
      const place = placed(claimPlace(subject, '/nfrs/capacity'));
      return missing(unclaimed(manifest, 'any hard limit'), [{ message, ...place, fix, subject: 'limits' }]);
    }
    const asked = { asOf, maxDays: days(params.max_age) ?? 180, least: params.headroom };
    const answers = limits.map((limit, index) => answerFor(limit, at(`/nfrs/capacity/limits/${index}`), asked));
    const because = `${counted(limits.length, 'limit')}: ${shortened(
      answers.map(({ said }) => said),
      4,
    )}`;
    const problems = answers.flatMap((it) => it.problems ?? []);
    return assessed(worstStanding(answers), because, { claim: at('/nfrs/capacity/limits'), problems });
  },
});

function answerFor(limit: Limit, at: Place, { asOf, maxDays, least }: Asked): Answer {
  const { id, current, as_of: measured } = limit;
  const trouble = (message: string, fix: string): readonly Problem[] => [{ message, at, fix, subject: id }];
  if (current === undefined)
    return {
      standing: 'missing',
      said: `${id} ends at ${limit.limit}, and nobody says how much is used`,
      problems: trouble(`what is used of ${id} is not known`, 'Measure it at the peak; write `current` and `as_of`.'),
    };
  const amounts = compared(current, limit.limit, unitOf(limit.limit));
  const left = amounts && percentLeft(amounts[0].value, amounts[1].value);
  if (left === undefined) {
    const said = `${id}: ${current} of ${limit.limit} cannot be reckoned`;
    const fix = 'Give both as numbers in one unit, e.g. `limit: 400`, `current: 260`.';
    return { standing: 'unknown', said, problems: trouble(said, fix) };
  }
  const said = `${id} ${current} of ${limit.limit}, ${percent(left, least)} left`;
  if (!reaches(left, least)) {
    const message = `of ${id} ${percent(left, least)} ${left < 0 ? 'is' : 'are'} left at the peak, and ${least} % are asked for`;
    return { standing: 'contradicted', said, problems: trouble(message, 'Raise the limit, or lower what is used.') };
  }
  if (measured === undefined)
    return {
      standing: 'missing',
      said: `${said}, on a day that nobody names`,
      problems: trouble(`when the use of ${id} was measured is not said`, 'Add `as_of: YYYY-MM-DD`.'),
    };
  return { said, ...aged(id, measured, { asOf, maxDays, trouble }) };
}

interface Aged {
  readonly asOf: string;
  readonly maxDays: number;
  trouble(message: string, fix: string): readonly Problem[];
}

function aged(id: string, measured: string, { asOf, maxDays, trouble }: Aged): Part {
  const age = daysBetween(measured, asOf);
  if (age < 0) {
    const message = `the use of ${id} is dated ${measured}, which is still to come`;
    return { standing: 'contradicted', problems: trouble(message, 'Write the day on which it was measured.') };
  }
  if (age <= maxDays) return { standing: 'declared' };
  const message = `the use of ${id} was measured on ${measured}, ${age} days ago; it was due again by ${addDays(measured, maxDays)}`;
  return { standing: 'stale', problems: trouble(message, 'Measure it again, and write `current` and `as_of`.') };
}
