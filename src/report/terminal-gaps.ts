/** What the verdict does not rest on: files that could not be read, evidence that lives elsewhere, rules that come later, trouble with the run. */

import { distinct } from '../grouped.ts';
import type { Delegated, Report, ServiceReport, Unread } from '../model.ts';
import { byReason, byTarget, distinctUnread, laterWords, unreadWords } from './gap-words.ts';
import { flow, type Lines } from './layout.ts';
import type { Pen } from './pen.ts';
import { placeText } from './places.ts';
import { heading } from './terminal-rulings.ts';

/** How many lines each list takes at most. */
const SHOWN = 3;

/** What could not be read, by reason, the commonest first; several kinds of evidence may have stumbled over one file. */
export function unread({ looked }: ServiceReport, pen: Pen): Lines {
  const gaps = distinctUnread(looked);
  if (gaps.length === 0) return [];
  const reasons = byReason(gaps);
  const shown = pen.verbose ? gaps.map((gap) => [gap]) : reasons.slice(0, SHOWN);
  return [
    ...heading('NOT READ', 'what is in there counts as unknown, not as absent', pen),
    ...shown.flatMap((group) => gapLines(group, pen)),
    ...moreLine(pen.verbose ? [] : reasons.slice(SHOWN).map(unreadWords), pen),
  ];
}

function gapLines(group: readonly Unread[], pen: Pen): Lines {
  const [first, ...others] = group;
  if (!first) return [];
  const more = others.length > 0 ? { text: `and ${others.length} more`, paint: pen.dim } : undefined;
  const place = { text: placeText(first.at), paint: pen.place, whole: true, gap: 2 };
  return flow(pen.width, [unreadWords(group), place, more, { text: `(${first.detail})`, paint: pen.dim }], {
    indent: 2,
    hang: 4,
  });
}

function moreLine(left: readonly string[], pen: Pen): Lines {
  return left.length === 0
    ? []
    : flow(pen.width, [{ text: `and ${left.join(', ')}`, paint: pen.dim }], { indent: 2, hang: 4 });
}

/** What the repository hands to another place that was not at hand. */
export function elsewhere({ looked }: ServiceReport, pen: Pen): Lines {
  const handed = byTarget(looked);
  if (handed.length === 0) return [];
  const shown = pen.verbose ? handed : handed.slice(0, SHOWN);
  const left = handed.length - shown.length;
  return [
    ...heading('ELSEWHERE', 'handed to places that were not at hand', pen),
    ...shown.flatMap((group) => handedLines(group, pen)),
    ...moreLine(left > 0 ? [`${left} more`] : [], pen),
  ];
}

function handedLines(group: readonly Delegated[], pen: Pen): Lines {
  const places = distinct(
    group.map(({ at }) => at),
    placeText,
  );
  const [first] = places;
  if (!first) return [];
  const more = places.length > 1 ? { text: `and ${places.length - 1} more`, paint: pen.dim } : undefined;
  const place = { text: placeText(first), paint: pen.place, whole: true };
  const arrow = { text: pen.signs.arrow, paint: pen.dim };
  return flow(pen.width, [place, more, arrow, group[0]?.to], { indent: 2, hang: 4 });
}

/** Rules of this tier that are due at a later stage. */
export function later({ service, later: ids }: ServiceReport, pen: Pen): Lines {
  if (ids.length === 0) return [];
  const text = laterWords(ids, service);
  const list = pen.verbose ? `: ${ids.join(', ')}` : '';
  return flow(
    pen.width,
    [
      { text: 'LATER', paint: pen.strong },
      { text: `${text}${list}.`, gap: 2 },
    ],
    { hang: 2 },
  );
}

/** Trouble with the run itself. */
export function notes(report: Report, pen: Pen): Lines {
  if (report.notes.length === 0) return [];
  const head = heading('NOTES', 'on this run, not on the service', pen, pen.ruling.warn);
  return [...head, ...report.notes.flatMap((note) => flow(pen.width, [note], { indent: 2, hang: 4 }))];
}
