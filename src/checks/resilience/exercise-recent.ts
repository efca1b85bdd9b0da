/** Assesses whether the team practised an incident lately, and kept a record with findings and actions. */
import { addDays, days, daysBetween } from '../../dates.ts';
import type { RecordPart } from '../../evidence/records/record.ts';
import type { RecordEntry } from '../../evidence/records.ts';
import { referenceAt } from '../../evidence/references/lookup.ts';
import type { Problem } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, stale, verified } from '../define.ts';
import { duration } from '../params.ts';
import { isForService } from '../record-scope.ts';
import { counted, listed } from '../words.ts';

const PARTS: readonly RecordPart[] = ['participants', 'findings', 'actions'];

export const check = defineCheck({
  summary:
    'Reads Markdown records of drills, game days and the like, where the manifest keeps them and by the names such folders have: the day, who took part, what was found, what is done about it. A plan or a form is no record. One that is kept for several services has to name this one.',
  needs: ['records', 'references'],
  params: { max_age: duration('Longest time since the last exercise.', '365d') },
  assess(subject) {
    const { evidence, manifest, params, asOf, service } = subject;
    const all = evidence.records.facts.records.filter(({ kind }) => kind === 'exercise');
    const own = all.filter((record) => isForService(record, service));
    const held = own.filter(({ date }) => date !== undefined && date <= asOf);
    const [newest] = held.filter((record) => lacking(record).length === 0);
    const limit = days(params.max_age) ?? 365;
    if (newest?.date !== undefined) {
      const age = daysBetween(newest.date, asOf);
      const said = `the last exercise with findings and actions was on ${newest.date}, ${age} days ago: "${newest.title}"`;
      if (age <= limit)
        return verified(`${said}; ${counted(held.length, 'record')} in all`, [
          newest.at,
          ...newest.parts.map(({ at }) => at),
        ]);
      const fix = 'Take a quiet morning, break something on purpose, and write down what you found.';
      return stale(
        said,
        [
          {
            message: `the next one was due by ${addDays(newest.date, limit)}`,
            at: newest.at,
            fix,
            subject: 'exercise',
          },
        ],
        { evidence: [newest.at] },
      );
    }
    const problems = own.slice(0, 10).map(problemOf);
    if (own.length > 0) return missing(`${counted(own.length, 'record')} of exercises, and none is whole`, problems);
    const claim = referenceAt(evidence.references.facts, '/operations/drills');
    if (claim?.outcome === 'url' || claim?.outcome === 'root-not-at-hand')
      return declared(`the records are said to be at ${claim.target}, which is not opened`, claim.at);
    const foreign =
      all.length > 0
        ? `; ${counted(all.length, 'record')} kept for several services ${all.length === 1 ? 'does' : 'do'} not name ${service.name}`
        : '';
    if (claim)
      return contradicted(`${claim.target} is said to hold records of exercises, and none is there${foreign}`, [
        {
          message: `no record of an exercise at ${claim.target}`,
          at: claim.at,
          fix: 'Correct the path, or write the record.',
          subject: claim.target,
        },
      ]);
    return missing(`${unclaimed(manifest, 'exercises')}, and no record of one is here${foreign}`, [
      {
        message: 'the first time will be for real',
        ...placed(claimPlace(subject, '/operations')),
        fix: 'Bring about one of the failure modes on purpose, and keep the record as `drills/YYYY-MM-DD-what.md`: who took part, what was found, what is done about it.',
        subject: 'exercise',
      },
    ]);
  },
});

function lacking({ parts }: RecordEntry): readonly RecordPart[] {
  return PARTS.filter((part) => !parts.some((it) => it.part === part));
}

function problemOf(record: RecordEntry): Problem {
  const gaps = [...(record.date === undefined ? ['the day'] : []), ...lacking(record)];
  const message =
    gaps.length === 0
      ? `"${record.title}" is dated ${record.date}, which is still to come`
      : `"${record.title}" does not say ${listed(gaps)}`;
  return {
    message,
    at: record.at,
    fix: 'Write down the day, who took part, what was found, and what is done about it.',
    subject: record.at.path,
  };
}
