/** Text as an attribute's value. */
import type { Value } from '../terraform/block.ts';

/** A string; nothing else. */
export function asText(value: Value): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
