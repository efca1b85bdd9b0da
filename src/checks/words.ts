/** Small grammar for sentences with numbers and lists. */

/** "1 path", "3 paths"; `plural` where adding an s is wrong. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** The first few items, and how many more there are. */
export function shortened(items: readonly string[], limit = 5): string {
  if (items.length <= limit) return listed(items);
  return `${items.slice(0, limit).join(', ')} and ${items.length - limit} more`;
}
