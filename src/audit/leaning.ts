/** Notices whether a judgement leans on more than the state of its repository: on a checkout beside it, or on what could not be read just now. */
import type { Read, Repo } from '../repo/repo.ts';
import type { Workspace } from '../run.ts';

/** A workspace that is watched. */
interface Watched {
  readonly workspace: Workspace;
  /** Whether something was asked whose answer may be another one although the repository is the same. */
  leans(): boolean;
}

/** Answers as the workspace itself does. */
export function watchLeaning(workspace: Workspace): Watched {
  let leans = false;
  const note = (is: boolean): void => {
    leans ||= is;
  };
  return {
    workspace: {
      ...workspace,
      repo: watchedRepo(workspace.repo, note),
      rootNamed(name) {
        note(true);
        return workspace.rootNamed(name);
      },
    },
    leans: () => leans,
  };
}

function watchedRepo(repo: Repo, note: (leans: boolean) => void): Repo {
  let listed: ReadonlySet<string> | undefined;
  const isListed = (path: string): boolean => {
    listed ??= new Set(repo.list().files.map((file) => file.path));
    return listed.has(path);
  };
  return {
    ...repo,
    read(path, cap) {
      const read = repo.read(path, cap);
      note(isOfTheMoment(read) && isListed(path));
      return read;
    },
    async history(limit) {
      const history = await repo.history(limit);
      note(history.absent !== undefined && repo.state().commit !== undefined);
      return history;
    },
    async versions(path, commits) {
      const versions = await repo.versions(path, commits);
      // That a commit has no such file and that it could not be read look alike.
      note(versions.size < commits.length);
      return versions;
    },
  };
}

/** Every other reason why there is no text lies in the content. */
function isOfTheMoment(read: Read): boolean {
  return !read.ok && (read.reason === 'unreadable' || read.reason === 'link');
}
