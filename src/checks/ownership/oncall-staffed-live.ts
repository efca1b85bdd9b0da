/** Assesses whether the on-call schedule that the operator lets be asked has somebody on it, now and in the days to come. */
import { milliseconds } from '../../dates.ts';
import { coverageOf } from '../../live/schedules.ts';
import type { Problem } from '../../model.ts';
import { assessed, defineCheck } from '../define.ts';
import { instant, notAsked, whom } from '../live-scope.ts';
import { duration, integer } from '../params.ts';
import { isRoundTheClock } from './hours.ts';
import { problemsOf, staffed } from './staffing.ts';

const DAY = 86_400_000;

export const check = defineCheck({
  summary:
    'Only with `--live`. Asks PagerDuty or Opsgenie for the final schedule and adds up the shifts, in UTC. Where `oncall.hours` says that it is not around the clock, hours without anybody are expected, up to a longest stretch. Names of people are not kept.',
  needs: ['live'],
  params: {
    days: integer('How many days from now have to be staffed; at most 31 are asked for.', 7, 1),
    longest_gap: duration(
      'The longest stretch without anybody where on call is not around the clock: from Friday evening to Monday morning.',
      '72h',
    ),
  },
  assess({ evidence, claims, params }) {
    const { run } = evidence.live.facts;
    if (!run || run.schedules.length === 0) return notAsked(evidence.live.facts, ['pagerduty', 'opsgenie']);
    const now = Date.parse(run.at);
    const hours = claims.oncall?.hours;
    const around = hours === undefined || isRoundTheClock(hours);
    const opinions = run.schedules.map(({ target, heard }): Opinion => {
      if ('trouble' in heard) return { say: heard.trouble, problems: [], isOpen: true };
      const coverage = coverageOf(heard.value.shifts, now, now + Math.min(params.days, 31) * DAY);
      const say = `${whom(target)}: ${staffed(coverage, params.days)}${around ? '' : `, on call is said to be ${hours}`}`;
      return {
        say,
        problems: problemsOf(whom(target), heard.value, coverage, {
          now,
          allowed: around ? 0 : (milliseconds(params.longest_gap) ?? 0),
          days: params.days,
        }),
        isOpen: false,
      };
    });
    const problems = opinions.flatMap((it) => it.problems);
    const standing =
      problems.length > 0 ? 'contradicted' : opinions.some(({ isOpen }) => isOpen) ? 'unknown' : 'verified';
    return assessed(standing, `${instant(run.at)}, ${opinions.map(({ say }) => say).join('; ')}`, { problems });
  },
});

interface Opinion {
  readonly say: string;
  readonly problems: readonly Problem[];
  readonly isOpen: boolean;
}
