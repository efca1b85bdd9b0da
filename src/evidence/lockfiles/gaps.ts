/** Gaps as the readers of formats say them. */
import type { Gap, LockResult } from './locked.ts';

/** One gap. */
export function gap(kind: Gap['kind'], count: number, say: string, line?: number): Gap {
  return { kind, count, say, ...(line !== undefined && { line }) };
}

/** The gap over packages on some lines, at the first of them; none over none. */
export function gapOver(
  kind: Gap['kind'],
  lines: readonly number[],
  say: string | ((count: number) => string),
): readonly Gap[] {
  const count = lines.length;
  return count === 0 ? [] : [gap(kind, count, typeof say === 'string' ? say : say(count), lines[0])];
}

/** The gap over lines that belong to no package. */
export function strangeLines(lines: readonly number[]): readonly Gap[] {
  return lines.length === 0 ? [] : [gap('unparsed', 0, `${lines.length} of its lines are not understood`, lines[0])];
}

/** A gap of which nobody can tell how many packages it concerns. */
export function inDoubt(say: string): Gap {
  return gap('unparsed', 0, say);
}

/** What a file gives that is not understood as a whole. */
export function notRead(say: string): LockResult {
  return { packages: [], gaps: [inDoubt(say)] };
}

/** Said of lines that nothing is made of. */
export const ODD_LINES = 'lines are not understood';

/** Said of a file with marks of an unfinished merge. */
export const UNMERGED = 'it holds the marks of a merge that was not finished';

/** What a reader counts on its way, where lines are of no help. */
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
  return [
    ...[...new Set(whole)].map(inDoubt),
    ...(unparsed > 0 ? [gap('unparsed', unparsed, 'entries are not understood')] : []),
    ...(noVersion > 0 ? [gap('no-version', noVersion, 'entries say neither version nor address')] : []),
  ];
}
