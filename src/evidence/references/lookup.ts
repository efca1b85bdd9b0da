/** Ways into the facts about references, for checks. Pure. */
import type { Facts, Reference } from '../references.ts';

/** The reference at a JSON pointer of the manifest, when there is one. */
export function referenceAt(facts: Facts, pointer: string): Reference | undefined {
  return facts.references.find((it) => it.pointer === pointer);
}

/** The references at or below a JSON pointer, e.g. all evidence of one dependency. */
export function referencesUnder(facts: Facts, pointer: string): readonly Reference[] {
  return facts.references.filter((it) => it.pointer === pointer || it.pointer.startsWith(`${pointer}/`));
}
