/** What a verdict does not rest on, grouped and in words, the same in every format for people. */

import { distinct, grouped } from '../grouped.ts';
import type { Delegated, Looked, Service, Unread } from '../model.ts';
import { placeText } from './places.ts';
import { counted, UNREAD_WORDS } from './words.ts';

/** What could not be read; several kinds of evidence may have stumbled over one file. */
export function distinctUnread(looked: readonly Looked[]): readonly Unread[] {
  const all = looked.flatMap(({ unread }) => unread);
  return distinct(all, ({ reason, at }) => `${reason} ${placeText(at)}`);
}

/** The same by reason, the commonest first. */
export function byReason(gaps: readonly Unread[]): readonly (readonly Unread[])[] {
  return [...grouped(gaps, ({ reason }) => reason).values()].toSorted((a, b) => b.length - a.length);
}

/** "4 templates", of a group with one reason. */
export function unreadWords(group: readonly Unread[]): string {
  const reason = group[0]?.reason ?? 'unreadable';
  return counted(group.length, UNREAD_WORDS[reason].one, UNREAD_WORDS[reason].many);
}

/** What the repository hands elsewhere, by where that is. */
export function byTarget(looked: readonly Looked[]): readonly (readonly Delegated[])[] {
  return [
    ...grouped(
      looked.flatMap(({ delegated }) => delegated),
      ({ to }) => to,
    ).values(),
  ];
}

/** "2 more rules of this tier become due after stage build". */
export function laterWords(ids: readonly string[], { stage }: Service): string {
  return `${counted(ids.length, 'more rule')} of this tier ${ids.length === 1 ? 'becomes' : 'become'} due after stage ${stage}`;
}
