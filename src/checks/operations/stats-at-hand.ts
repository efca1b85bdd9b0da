/** The weekly numbers that a check may judge, or the answer where there are none that can be relied upon. */
import { addDays, daysBetween } from '../../dates.ts';
import type { StatsFault, StatsRow } from '../../evidence/ops-stats.ts';
import { referenceAt } from '../../evidence/references/lookup.ts';
import type { Evidence } from '../../generated/evidence.ts';
import type { Claims, Manifest } from '../../manifest/manifest.ts';
import type { Assessment, Place, Problem } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, missing, unknown } from '../define.ts';

/** What such a check knows. */
export interface StatsSubject {
  readonly manifest: Manifest;
  readonly claims: Claims;
  readonly evidence: Pick<Evidence, 'ops-stats' | 'references'>;
  readonly asOf: string;
  at(pointer: string): Place;
}

/** Rows of the last weeks, oldest first, and what was set aside of them. */
export interface Window {
  readonly rows: readonly StatsRow[];
  /** The newest row; its file is where a new one belongs. */
  readonly newest: StatsRow;
  readonly files: readonly Place[];
  /** Faults that leave a number open; those of days and order are answered before. */
  readonly faults: readonly StatsFault[];
  /** Cells in columns of the team's own that are no share. */
  readonly ownFaults: readonly StatsFault[];
}

/** A week may be recorded under its last day. */
const WEEK = 7;

/** The rows of the `length` days up to the newest one, or what there is to say without them. */
export function statsAtHand(subject: StatsSubject, length: number): Window | Assessment {
  const { facts, unread } = subject.evidence['ops-stats'];
  const [hidden] = unread;
  if (hidden) {
    const because = `the numbers in ${hidden.at.path} cannot be relied upon: ${hidden.detail}`;
    return unknown(because, { evidence: [hidden.at], problems: [{ message: hidden.detail, at: hidden.at }] });
  }
  const rows = facts.rows.filter(({ values, own }) => Object.keys(values).length + Object.keys(own).length > 0);
  const newest = rows.filter(({ date }) => date < addDays(subject.asOf, WEEK)).at(-1);
  if (!newest) return facts.files.length === 0 ? withoutFile(subject) : withoutRows(facts);
  const from = addDays(newest.date, -length);
  const recent = facts.faults.filter(({ date, own }) => !own && (date === undefined || date > from));
  const loose = [...recent.filter(({ of }) => of === 'week' || of === 'file'), ...ahead(rows, newest)];
  if (loose.length > 0)
    return unknown(`which weeks the numbers in ${newest.at.path} are of is not certain: ${loose[0]?.message}`, {
      evidence: [newest.at],
      problems: faultProblems(loose),
    });
  return {
    rows: rows.filter(({ date }) => date > from && date <= newest.date),
    newest,
    files: facts.files,
    faults: recent,
    ownFaults: facts.faults.filter((fault) => fault.own),
  };
}

/** Whether it is an answer and not the rows. */
export function isAnswer(given: Window | Assessment): given is Assessment {
  return 'standing' in given;
}

/** What was set aside, for a person to mend: the first of each measure, with how many more there are. */
export function faultProblems(faults: readonly StatsFault[]): readonly Problem[] {
  const kinds = [...new Set(faults.map(({ of }) => of))];
  return kinds.flatMap((kind) => {
    const its = faults.filter(({ of }) => of === kind);
    return its.slice(0, 1).map(({ message, at }) => ({
      message: its.length === 1 ? message : `${message}; and ${its.length - 1} more of the kind`,
      at,
      fix: 'Write it as `gonogo schema ops-stats` says: one row a week in order, days as YYYY-MM-DD, numbers with their unit.',
      subject: kind,
    }));
  });
}

/** Days from the newest row to the day of judging; a week that is not over counts as none. */
export function ageOf({ newest }: Window, asOf: string): number {
  return Math.max(0, daysBetween(newest.date, asOf));
}

function ahead(rows: readonly StatsRow[], newest: StatsRow): readonly StatsFault[] {
  return rows
    .filter(({ date }) => date > newest.date)
    .map(({ date, at }) => ({ of: 'week', message: `${date} is still to come`, at, date }));
}

function withoutRows({ files, faults }: Evidence['ops-stats']['facts']): Assessment {
  const path = files[0]?.path ?? '';
  const doubtful = faults.filter((fault) => !fault.own);
  if (doubtful.length > 0)
    return unknown(`${path} holds no number that can be relied upon: ${doubtful[0]?.message}`, {
      problems: faultProblems(doubtful),
    });
  const at = files[0];
  return missing(`${path} holds no number yet`, [
    {
      message: 'it has columns and no week',
      ...(at && { at }),
      fix: 'Write down the numbers of last week.',
      subject: path,
    },
  ]);
}

function withoutFile(subject: StatsSubject): Assessment {
  const claim = referenceAt(subject.evidence.references.facts, '/operations/stats');
  if (claim?.outcome === 'url' || claim?.outcome === 'root-not-at-hand')
    return declared(`the numbers are said to be at ${claim.target}, which is not opened`, claim.at);
  const fix =
    'Keep ops/stats/weekly.csv with a row a week, and name it in `operations.stats`; `gonogo schema ops-stats` lists the columns.';
  if (claim)
    return contradicted(`${claim.target} is said to hold weekly numbers, and no CSV, YAML or JSON is there`, [
      { message: `no table of numbers at ${claim.target}`, at: claim.at, fix, subject: claim.target },
    ]);
  return missing(`${unclaimed(subject.manifest, 'weekly numbers')}, and none are kept here`, [
    {
      message: 'nobody can say how the service did last week',
      ...placed(claimPlace(subject, '/operations')),
      fix,
      subject: 'stats',
    },
  ]);
}
