/** How many people changed the service lately, as far as its history tells. Pure. */
import { addDays, daysBetween } from '../../dates.ts';
import type { Facts as History } from '../../evidence/history.ts';
import type { Place } from '../../model.ts';
import { people } from '../same-person.ts';
import { counted } from '../words.ts';

/** Commits from which somebody is taken to know what was changed; one small correction is a visit. */
const KNOWS = 3;
/** Days before the newest commit that the history's authors are counted over. */
const SPAN = 180;

/** Where a history is cited. */
export const HISTORY: Place = { path: '.git' };

/** Who changed the service, or why the history does not tell. */
export type Committers =
  | { readonly known: false; readonly because: string }
  | {
      readonly known: true;
      /** Of three commits or more, names that may be one person's being one. */
      readonly atLeast: number;
      /** Every name is a person. */
      readonly atMost: number;
      /** Commits of these people. */
      readonly commits: number;
      /** Who has the most commits, by all names, and what share of them in percent. */
      readonly first: { readonly names: readonly string[]; readonly share: number };
      /** "in the 180 days before 2026-11-02". */
      readonly when: string;
    };

/** Reads the authors of a history; too old, too short or cut off, it tells nothing. */
export function committersIn(history: History | undefined, asOf: string, least: number): Committers {
  if (!history) return { known: false, because: 'its history was not asked for' };
  const { absent, newest, oldest, truncated, authors } = history;
  if (absent !== undefined || newest === undefined) return { known: false, because: absent ?? 'no commit was seen' };
  const age = daysBetween(newest, asOf);
  if (age > SPAN) return { known: false, because: `the last commit is ${age} days old` };
  if (truncated && oldest !== undefined && oldest.slice(0, 10) > addDays(newest, -SPAN))
    return { known: false, because: `only the commits since ${oldest.slice(0, 10)} are here` };
  const commits = authors.reduce((sum, author) => sum + author.commits, 0);
  const when = `in the ${SPAN} days before ${newest.slice(0, 10)}`;
  if (commits < least)
    return {
      known: false,
      because: `${counted(commits, 'commit')} of people ${when} ${commits === 1 ? 'is' : 'are'} too few to tell`,
    };
  const groups = people(authors.map(({ name }) => name)).map((names) => {
    const its = authors.filter(({ name }) => names.includes(name)).reduce((sum, author) => sum + author.commits, 0);
    return { names, commits: its, share: (its / commits) * 100 };
  });
  const [first = { names: [], commits: 0, share: 0 }] = groups.toSorted((a, b) => b.share - a.share);
  return {
    known: true,
    atLeast: groups.filter((it) => it.commits >= KNOWS).length,
    atMost: authors.length,
    commits,
    first,
    when,
  };
}
