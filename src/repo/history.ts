/** Reads the past of a repository through sealed git: one bounded log, and one file's text at given commits. */
import { decode } from './decode.ts';
import { type GitDir, isObjectId } from './git-dir.ts';
import { blobSizes, blobs, sizedBlobs } from './objects.ts';
import { type Commit, FILE_CAP, type History } from './repo.ts';
import { gitLog, OutputTooLargeError, type Seal, SealedGitError, sealedSync } from './sealed-git.ts';
import { tagsByCommit } from './tags.ts';

/** Two NUL bytes begin a commit and one ends each of its fields: no name or subject can hold one. */
export const LOG_FORMAT = '%x00%x00%H%x00%P%x00%ct%x00%an%x00%s%x00';

/** At most `limit` commits from `head` back, newest first. Never throws: what went wrong is the reason of absence. */
export async function readHistory(git: GitDir, head: string, limit: number): Promise<History> {
  try {
    return sealedSync(git, head, (seal) => {
      // One more than asked for says whether there are more. Renames are not looked for, because that reads contents.
      const args = [
        '-z',
        `--max-count=${limit + 1}`,
        '--no-renames',
        '--name-only',
        `--format=${LOG_FORMAT}`,
        '--end-of-options',
        'HEAD',
        '--',
      ];
      const commits = parseLog(gitLog(seal, args));
      const tags = tagsByCommit(git, seal);
      return {
        commits: commits.slice(0, limit).map((it) => tagged(it, tags)),
        truncated: seal.shallow || commits.length > limit,
      };
    });
  } catch (error) {
    if (error instanceof SealedGitError) return { commits: [], truncated: false, absent: error.message };
    throw error;
  }
}

function tagged(commit: Commit, tags: ReadonlyMap<string, readonly string[]>): Commit {
  const own = tags.get(commit.id);
  return own ? { ...commit, tags: own } : commit;
}

/** Text of a file at commits; those without such a file, or with one that is no text, are not in the answer. */
export function readVersions(git: GitDir, path: string, commits: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map(commits.filter(isObjectId).map((commit) => [`${commit}:${path}`, commit]));
  const [first] = names.values();
  // cat-file is asked line by line, so a path with a line break cannot be named.
  if (first === undefined || path.includes('\n')) return new Map();
  try {
    return sealedSync(git, first, (seal) => textsOf(contentsOf(seal, [...names.keys()]), names));
  } catch (error) {
    if (error instanceof SealedGitError) return new Map();
    throw error;
  }
}

/** A second process, to ask for sizes first, is started only where they matter. */
function contentsOf(seal: Seal, names: readonly string[]): ReadonlyMap<string, Buffer> {
  try {
    return blobs(seal, names, FILE_CAP);
  } catch (error) {
    if (!(error instanceof OutputTooLargeError)) throw error;
    return sizedBlobs(seal, new Map([...blobSizes(seal, names)].filter(([, size]) => size <= FILE_CAP)));
  }
}

function textsOf(
  contents: ReadonlyMap<string, Buffer>,
  commitOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [name, bytes] of contents) {
    const read = decode(bytes);
    const commit = commitOf.get(name);
    if (read.ok && commit !== undefined) texts.set(commit, read.text);
  }
  return texts;
}

/** Splits a log written in `LOG_FORMAT` with `-z`; with `--name-only` the paths are told too. */
export function parseLog(output: string): readonly Commit[] {
  const fields = output.split('\0');
  const commits: Commit[] = [];
  let at = 0;
  while (fields[at] === '' && fields[at + 1] === '' && isObjectId(fields[at + 2] ?? '')) {
    const [id = '', parents = '', seconds = '', author = '', subject = ''] = fields.slice(at + 2, at + 7);
    const paths: string[] = [];
    for (at += 8; at < fields.length && fields[at] !== ''; at++) paths.push(fields[at] ?? '');
    // A line feed stands between the message and the first path.
    if (paths[0] !== undefined) paths[0] = paths[0].replace(/^\n/, '');
    const follows = parents.split(' ').filter(isObjectId);
    commits.push({ id, date: isoDate(Number(seconds)), author, subject, paths, parents: follows });
  }
  return commits;
}

/** The furthest moments that have a date: a commit may claim any number of seconds. */
function isoDate(seconds: number): string {
  const bounded = Math.min(Math.max(seconds, 0), 253_402_300_799);
  return `${new Date(bounded * 1000).toISOString().slice(0, 19)}Z`;
}
