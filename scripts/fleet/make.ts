/** Makes a whole fleet on disk. */
import { join } from 'node:path';
import { commitFiles } from './commit.ts';
import { planFleet } from './plan.ts';
import { filesOf } from './repository.ts';

const AT_ONCE = 4;

/** Writes `count` repositories below a folder, `repo-000000` and on; what is there under these names is replaced. */
export async function makeFleet(
  out: string,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<void> {
  const fleet = planFleet(seed, count);
  let next = 0;
  async function lane(): Promise<void> {
    for (let it = fleet[next++]; it; it = fleet[next++])
      await commitFiles(join(out, it.folder), filesOf(it, fleet, seed), it.index);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
