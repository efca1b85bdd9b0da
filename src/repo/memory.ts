/** A repository held in memory: for tests, example pages and callers that have the texts already. Reads nothing from disk. */
import { decode, refused } from './decode.ts';
import type { Commit, History, Repo } from './repo.ts';

/** What the repository holds. */
export interface MemoryContent {
  /** Text by path, `/` between the parts. */
  readonly files: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly root?: string;
  /** Newest first; without them and without `absent` there is no history. */
  readonly commits?: readonly Commit[];
  /** Text by path and commit id. */
  readonly versions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Older commits exist that are not in `commits`. */
  readonly truncated?: boolean;
  /** Why there is no history. */
  readonly absent?: string;
}

/** The repository with that content. */
export function memoryRepo(content: MemoryContent): Repo {
  const bytes = new Map(Object.entries(content.files).map(([path, text]) => [path, Buffer.from(text, 'utf8')]));
  const files = [...bytes]
    .map(([path, its]) => ({ path, size: its.length }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    name: content.name ?? 'memory',
    root: content.root ?? '',
    list: () => ({ files, skipped: [] }),
    read(path, cap) {
      const its = bytes.get(path);
      return its ? decode(its, cap) : refused('unreadable', 'there is no such file');
    },
    state: () => (content.commits?.[0] ? { commit: content.commits[0].id, dirty: false } : {}),
    history: async (limit) => historyOf(content, limit),
    versions: async (path, commits) => versionsOf(content.versions?.[path] ?? {}, commits),
  };
}

function historyOf({ commits, truncated = false, absent }: MemoryContent, limit: number): History {
  const reason = absent ?? (commits ? undefined : 'not a git repository');
  if (reason !== undefined) return { commits: [], truncated: false, absent: reason };
  const all = commits ?? [];
  return { commits: all.slice(0, limit), truncated: truncated || all.length > limit };
}

function versionsOf(texts: Readonly<Record<string, string>>, commits: readonly string[]): ReadonlyMap<string, string> {
  const known = new Map(Object.entries(texts));
  return new Map(
    commits.flatMap((id) => {
      const text = known.get(id);
      return text === undefined ? [] : [[id, text] as const];
    }),
  );
}
