/** Assesses whether the numbers of running the service are written down every week. */
import { addDays, days } from '../../dates.ts';
import type { Facts } from '../../evidence/ops-stats.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Assessment } from '../../model.ts';
import { contradicted, defineCheck, missing, stale, unknown, verified } from '../define.ts';
import { duration, integer } from '../params.ts';
import { counted, listed, shortened } from '../words.ts';
import { gapsAbove, widest } from './gaps.ts';
import { ageOf, faultProblems, isAnswer, statsAtHand, type Window } from './stats-at-hand.ts';

/** What a record is of, and the measures that say it. */
const WANTED: readonly (readonly [string, RegExp])[] = [
  ['performance', /^latency/],
  ['availability', /^availability$/],
  ['incidents', /^incidents/],
  ['time to react', /^time_to_react/],
  ['time to resolve', /^time_to_resolve/],
  ['traffic', /^(?:requests|traffic)$/],
  ['bugs', /^bugs$/],
  ['SLA', /^sla$/],
];
/** A week without an incident has no such time, and incidents that are written out carry theirs. */
const OF_INCIDENTS = /^time to/;

export const check = defineCheck({
  summary:
    'Reads the table that `operations.stats` names, or ops/stats/*.csv and kin (also YAML and JSON, see `gonogo schema ops-stats`): the days of its rows, and whether performance, availability, incidents, time to react, time to resolve, traffic, bugs and, where the manifest has an SLA, its attainment have columns with numbers. A row without numbers is none. An address is only declared.',
  needs: ['ops-stats', 'references'],
  params: {
    max_age: duration('Longest time since the newest row.', '14d'),
    max_gap: duration('Longest time between two rows.', '14d'),
    look_back: duration('Over which time gaps count.', '84d'),
    min_rows: integer('Fewest rows that make a record.', 4, 1),
  },
  assess(subject) {
    const { params, asOf, claims, evidence } = subject;
    const found = statsAtHand(subject, days(params.look_back) ?? 84);
    if (isAnswer(found)) return found;
    const { rows, newest, files } = found;
    const [limit, most] = [days(params.max_age) ?? 14, days(params.max_gap) ?? 14];
    const age = ageOf(found, asOf);
    const fix = 'Write down the numbers of last week, and give the task an owner and a fixed day.';
    if (age > limit)
      return stale(`the newest numbers are of ${newest.date}, ${age} days ago`, [
        { message: `the next row was due by ${addDays(newest.date, limit)}`, at: newest.at, fix, subject: 'newest' },
      ]);
    const dates = rows.map(({ date }) => date);
    const gaps = gapsAbove(dates, most).map(({ from, to, days: width }) => ({
      message: `nothing is recorded between ${from} and ${to}, ${width} days`,
      at: rows.find(({ date }) => date === to)?.at ?? newest.at,
      fix: 'Fill in what can still be found out, or say in the note why there is nothing.',
      subject: `gap ${from}`,
    }));
    if (gaps.length > 0) return contradicted(`${counted(gaps.length, 'gap')} of more than ${most} days`, gaps);
    const said = `${counted(rows.length, 'row')} from ${dates[0]} to ${newest.date}, at most ${widest(dates)} days apart`;
    const problem = {
      message: `fewer than ${params.min_rows} rows are no record yet`,
      at: newest.at,
      fix,
      subject: 'rows',
    };
    if (rows.length < params.min_rows) return missing(said, [problem]);
    return (
      incomplete(found, evidence['ops-stats'].facts, claims, said) ??
      verified(`${said}; the newest is ${age} days old`, [...files, newest.at])
    );
  },
});

function incomplete(
  { rows, newest, faults }: Window,
  facts: Facts,
  claims: Claims,
  said: string,
): Assessment | undefined {
  if (faults.length > 0)
    return unknown(
      `${said}; but ${counted(faults.length, 'cell')} cannot be relied upon, the first because ${faults[0]?.message}`,
      {
        evidence: [newest.at],
        problems: faultProblems(faults),
      },
    );
  const isThere = ([what, measure]: (typeof WANTED)[number]): boolean =>
    (OF_INCIDENTS.test(what) &&
      (facts.incidents !== undefined || facts.columns.some(({ means = '' }) => measure.test(means)))) ||
    rows.some(({ values }) => Object.keys(values).some((name) => measure.test(name)));
  const lacking = WANTED.filter((it) => (it[0] !== 'SLA' || claims.sla !== undefined) && !isThere(it)).map(
    ([what]) => what,
  );
  if (lacking.length === 0) return undefined;
  const strangers = facts.columns
    .filter(({ means, name }) => means === undefined && name !== '')
    .map(({ name }) => `\`${name.slice(0, 40)}\``);
  const because = `${said}; ${listed(lacking)} ${lacking.length === 1 ? 'has' : 'have'} no numbers`;
  const problems = lacking.map((what) => ({
    message: `no column that is recognised holds numbers on ${what}`,
    at: facts.files[0] ?? newest.at,
    fix: `Add the column, or rename it as \`gonogo schema ops-stats\` does.`,
    subject: what,
  }));
  return strangers.length === 0
    ? missing(because, problems)
    : unknown(`${because}, unless ${shortened(strangers)} ${strangers.length === 1 ? 'is' : 'are'} meant`, {
        problems,
        evidence: [newest.at],
      });
}
