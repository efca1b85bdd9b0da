/** Gaps as a reader finds them: one a kind, with how many packages and where the first is. */
import type { Gap, LockResult } from './locked.ts';

/** `lines` are those of the packages concerned; none gives no gap. */
export function gapOver(kind: Gap['kind'], lines: readonly number[], say: string): readonly Gap[] {
  const [line] = lines;
  return line === undefined ? [] : [{ kind, count: lines.length, say, line }];
}

/** Said of lines that nothing is made of. */
export const ODD_LINES = 'lines are not understood';

/** What a file gives that is not understood as a whole. */
export function notRead(say: string): LockResult {
  return { packages: [], gaps: [{ kind: 'unparsed', count: 0, say }] };
}
