/** Gaps as a reader finds them: one a kind, with how many packages and where the first is. */
import type { Gap, LockResult } from './locked.ts';

/** `lines` are those of the packages concerned; none gives no gap. What follows the number is said for one and for many. */
export function gapOver(
  kind: Gap['kind'],
  lines: readonly number[],
  what: readonly [one: string, many: string],
): readonly Gap[] {
  const [line] = lines;
  const count = lines.length;
  return line === undefined ? [] : [{ kind, count, say: `${count} ${what[count === 1 ? 0 : 1]}`, line }];
}

/** Lines that nothing is made of. */
export const ODD_LINES = ['line is not understood', 'lines are not understood'] as const;

/** What a file gives that is not understood as a whole. */
export function notRead(say: string): LockResult {
  return { packages: [], gaps: [{ kind: 'unparsed', count: 0, say }] };
}
