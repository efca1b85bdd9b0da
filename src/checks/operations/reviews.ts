/** Finds the review of an incident, and tells when it was held. Pure. */
import type { Facts as History } from '../../evidence/history.ts';
import type { RecordEntry } from '../../evidence/records.ts';
import type { Incident } from './incident-list.ts';

/** The review that the incident names, that names the incident, or that is of the same day. */
export function reviewOf(incident: Incident, reviews: readonly RecordEntry[]): RecordEntry | undefined {
  const { id, on, review } = incident;
  const path = review?.replace(/#.*$/s, '').replace(/^(?:\.{0,2}\/)+/, '');
  const cited =
    path === undefined || path === ''
      ? undefined
      : reviews.find(({ at }) => at.path === path || at.path.endsWith(`/${path}`));
  if (cited) return cited;
  if (id !== undefined)
    return (
      reviews.find((it) => it.incident?.id !== undefined && same(it.incident.id, id)) ??
      reviews.find((it) => names(it, id))
    );
  return on === undefined ? undefined : reviews.find((it) => (it.incident?.on ?? it.date) === on);
}

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** The id as a word of its own in the path, the title or the text; a bare number may be anything. */
function names({ at, title, text }: RecordEntry, id: string): boolean {
  if (/^\d{0,5}$/.test(id.trim())) return false;
  const padded = (it: string): string =>
    ` ${it
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()} `;
  return padded(`${at.path} ${title} ${text}`).includes(padded(id));
}

/** When a review was held, and who says so. */
export interface Held {
  readonly on: string;
  readonly by: 'word' | 'git';
}

/**
 * The day a review was held or written: its own word for it, else its date where that is later than the incident's, else the last day
 * on which git saw it change. A file is often named after the day of the incident, which says nothing of the review.
 */
export function heldOn(
  review: RecordEntry,
  incident: Pick<Incident, 'on'>,
  history: History | undefined,
): Held | undefined {
  const began = incident.on ?? review.incident?.on;
  if (review.incident?.reviewed !== undefined) return { on: review.incident.reviewed, by: 'word' };
  if (review.date !== undefined && began !== undefined && review.date > began) return { on: review.date, by: 'word' };
  const touch = review.at.root === undefined ? history?.touched[review.at.path] : undefined;
  return touch && !touch.bulk ? { on: touch.date.slice(0, 10), by: 'git' } : undefined;
}
