/** Walks plain values of a document, within bounds. Knows nothing of what they mean. */
import type { YamlPath } from './yaml.ts';

/** How far to go. */
export interface Bounds {
  /** Most levels below the root. */
  readonly deepest: number;
  /** Most values that are looked at. */
  readonly most: number;
  /** A value whose insides do not matter. */
  readonly isWhole?: (path: YamlPath, value: unknown) => boolean;
}

/** Everything in a value, parents first, in the order in which it is written. */
export function* valuesWithin(
  root: unknown,
  { deepest, most, isWhole }: Bounds,
): Generator<readonly [path: YamlPath, value: unknown]> {
  const stack: (readonly [path: YamlPath, value: unknown])[] = [[[], root]];
  for (let seen = 0; seen < most; seen++) {
    const next = stack.pop();
    if (!next) return;
    yield next;
    const [path, value] = next;
    if (typeof value !== 'object' || value === null || path.length >= deepest || isWhole?.(path, value)) continue;
    for (const [key, child] of Object.entries(value).reverse()) {
      stack.push([[...path, Array.isArray(value) ? Number(key) : key], child]);
    }
  }
}
