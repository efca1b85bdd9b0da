/** What an exception lacks to be one that somebody answers for. Pure. */
import { addDays, daysBetween } from '../../dates.ts';
import type { Exception } from '../../evidence/scan-reports/exceptions/exception.ts';
import type { Problem } from '../../model.ts';
import { says } from '../placeholders.ts';
import { listed } from '../words.ts';

/** The day it ends; a dated statement without an end ends when the longest time is over. */
export function endOf({ until, dated }: Exception, limit: number): string | undefined {
  return until ?? (dated === undefined ? undefined : addDays(dated, limit));
}

/** What an exception lacks, a clause each. */
export function lacksOf(it: Exception, limit: number, asOf: string): readonly string[] {
  return [
    ...(says(it.reason) ? [] : ['has no reason']),
    ...(says(it.owner) ? [] : ['has no owner']),
    ...endTrouble(it, limit, asOf),
  ];
}

function endTrouble(it: Exception, limit: number, asOf: string): readonly string[] {
  const end = endOf(it, limit);
  if (it.unclearUntil !== undefined) return [`ends on "${it.unclearUntil}", which is no date`];
  if (end === undefined) return ['has no end'];
  if (end < asOf)
    return [it.until === undefined ? `was written on ${it.dated} and not renewed since` : `ended on ${end}`];
  const ahead = daysBetween(asOf, end);
  return ahead > limit ? [`ends in ${ahead} days, and ${limit} are the most`] : [];
}

/** The problem with one that lacks something. */
export function lackProblem(it: Exception, lacks: readonly string[], isDue: boolean): Problem {
  const what = it.package === undefined || it.id === '*' ? (it.package ?? it.id) : `${it.id} of ${it.package}`;
  return {
    message: `the exception for ${what} ${listed(lacks)}`,
    at: it.at,
    fix: isDue
      ? 'Mend the vulnerability and remove the exception; or agree it anew, with a reason that holds today.'
      : 'Write down why it can be carried, `owner: …` and `until: YYYY-MM-DD`; or mend it and remove the exception.',
    subject: `${it.from} ${it.id} ${it.package ?? ''}`.trim(),
  };
}
