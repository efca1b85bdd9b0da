/** By what the states of a file are told apart without opening it. */
import type { Seen } from './walk.ts';
import type { WorkTree } from './work-tree.ts';

/** Milliseconds within which two changes may bear the same time: the slowest kernels count a hundred times a second. */
const TICK = 20;
/** The same where a file system keeps no fractions of a second; FAT counts in twos. */
const COARSE_TICK = 2000;

/** Differs whenever the file's content may differ; undefined where nobody can tell. `begun`: milliseconds since 1970, before the first file was looked at. */
export function stampIn({ seen, targets }: WorkTree, path: string, begun: number): string | undefined {
  const target = targets.get(path);
  // A link may lead elsewhere without a change of its own: through another link.
  const paths = target === undefined ? [path] : [path, target];
  const states = paths.map((it) => stateOf(seen.get(it), begun));
  return states.includes(undefined) ? undefined : JSON.stringify([paths, states]);
}

/** Which file it is counts as well: where folders change places, their files keep their times. */
function stateOf(file: Seen | undefined, begun: number): string | undefined {
  if (!file) return undefined;
  const { device, inode, changed, size } = file;
  // What changed just before it was looked at may change again within the same tick of the clock.
  const tick = changed % 1000 === 0 ? COARSE_TICK : TICK;
  return changed > begun - tick ? undefined : [device, inode, changed, size].join(' ');
}
