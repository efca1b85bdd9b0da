/** A place as people click it, the same in every format. Pure. */
import type { Finding, Place } from '../model.ts';

/** `path:line:column` as far as known; a place in a further evidence root is written as the manifest writes it. */
export function placeText({ path, line, column, root }: Place): string {
  const file = root === undefined ? path : `repo:${root}//${path}`;
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}

/** The same without the column, which helps nobody who reads or follows a link. */
export function lineText({ column: _, ...place }: Place): string {
  return placeText(place);
}

/** Where a finding can be looked at, the best place first: its problems, the claim, the evidence. */
export function placesOf({ problems, claim, evidence }: Finding): readonly Place[] {
  return [...problems.flatMap(({ at }) => (at ? [at] : [])), ...(claim ? [claim] : []), ...evidence];
}
