/** What stands about the review of one incident, and about weeks that only count theirs. Pure. */
import { addDays } from '../../dates.ts';
import type { Facts as History } from '../../evidence/history.ts';
import type { StatsRow } from '../../evidence/ops-stats.ts';
import type { RecordEntry } from '../../evidence/records.ts';
import { failing, type Part } from '../parts.ts';
import { counted } from '../words.ts';
import type { Incident } from './incident-list.ts';
import { heldOn, reviewOf } from './reviews.ts';
import { addWorkingDays } from './working-days.ts';

/** By what a review is held to be there and in time. */
export interface ReviewTerms {
  readonly reviews: readonly RecordEntry[];
  readonly history: History | undefined;
  readonly workingDays: number;
  readonly asOf: string;
  /** The reviews are kept where nobody looks from here. */
  readonly elsewhere: boolean;
  /** Some record could not be read, and may be the one that is looked for. */
  readonly unread: boolean;
}

const FIX = 'Write the review: what happened, why, what is done about it with owner and day; name the incident in it.';

/** One critical or major incident. */
export function reviewPart(incident: Incident, terms: ReviewTerms): Part {
  const { label, on, until, at, review: cited } = incident;
  const subject = label;
  if (on === undefined)
    return failing('unknown', {
      message: `${label} does not say when it began`,
      at,
      fix: 'Write its day as YYYY-MM-DD.',
      subject,
    });
  const due = addWorkingDays(until ?? on, terms.workingDays);
  const review = reviewOf(incident, terms.reviews);
  if (!review) {
    if (terms.asOf <= due) return { standing: 'not-applicable' };
    if (terms.elsewhere || /^https?:/i.test(cited ?? '')) return { standing: 'declared' };
    return failing(terms.unread ? 'unknown' : 'contradicted', {
      message: `${label} of ${on} has no review; it was due by ${due}`,
      at,
      fix: FIX,
      subject,
    });
  }
  if (!review.parts.some(({ part }) => part === 'actions'))
    return failing('contradicted', {
      message: `the review of ${label} says nothing of what is done about it`,
      at: review.at,
      fix: 'Add the actions, each with an owner and a day.',
      subject,
    });
  const held = heldOn(review, incident, terms.history);
  if (held !== undefined && held.on <= due) return { standing: 'verified', evidence: [review.at] };
  // A later commit may have only mended a word.
  if (held === undefined || held.by === 'git')
    return failing('unknown', {
      message: `the review of ${label} does not say when it was held`,
      at: review.at,
      fix: 'Write the day into its front matter: `reviewed: YYYY-MM-DD`.',
      subject,
    });
  return failing('contradicted', {
    message: `the review of ${label} is of ${held.on}; it was due by ${due}`,
    at: review.at,
    fix: 'Hold the next one in time: fix its day when the incident is closed.',
    subject,
  });
}

/** A week that counts severe incidents of which no list tells: as many reviews have to be of that week. */
export function weekPart(
  { date, values, at }: StatsRow,
  listed: readonly Incident[],
  terms: ReviewTerms,
): Part | undefined {
  const end = addDays(date, 6);
  const isWithin = (day: string | undefined): boolean => day !== undefined && day >= date && day <= end;
  const severe = (values.incidents_critical ?? 0) + (values.incidents_major ?? 0);
  const unclear =
    values.incidents_critical === undefined && values.incidents_major === undefined ? (values.incidents ?? 0) : 0;
  const known = listed.filter(({ on }) => isWithin(on)).length;
  if (known >= severe + unclear || addWorkingDays(end, terms.workingDays) >= terms.asOf) return undefined;
  if (unclear > 0)
    return failing('unknown', {
      message: `the week of ${date} counts ${counted(unclear, 'incident')} and does not say how bad`,
      at,
      fix: 'Count critical and major incidents in columns of their own, or list the incidents in `operations.incidents`.',
      subject: date,
    });
  const reviews = terms.reviews.filter((it) => isWithin(it.incident?.on ?? it.date)).length;
  if (reviews >= severe)
    return failing('unknown', {
      message: `the week of ${date} counts ${counted(severe, 'critical or major incident')} and names none, so that no review can be told to be theirs`,
      at,
      fix: 'List the incidents in `operations.incidents` by id.',
      subject: date,
    });
  if (terms.elsewhere) return { standing: 'declared' };
  return failing(terms.unread ? 'unknown' : 'contradicted', {
    message: `the week of ${date} counts ${counted(severe, 'critical or major incident')}, and ${reviews === 0 ? 'no review is' : `only ${counted(reviews, 'review')} ${reviews === 1 ? 'is' : 'are'}`} of that week`,
    at,
    fix: FIX,
    subject: date,
  });
}
