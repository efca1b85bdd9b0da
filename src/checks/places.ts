/** Places as answers cite them. Pure. */
import type { Place } from '../model.ts';

/** Each place once, in order: several alerts or workloads often share a page, a receiver or a values file. */
export function distinct(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((it) => [`${it.root ?? ''}:${it.path}:${it.line}:${it.column}`, it])).values()];
}
