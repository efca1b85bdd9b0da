/** Which commits of a history to judge: evenly spread ones first, then wherever something turned between two, until it is known at which. Pure. */

/** Indexes of at most `samples` of `count` items, evenly spread, both ends among them. */
export function evenly(count: number, samples: number): readonly number[] {
  if (count <= samples) return Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: samples }, (_, index) => Math.round((index * (count - 1)) / (samples - 1)));
}

/** The index between two that is nearest to their middle and was not tried yet; undefined where none is left. */
export function middleOf(from: number, to: number, wasTried: (index: number) => boolean): number | undefined {
  const middle = (from + to) >> 1;
  for (let step = 0; middle - step > from || middle + step < to; step++)
    for (const index of [middle - step, middle + step])
      if (index > from && index < to && !wasTried(index)) return index;
  return undefined;
}
