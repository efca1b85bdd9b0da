/** Items by a key, in the order in which they come. Pure. (`Map.groupBy` is not in Node 20.) */

/** Groups in the order of their first item. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The first item of each key. */
export function distinct<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...grouped(items, keyOf).values()].flatMap((group) => group.slice(0, 1));
}
