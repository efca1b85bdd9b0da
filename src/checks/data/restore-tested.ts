/** Assesses whether a backup of every store was restored lately, within the time that is promised, and whether the record of it is about that store. */
import { addDays, days, daysBetween, milliseconds } from '../../dates.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Evidence } from '../../generated/evidence.ts';
import type { Problem } from '../../model.ts';
import { defineCheck } from '../define.ts';
import { duration } from '../params.ts';
import { everyStore, lacking, type StorePart } from './every-store.ts';
import type { Kept, StoreSubject } from './kept.ts';
import { namesStore } from './naming.ts';
import { recordOf } from './restore-record.ts';

export const check = defineCheck({
  summary:
    'Reads `restore_test` of every store: its day, its result, how long it took against `rto`, and the record that it names as evidence, which has to be about a restore and name the store. A backup that runs proves nothing about restoring it.',
  needs: ['stores', 'references', 'records', 'documents'],
  params: { max_age: duration('Longest time since the last restore.', '365d') },
  assess(subject) {
    const limit = days(subject.params.max_age) ?? 365;
    return everyStore(subject, ['was restored in a test', 'were restored in a test'], (kept) =>
      partOf(kept, limit, subject),
    );
  },
});

const ABOUT = /\brestor|\brecover/i;
/** Of longer records only the beginning is at hand. */
const READ = 8000;

type Subject = StoreSubject & { readonly asOf: string; readonly evidence: Pick<Evidence, 'records' | 'documents'> };

function partOf(kept: Kept, limit: number, subject: Subject): StorePart {
  const { id, claim, pointer = '', at: place } = kept;
  const test = claim?.restore_test;
  if (!test)
    return lacking('missing', {
      message: `nothing says that a backup of ${id} was ever restored`,
      at: place,
      fix: 'Restore one into an empty place, time it, write down what happened, and add `restore_test` with `on`, `duration`, `result` and `evidence`.',
      subject: id,
    });
  const at = subject.at(`${pointer}/restore_test`);
  const failed = (message: string, fix: string): StorePart =>
    lacking('contradicted', { message, at, fix, subject: id });
  if (test.on > subject.asOf)
    return failed(
      `the restore of ${id} is dated ${test.on}, which is still to come`,
      'Write down the day of a restore that took place.',
    );
  if (test.result === 'failed')
    return failed(`the restore of ${id} on ${test.on} failed`, 'Mend what failed, and restore again.');
  const [took, rto] = [test.duration, claim?.rto].map((it) => (it === undefined ? undefined : milliseconds(it)));
  if (took !== undefined && rto !== undefined && took > rto)
    return failed(
      `restoring ${id} took ${test.duration}, longer than its RTO ${claim?.rto}`,
      'Make the restore quicker, or agree on an RTO that it can keep.',
    );
  const age = daysBetween(test.on, subject.asOf);
  const said = `${id} on ${test.on}${test.duration === undefined ? '' : ` in ${test.duration}${claim?.rto === undefined ? '' : ` (RTO ${claim.rto})`}`}`;
  if (age > limit) return lacking('stale', due(id, addDays(test.on, limit), age, at), said);
  if (took === undefined)
    return lacking('missing', {
      message: `nothing says how long the restore of ${id} on ${test.on} took`,
      at,
      fix: 'Add `duration`, from the decision to restore until the service ran again.',
      subject: id,
    });
  return shown(kept, subject, said);
}

function due(id: string, day: string, age: number, at: Problem['at']): Problem {
  return {
    message: `${id} was last restored ${age} days ago; the next restore was due by ${day}`,
    ...(at && { at }),
    fix: 'Restore a backup again, and write down the day and the duration.',
    subject: id,
  };
}

/** What the record says, as far as there is one. */
function shown({ id, claim, pointer = '', names }: Kept, { evidence, at: place }: Subject, said: string): StorePart {
  const references = referencesUnder(evidence.references.facts, `${pointer}/restore_test/evidence`);
  const at = place(`${pointer}/restore_test`);
  const lost = references.find(({ outcome }) => outcome === 'no-file' || outcome === 'no-section');
  if (lost)
    return lacking('contradicted', {
      message: `the record of the restore of ${id}, ${lost.target}, is not there`,
      at: lost.at,
      fix: 'Write the record, or correct the path.',
      subject: id,
    });
  const records = references.flatMap(({ matches }) => matches.flatMap((it) => recordOf(it, evidence) ?? []));
  const about = records.find(({ text }) => names.some((name) => namesStore(text, name)) && ABOUT.test(text));
  const other = records.find(
    ({ date }) => date !== undefined && Math.abs(daysBetween(date, claim?.restore_test?.on ?? date)) > 7,
  );
  if (other && !records.some((it) => it !== other))
    return lacking('contradicted', {
      message: `the record of the restore of ${id} is dated ${other.date}, the manifest says ${claim?.restore_test?.on}`,
      at: other.at,
      fix: 'Correct the date, or name the right record.',
      subject: id,
    });
  if (about) return { standing: 'verified', said, evidence: [at, about.at] };
  const [record] = records;
  if (record && record.text.length < READ) {
    const isRestore = ABOUT.test(record.text);
    return lacking(isRestore ? 'unknown' : 'contradicted', {
      message: isRestore
        ? `${record.at.path} tells of a restore and does not name ${id}`
        : `${record.at.path} does not say that anything was restored`,
      at: record.at,
      fix: 'Name the store in the record, and what was restored.',
      subject: id,
    });
  }
  return { standing: 'declared', said, evidence: [at] };
}
