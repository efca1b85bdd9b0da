/** Assesses whether somebody has read each runbook lately: its review date first, what git remembers second. */
import { addDays, days, daysBetween } from '../../dates.ts';
import type { Facts as History } from '../../evidence/history.ts';
import type { Runbook } from '../../evidence/runbooks.ts';
import type { Place, Problem } from '../../model.ts';
import { table } from '../../table.ts';
import { assessed, defineCheck, notApplicable } from '../define.ts';
import { duration } from '../params.ts';
import { type Part, worstStanding } from '../parts.ts';
import { share } from '../shares.ts';

export const check = defineCheck({
  summary:
    "Takes a runbook's own review date (front matter such as `last_reviewed_on`, or a line in the text) and holds it against its own `review_in` or the limit, whichever is shorter. Without one, takes the last commit that touched the page on purpose: commits that touch many files at once do not count.",
  needs: ['runbooks'],
  onDemand: {
    kinds: ['history'],
    when: ({ evidence }) => evidence.runbooks.facts.runbooks.some(({ reviewed }) => !reviewed),
  },
  params: { max_age: duration('Longest time since somebody reviewed a runbook.', '180d') },
  assess({ claims, evidence, params, asOf }) {
    const { runbooks } = evidence.runbooks.facts;
    if (runbooks.length === 0) return notApplicable('there is no runbook');
    const limit = Math.min(days(params.max_age) ?? 180, days(claims.runbooks?.review_in ?? params.max_age) ?? 180);
    const judged = runbooks.map((runbook) => age(runbook, evidence.history?.facts, limit, asOf));
    const fresh = judged.filter(({ standing }) => standing === 'verified').length;
    const unclear = judged.filter(({ standing }) => standing === 'unknown').length;
    const doubt = unclear > 0 ? `; of ${unclear} nobody can say` : '';
    const because = `${share(fresh, runbooks.length, 'runbook', ['was', 'were'])} reviewed within ${limit} days${doubt}`;
    return assessed(worstStanding(judged), because, {
      evidence: judged.flatMap((part) => part.evidence ?? []).slice(0, 10),
      problems: judged.flatMap((part) => part.problems ?? []),
    });
  },
});

function age(runbook: Runbook, history: History | undefined, limit: number, asOf: string): Part {
  const { reviewed } = runbook;
  if (reviewed)
    return dated(
      runbook,
      reviewed.on,
      Math.min(limit, lifeOf(reviewed.reviewIn) ?? limit),
      asOf,
      reviewed.at,
      'reviewed',
    );
  const touch = runbook.at.root === undefined ? history?.touched[runbook.at.path] : undefined;
  // Looked back at from an earlier day, a later commit is no mistake; and what no commit at all has touched for too long is stale.
  const on = touch && (touch.date.slice(0, 10) < asOf ? touch.date.slice(0, 10) : asOf);
  if (on !== undefined && (!touch?.bulk || daysBetween(on, asOf) > limit))
    return dated(runbook, on, limit, asOf, runbook.at, 'last changed');
  return {
    standing: 'unknown',
    problems: [
      problem(
        runbook,
        `has no review date, and ${withoutDate(runbook, history)}`,
        runbook.at,
        'Add `last_reviewed_on: YYYY-MM-DD` to its front matter when you have read it.',
      ),
    ],
  };
}

function withoutDate({ at }: Runbook, history: History | undefined): string {
  if (at.root !== undefined) return 'the history of its repository is not read from here';
  if (history?.touched[at.path]) return 'only commits that touch many files at once have touched it';
  return history?.absent ?? 'git has seen no change to it';
}

function dated(runbook: Runbook, on: string, limit: number, asOf: string, at: Place, verb: string): Part {
  const days = daysBetween(on, asOf);
  if (days < 0)
    return {
      standing: 'contradicted',
      problems: [problem(runbook, `was ${verb} on ${on}, which is still to come`, at, 'Correct the date.')],
    };
  if (days <= limit) return { standing: 'verified', evidence: [at] };
  const fix =
    'Read it against the service as it is today, correct it, and write down the day: `last_reviewed_on: YYYY-MM-DD`.';
  return {
    standing: 'stale',
    problems: [
      problem(runbook, `was ${verb} on ${on}, ${days} days ago; it was due by ${addDays(on, limit)}`, at, fix),
    ],
  };
}

function problem(runbook: Runbook, what: string, at: Place, fix: string): Problem {
  return { message: `"${runbook.title || runbook.at.path}" ${what}`, at, fix, subject: runbook.at.path };
}

const DAYS: Readonly<Record<string, number>> = table({ day: 1, week: 7, month: 30, quarter: 91, year: 365 });

/** Days of `6 months`, `1 year` or `180d`. */
function lifeOf(words: string | undefined): number | undefined {
  if (words === undefined) return undefined;
  const [, count, unit] = /^\s*(\d+)\s*(day|week|month|quarter|year)s?\b/i.exec(words) ?? [];
  if (count && unit) return Number(count) * (DAYS[unit.toLowerCase()] ?? 1) + (/month|year/i.test(unit) ? 3 : 0);
  return days(words.trim());
}
