/** The way from one commit to a later one along first parents: what a branch held from step to step. */
import { InputError } from '../input-error.ts';
import { locateGit } from './git-dir.ts';
import { LOG_FORMAT, parseLog } from './history.ts';
import { commitNamed } from './named-commit.ts';
import type { Commit } from './repo.ts';
import { gitLog, gitText, SealedGitError, sealed } from './sealed-git.ts';

/** Commits between two ends that are followed at most. */
const MOST = 100_000;

/** Both ends and what is between, oldest first; `flag` is where the user named them. Throws an InputError. */
export async function firstParents(path: string, from: string, to: string, flag: string): Promise<readonly Commit[]> {
  const located = locateGit(path);
  if (!located.ok) throw new InputError(`there is no history here: ${located.reason}`, flag, 'name a git repository');
  const { git } = located;
  const [first, last] = [await commitNamed(git, from, flag), await commitNamed(git, to, flag)];
  try {
    return await sealed(git, last, async (seal) => {
      const base = (await gitText(seal, ['merge-base', first, last])).trim();
      if (base !== first)
        throw new InputError(
          `"${to}" does not come from "${from}"`,
          flag,
          `name an earlier commit of the same line of work first${base === '' ? '' : `, e.g. ${base.slice(0, 12)}`}`,
        );
      const log = (count: number, range: string): readonly Commit[] =>
        parseLog(
          gitLog(seal, [
            ...['-z', '--first-parent', `--max-count=${count}`, `--format=${LOG_FORMAT}`],
            ...['--end-of-options', range, '--'],
          ]),
        );
      const between = log(MOST + 1, `${first}..${last}`);
      if (between.length > MOST)
        throw new InputError(`there are more than ${MOST} commits between them`, flag, 'name ends that are closer');
      return [...log(1, first), ...between.toReversed()];
    });
  } catch (error) {
    if (!(error instanceof SealedGitError)) throw error;
    throw new InputError(
      `the history between them cannot be read: ${error.message}`,
      flag,
      'fetch the whole history first',
    );
  }
}
