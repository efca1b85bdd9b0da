/** Commits by name: what a branch, tag or id stands for, and where two lines of work began to differ. Names are resolved here, because they live in the audited repository. */
import { InputError } from '../input-error.ts';
import { treeOfCommit } from './commit-tree.ts';
import { type GitDir, headCommit, isObjectId, locateGit, namedObject } from './git-dir.ts';
import { gitText, SealedGitError, sealed } from './sealed-git.ts';

/** The commit that a name stands for; git only peels tags and walks back from there. `flag` is where the user gave the name. */
export async function commitNamed(git: GitDir, ref: string, flag: string): Promise<string> {
  const [, name = '', steps = ''] = /^(.*?)((?:[~^]\d*)*)$/s.exec(ref) ?? [];
  const id = namedObject(git, name) ?? (/^[0-9a-f]{4,64}$/.test(name) ? name : undefined);
  if (id === undefined) throw noSuchRef(ref, flag, 'no branch, tag or commit has that name');
  // What the object files show to be a commit needs no git to tell.
  if (steps === '' && isObjectId(id) && treeOfCommit(git, id) !== undefined) return id;
  try {
    return await sealed(git, '0'.repeat(git.hash === 'sha1' ? 40 : 64), async (seal) => {
      const answer = await gitText(seal, [
        'rev-list',
        '--max-count=1',
        '--end-of-options',
        `${id}${steps}^{commit}`,
        '--',
      ]);
      return answer.trim();
    });
  } catch (error) {
    if (!(error instanceof SealedGitError)) throw error;
    if (isWithoutGit(error)) throw needsGit(error, flag);
    throw noSuchRef(
      ref,
      flag,
      /bad revision/.test(error.message) ? 'the history that this clone holds has no such commit' : error.message,
    );
  }
}

/** Whether there is no git on this machine. */
export function isWithoutGit({ message }: SealedGitError): boolean {
  return /not installed/.test(message);
}

/** What the user can do about that. */
export function needsGit({ message }: SealedGitError, flag: string): InputError {
  return new InputError(
    `a commit can only be judged with git: ${message}`,
    flag,
    'install git, or judge the work tree',
  );
}

function noSuchRef(ref: string, flag: string, why: string): InputError {
  return new InputError(
    `there is no commit "${ref}" here: ${why}`,
    flag,
    // A job that compares runs where hardly anything was fetched.
    `give a branch, a tag or a commit id that this clone holds; a shallow clone may need a fetch first${flag === '--ref' ? '' : ' (`fetch-depth: 0` in actions/checkout)'}`,
  );
}

const WHOLE_HISTORY =
  'fetch the whole history: `fetch-depth: 0` in actions/checkout, GIT_DEPTH: 0 in GitLab, else `git fetch --unshallow`';

/** A line of work that something is held against: its newest commit, and the one at which what is judged left it. */
export interface Fork {
  readonly tip: string;
  readonly base: string;
}

/** Where `since` stands, and the newest commit from which both it and the judged line of work come; that is HEAD's, or `ref`'s. */
export async function forkFrom(path: string, since: string, ref: string | undefined): Promise<Fork> {
  const located = locateGit(path);
  if (!located.ok)
    throw new InputError(
      `nothing is known of what was before: ${located.reason}`,
      '--since',
      'judge a checkout of a git repository, or leave --since out',
    );
  const { git } = located;
  const theirs = await commitNamed(git, since, '--since');
  const ours = ref === undefined ? currentCommit(git) : await commitNamed(git, ref, '--ref');
  return sealed(git, ours, async (seal) => {
    const base = (await answered(gitText(seal, ['merge-base', theirs, ours]))).trim();
    if (base !== '') return { tip: theirs, base };
    throw new InputError(
      `"${since}" and what is judged have no commit in common${seal.shallow ? ', as far as this shallow clone reaches' : ''}`,
      '--since',
      seal.shallow ? WHOLE_HISTORY : 'name a branch, tag or commit that this line of work began from',
    );
  });
}

function currentCommit(git: GitDir): string {
  const head = headCommit(git);
  if (head.ok) return head.commit;
  throw new InputError(
    `nothing is known of what was before: ${head.reason}`,
    '--since',
    'commit first, or leave it out',
  );
}

async function answered(answer: Promise<string>): Promise<string> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof SealedGitError)) throw error;
    throw new InputError(`the commit before could not be found: ${error.message}`, '--since', WHOLE_HISTORY);
  }
}
