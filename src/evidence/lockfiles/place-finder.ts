/** Finds what a name means from some place: there, or in the nearest place above that has it. In bounded time, whatever the places. */

/** Longest key of a place, and how many parts it may have: npm's own come to about thirty. */
const LONGEST_KEY = 1024;
const MOST_PARTS = 64;

/** Places that are looked into for one lockfile; a large one needs some hundred thousand. */
const MOST_LOOKS = 5_000_000;

/** What is said where not all requirements were followed. */
export const NOT_FOLLOWED = 'it holds more requirements than are followed, so that scopes may be missing';

/** Whether a key is one that people's tools write. */
export function isPlace(key: string): boolean {
  return key.length <= LONGEST_KEY && key.split('/', MOST_PARTS + 1).length <= MOST_PARTS;
}

/** A search over places. */
export interface PlaceFinder {
  find(from: string, name: string): number | undefined;
  /** Whether it gave up. */
  isSpent(): boolean;
}

/** How places are written; the topmost is empty. */
interface Keys {
  /** The key of a name in a place. */
  below(place: string, name: string): string;
  /** The place that a key is in. */
  above(key: string): string;
}

/** Over keys and what they are the keys of. */
export function placeFinder(indices: ReadonlyMap<string, number>, { below, above }: Keys): PlaceFinder {
  const filled = new Set(['']);
  for (const key of indices.keys()) filled.add(above(key));
  let looks = 0;
  return {
    find(from, name) {
      if (name.length > LONGEST_KEY || !isPlace(from)) return undefined;
      for (let at = from; looks < MOST_LOOKS; at = at.slice(0, Math.max(at.lastIndexOf('/'), 0))) {
        looks += 1;
        if (!filled.has(at)) continue;
        const found = indices.get(below(at, name));
        if (found !== undefined || at === '') return found;
      }
      return undefined;
    },
    isSpent: () => looks >= MOST_LOOKS,
  };
}
