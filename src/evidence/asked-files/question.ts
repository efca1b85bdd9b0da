/** What rules may ask of files by their parameters, and what is found. Facts only: whether an answer is good, checks say. */
import type { Place, Unread } from '../../model.ts';

/** Words and patterns that are looked for, line by line. */
export interface Wanted {
  readonly texts: readonly string[];
  /** In RE2's syntax. */
  readonly patterns: readonly string[];
  readonly ignoreCase: boolean;
  /** A text counts only where no letter, digit or underscore stands before or behind it. */
  readonly wholeWords: boolean;
}

/** One question about the files that a glob matches: from the service's folder, or `repo://…` from the repository's root. */
export type Question =
  | { readonly about: 'existence'; readonly files: string }
  | { readonly about: 'mentions'; readonly files: string; readonly wanted: Wanted }
  | { readonly about: 'values'; readonly files: string; readonly path: string };

/** A line on which something that was wanted stands. */
export interface Mention {
  /** The text or the pattern, as it was asked for. */
  readonly wanted: string;
  readonly at: Place;
}

/** A value at a path: a scalar as it is, of lists and maps what they are. */
export interface ValueAt {
  /** JSON pointer within the document. */
  readonly pointer: string;
  readonly value: string | number | boolean | null | { readonly holds: 'list' | 'map'; readonly size: number };
  readonly at: Place;
}

/** One file that the glob matches. */
export interface FileAnswer {
  readonly at: Place;
  /** Absent where the question was another one, or the file could not be read. */
  readonly mentions?: readonly Mention[];
  readonly values?: readonly ValueAt[];
  /** What `*` in the path stood for and has no such member. */
  readonly lacking?: readonly Place[];
}

/** What there is to say to one question. */
export interface Answer {
  readonly question: Question;
  readonly files: readonly FileAnswer[];
  /** What could not be read and bears on this question. */
  readonly unread: readonly Unread[];
}
