/** Walks the claims of a manifest down to their texts. Pure. */
import { below } from '../../manifest/pointer.ts';

/** One text and where it stands. */
export interface Text {
  readonly pointer: string;
  readonly value: string;
}

/** Every text below a value, in the order of the file; keys that begin with `x-` are nobody's claims. */
export function textsIn(value: unknown, pointer = ''): readonly Text[] {
  if (typeof value === 'string') return [{ pointer, value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => !key.startsWith('x-'))
    .flatMap(([key, inner]) => textsIn(inner, below(pointer, key)));
}
