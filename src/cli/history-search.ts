/** Judges as many commits of a history as it takes to say at which of them rules turned, within a bound. */
import type { Kept } from '../model-trend.ts';
import { evenly, middleOf } from '../trends/bisect.ts';
import { turnsBetween } from '../trends/commit-turns.ts';

/** What a commit was judged to be, or why it could not be judged. */
export type State = Kept | string;

/** How many commits are judged to show the way, and how many more at most to find where rules turned. */
export interface Effort {
  readonly samples: number;
  readonly search: number;
}

/** The states of the judged ones among `count` commits, by their index, in order. */
export async function searchHistory(
  count: number,
  judge: (index: number) => Promise<State>,
  { samples, search }: Effort,
): Promise<ReadonlyMap<number, State>> {
  const states = new Map<number, State>();
  for (const index of evenly(count, samples)) states.set(index, await judge(index));
  let left = search;
  for (let gaps = openGaps(states); gaps.length > 0 && left > 0; gaps = openGaps(states))
    for (const index of gaps.slice(0, left)) {
      states.set(index, await judge(index));
      left--;
    }
  return inOrder(states);
}

/** Where to look next: between each two judged neighbours that differ. */
function openGaps(states: ReadonlyMap<number, State>): readonly number[] {
  const judged = [...inOrder(states)].flatMap(([index, kept]) => (typeof kept === 'string' ? [] : [{ index, kept }]));
  return judged.flatMap(({ index, kept }, at) => {
    const before = judged[at - 1];
    if (!before || index - before.index < 2) return [];
    const middle = middleOf(before.index, index, (it) => states.has(it));
    if (middle === undefined) return [];
    const { gained, lost } = turnsBetween(before.kept, kept);
    return gained.length + lost.length > 0 ? [middle] : [];
  });
}

function inOrder(states: ReadonlyMap<number, State>): ReadonlyMap<number, State> {
  return new Map([...states].sort(([a], [b]) => a - b));
}
