/** Makes the order of an ecosystem out of how it reads one version: total over any text, bounded, and without throwing. */
import { compareText } from './digits.ts';
import type { VersionOrder } from './order.ts';

/** Characters. No registry takes longer versions; the cap bounds what hostile text can cost. */
const LONGEST_VERSION = 500;
/** Characters. Ranges of peer dependencies that list every major stay well below. */
const LONGEST_REQUIREMENT = 2000;

/** How an ecosystem reads its versions. Nothing here is asked for longer text than the caps. */
export interface Reading<V> {
  /** What can be put in order, which may be more than the ecosystem's tools accept. */
  parse(text: string): V | undefined;
  /** Whether the ecosystem's tools accept what `parse` could read; absent where they accept all of it. */
  accepts?(version: V, text: string): boolean;
  /** Whether the version has a place in the order at all, which a branch has not; absent where all have. */
  isPlaced?(version: V): boolean;
  compare(a: V, b: V): number;
  isPrerelease(version: V, text: string): boolean;
  /** Asked only for versions that are accepted. */
  satisfies(version: V, requirement: string, text: string): boolean | undefined;
}

/** What cannot be read is older than every version, and among itself in the order of the text. */
export function defineOrder<V>(reading: Reading<V>): VersionOrder {
  function read(text: string): V | undefined {
    return text.length > LONGEST_VERSION ? undefined : reading.parse(text);
  }
  function accepted(text: string): V | undefined {
    const version = read(text);
    if (version === undefined || reading.accepts?.(version, text) === false) return undefined;
    return version;
  }
  return {
    compare(a, b) {
      const left = read(a);
      const right = read(b);
      if (left !== undefined && right !== undefined) return reading.compare(left, right);
      if (left === undefined && right === undefined) return compareText(a, b);
      return left === undefined ? -1 : 1;
    },
    isVersion(text) {
      const version = accepted(text);
      return version !== undefined && reading.isPlaced?.(version) !== false;
    },
    isPrerelease(text) {
      const version = read(text);
      return version !== undefined && reading.isPrerelease(version, text);
    },
    satisfies(text, requirement) {
      const version = accepted(text);
      if (version === undefined || requirement.length > LONGEST_REQUIREMENT) return undefined;
      return reading.satisfies(version, requirement, text);
    },
  };
}
