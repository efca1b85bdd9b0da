/** A place as people click it, the same in every format. Pure. */
import type { Place } from '../model.ts';

/** `path:line:column` as far as known; a place in a further evidence root is written as the manifest writes it. */
export function placeText({ path, line, column, root }: Place): string {
  const file = root === undefined ? path : `repo:${root}//${path}`;
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}
