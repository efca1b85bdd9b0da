/** Gaps as the readers of formats say them. */
import type { Gap } from './locked.ts';

/** Counts of what a reader could not make a package of. */
export interface Troubles {
  /** Entries that are not understood. */
  unparsed: number;
  /** Entries that fix nothing. */
  noVersion: number;
  /** Said of the file as a whole, e.g. that it holds an unfinished merge. */
  readonly whole: string[];
}

/** No trouble yet. */
export function noTroubles(): Troubles {
  return { unparsed: 0, noVersion: 0, whole: [] };
}

/** The gaps that troubles are. */
export function gapsOf({ unparsed, noVersion, whole }: Troubles): readonly Gap[] {
  const gaps: Gap[] = [...new Set(whole)].map((say) => ({ kind: 'unparsed', count: 0, say }));
  if (unparsed > 0) gaps.push({ kind: 'unparsed', count: unparsed, say: 'entries are not understood' });
  if (noVersion > 0)
    gaps.push({ kind: 'no-version', count: noVersion, say: 'entries say neither version nor address' });
  return gaps;
}

/** What is said of a file with marks of an unfinished merge. */
export const UNMERGED = 'it holds the marks of a merge that was not finished';
