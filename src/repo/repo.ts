/** One interface to a repository's content, whatever holds it: a folder, a commit, or memory. Reads only; never judges. */
import type { Unread, UnreadReason } from '../model.ts';

/** A regular file of the repository (a link inside it counts as the file it leads to). */
export interface RepoFile {
  /** From the repository's root, `/` between the parts. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** Every file that git tracks or would track, sorted by path (by code units), and what was left out and why. */
export interface Listing {
  readonly files: readonly RepoFile[];
  /** Links out of the repository, submodules, unreadable folders, limits. */
  readonly skipped: readonly Unread[];
}

/** A file's text, or why there is none. Byte-order marks are removed; line ends are kept. */
export type Read =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: UnreadReason; readonly detail: string };

/** A change in the history of the default line of work, newest first. */
export interface Commit {
  readonly id: string;
  /** Committer date, ISO 8601 in UTC. */
  readonly date: string;
  readonly author: string;
  readonly subject: string;
  /** Paths touched, from the repository's root; none for a merge. */
  readonly paths: readonly string[];
  /** Ids of the commits it follows. */
  readonly parents?: readonly string[];
  /** Names of the tags on it, sorted. */
  readonly tags?: readonly string[];
}

/** One bounded look at the past. */
export interface History {
  readonly commits: readonly Commit[];
  /** True where older commits exist that could not be seen: a shallow clone or the bound. */
  readonly truncated: boolean;
  /** Why there is no history at all, e.g. "not a git repository"; absent when there is one. */
  readonly absent?: string;
}

/** What stands for all that a repository answers: where it is equal, every answer is. */
export interface Imprint {
  /** SHA-256, in hex. */
  readonly digest: string;
  /** Whether it is still that of the same place, looked at anew. */
  holds(): boolean;
}

/** Read access to one repository. Paths that are not in the listing do not exist. */
export interface Repo {
  /** For messages: the folder's name. */
  readonly name: string;
  /** Root name in a `Place`; empty for the judged repository. */
  readonly root: string;
  list(): Listing;
  /** Text of a listed file; `cap` in bytes, 2 MiB when not given. */
  read(path: string, cap?: number): Read;
  /** A text that differs whenever a listed file's content may differ; undefined, or no such function, where nobody can tell. */
  stamp?(path: string): string | undefined;
  /** The same for all that history and versions tell. */
  past?(): string | undefined;
  /** By what this state is told from every other; undefined, or no such function, where nobody can tell. */
  imprint?(): Imprint | undefined;
  /** The commit whose files these are, and whether they differ from it; undefined where unknown. */
  state(): { readonly commit?: string; readonly dirty?: boolean };
  /** At most `limit` commits, newest first, with the paths each touched. */
  history(limit: number): Promise<History>;
  /** Text of a file at some commits; absent where the commit has no such file or it cannot be read. */
  versions(path: string, commits: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Default cap of one file, in bytes: sniffing 444,000 real files, 50 were above 1 MB and none of those was evidence. */
export const FILE_CAP = 2 * 1024 * 1024;
