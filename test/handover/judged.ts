/** Judges a repository as `gonogo handover` does, on a fixed day. */

import { HANDOVER_KINDS } from '../../src/handover/compile.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import type { Repo } from '../../src/repo/repo.ts';
import { type Judgement, judgeInFull } from '../../src/run.ts';
import { YARDSTICK } from '../yardstick.ts';

/** The judgement of every rule, or of some. */
export function judged(repo: Repo, only: readonly string[] = []): Promise<Judgement> {
  return judgeInFull(
    { repo, dir: '', rootNamed: () => undefined },
    {
      ...YARDSTICK,
      only,
      kinds: HANDOVER_KINDS,
    },
  );
}

/** The same of a few files. */
export function judgedFiles(files: Readonly<Record<string, string>>, only: readonly string[] = []): Promise<Judgement> {
  return judged(memoryRepo({ files }), only);
}
