/** Assesses whether the weekly numbers hold or improve, and whether something was done about those that missed a target. */
import { days, daysBetween } from '../../dates.ts';
import type { Place } from '../../model.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { duration, integer, number } from '../params.ts';
import { distinct } from '../places.ts';
import { counted, listed, shortened } from '../words.ts';
import { breachesOf } from './breaches.ts';
import { actionBetween } from './recorded-actions.ts';
import { faultProblems, isAnswer, statsAtHand, type Window } from './stats-at-hand.ts';
import { isJudged, measureName } from './targets.ts';
import { type Trend, trendOf, trendsInWords } from './trend.ts';

export const check = defineCheck({
  summary:
    "Takes each measure of the weekly numbers over the last twelve weeks: the median of the slopes between all pairs of weeks (Theil–Sen), and Mann and Kendall's test for whether that is more than chance (one-sided, 95 %). Traffic has no better direction. A measure that worsens, and a week that misses a target of `nfrs` or `sla`, needs a recorded action: in the row's column for actions or notes, a review of an incident with actions, or a debt, each dated within the days that follow.",
  needs: ['ops-stats', 'references', 'records', 'tech-debt'],
  params: {
    look_back: duration('Over which time a trend is looked for.', '84d'),
    min_rows: integer('Fewest rows in which a trend can show.', 8, 4),
    tolerance: number('Change over the whole time, in percent of the median, that is none worth a word.', 10),
    answer_within: duration('How long after a missed target its action may be recorded.', '21d'),
  },
  assess(subject) {
    const { params, claims, evidence } = subject;
    const found = statsAtHand(subject, days(params.look_back) ?? 84);
    if (isAnswer(found)) return found;
    const names = [...new Set(found.rows.flatMap(({ values }) => Object.keys(values)))].sort();
    const clear = names.filter((name) => !found.faults.some(({ of }) => of === name));
    const trends = clear.flatMap((name) => trendOf(name, found.rows, params.min_rows, params.tolerance) ?? []);
    if (trends.every(({ measure }) => !isJudged(measure)) && found.faults.length === 0)
      return notApplicable(
        `${counted(found.rows.length, 'row')} of numbers show no trend yet; ${params.min_rows} would`,
      );
    const recorded = {
      rows: found.rows,
      records: evidence.records.facts.records,
      debts: evidence['tech-debt'].facts.items,
    };
    const within = days(params.answer_within) ?? 21;
    const worse = trends.filter(({ heading }) => heading === 'worsens');
    const answered = worse.map((trend) => ({ trend, action: recentAction(found, within, recorded) }));
    const open = answered.filter(({ action }) => !action);
    const { breaches, answers } = breachesOf(found.rows, claims, within, recorded, subject.at);
    const because = `${found.rows.length} rows from ${found.rows[0]?.date} to ${found.newest.date}: ${trendsInWords(trends)}`;
    const problems = [...open.map(({ trend }) => worsening(trend, found)), ...breaches];
    const evidencePlaces = distinct([found.newest.at, ...answered.flatMap(({ action }) => action ?? []), ...answers]);
    if (problems.length > 0) return contradicted(because, problems, { evidence: evidencePlaces });
    if (found.faults.length > 0)
      return unknown(`${because}${trends.length > 0 ? '; ' : ''}${unclear(found)}`, {
        problems: faultProblems(found.faults),
      });
    return verified(because, evidencePlaces);
  },
});

function recentAction(found: Window, within: number, recorded: Parameters<typeof actionBetween>[2]): Place | undefined {
  const from = found.rows.find(({ date }) => daysBetween(date, found.newest.date) <= within)?.date ?? found.newest.date;
  return actionBetween(from, '9999-12-31', recorded);
}

function worsening({ measure }: Trend, { newest }: Window) {
  return {
    message: `${measureName(measure)} worsens, and no action was recorded in the last weeks`,
    at: newest.at,
    fix: 'Decide what is done about it, and write it into the row with its ticket.',
    subject: measure,
  };
}

function unclear({ faults }: Window): string {
  const names = shortened([...new Set(faults.map(({ of }) => measureName(of)))]);
  return `of ${listed([names])} not every number can be relied upon: ${faults[0]?.message}`;
}
