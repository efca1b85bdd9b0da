/** What stands about one outcome of the manifest: whether it is complete, recent, shown, and where it goes. */
import { daysBetween } from '../../dates.ts';
import type { CustomerRecord } from '../../evidence/customer-records.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Facts as References } from '../../evidence/references.ts';
import type { Outcome } from '../../generated/service.ts';
import type { Place, Problem } from '../../model.ts';
import type { Part } from '../parts.ts';
import { says } from '../placeholders.ts';
import { counted, listed } from '../words.ts';
import { directionOf, progressWords, type Readings } from './progress.ts';
import { dayOfRecord, leadsNowhere, recordsUnder } from './records.ts';

/** What an outcome is held against. */
export interface Question {
  readonly asOf: string;
  /** The earliest day that a reading may have. */
  readonly oldest: string;
  readonly records: readonly CustomerRecord[];
  readonly references: References;
  at(pointer: string): Place;
}

/** An opinion on one outcome, in words too. */
export interface JudgedOutcome extends Part {
  readonly words: string;
  /** It has all its numbers, a day and a source. */
  readonly complete: boolean;
}

/** The opinion; `pointer` is the outcome's in the manifest. */
export function judgedOutcome(outcome: Outcome, pointer: string, question: Question): JudgedOutcome {
  const { id, unit, as_of: on, action } = outcome;
  const gaps = gapsOf(outcome);
  const readings = readingsOf(outcome);
  function failing(standing: Part['standing'], words: string, message: string, fix: string): JudgedOutcome {
    const problem: Problem = { message: `${id}: ${message}`, at: question.at(pointer), fix, subject: id };
    return { standing, words: `${id}: ${words}`, complete: gaps.length === 0, problems: [problem] };
  }
  if (gaps.length > 0 || !readings || on === undefined)
    return failing('missing', `lacks ${listed(gaps)}`, `nothing says ${listed(gaps)}`, 'Add what is missing.');
  const progress = progressWords(readings, unit);
  if (on > question.asOf)
    return failing('contradicted', `${progress}, read on ${on}`, `${on} is still to come`, 'Correct `as_of`.');
  const dead = referencesUnder(question.references, `${pointer}/evidence`).find(leadsNowhere);
  if (dead)
    return failing('contradicted', progress, `${dead.target} leads nowhere`, 'Correct the path, or keep the record.');
  const words = `${progress}, read on ${on}, ${counted(daysBetween(on, question.asOf), 'day')} ago`;
  if (on < question.oldest)
    return failing('stale', words, `the last reading is of ${on}`, 'Read it again, and write down the day.');
  if (directionOf(readings) === 'away' && !says(action))
    return failing(
      'missing',
      words,
      'it moves away from its target, and nothing says what is done about it',
      'Add `action:` with what is tried, or correct the target.',
    );
  const shown = shownIn(recordsUnder(question.records, `${pointer}/evidence`), on, [id, outcome.metric ?? '']);
  const acted = directionOf(readings) === 'away' ? `; ${action}` : '';
  return {
    standing: shown.length > 0 ? 'verified' : 'declared',
    words: `${id}: ${words}${acted}`,
    complete: true,
    evidence: shown,
  };
}

function gapsOf(outcome: Outcome): readonly string[] {
  const { metric, baseline, target, current, as_of: on, source, evidence = [] } = outcome;
  return [
    ...(says(metric) ? [] : ['what is counted']),
    ...(baseline === undefined ? ['where it stood'] : []),
    ...(target === undefined ? ['where it is to be'] : []),
    ...(current === undefined ? ['where it stands'] : []),
    ...(on === undefined ? ['when it was read'] : []),
    ...(says(source) || evidence.length > 0 ? [] : ['where it is read']),
  ];
}

function readingsOf({ baseline, target, current }: Outcome): Readings | undefined {
  return baseline === undefined || target === undefined || current === undefined
    ? undefined
    : { baseline, target, current };
}

/** Lines that show a figure of that day: the line names the day, or the record is of it and the line of no other. The line, or the names of the table's columns, have to speak of what is counted. */
export function shownIn(records: readonly CustomerRecord[], on: string, subject: readonly string[]): readonly Place[] {
  const words = new Set(subject.flatMap(wordsOf));
  return records.flatMap((record) =>
    record.shown
      .filter(({ days }) => days.includes(on) || (days.length === 0 && dayOfRecord(record, on) === on))
      .filter(({ text }) => wordsOf(`${text} ${record.header ?? ''}`).some((word) => words.has(word)))
      .map(({ at }) => at),
  );
}

/** Words of four letters and more, without a plural's s. */
function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).map((word) => word.replace(/s$/, ''));
}
