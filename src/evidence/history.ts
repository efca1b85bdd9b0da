/** The past of one service: when its files were last touched on purpose, what its manifest used to claim, and who works on it. Never judges ages. */
import type { Manifest } from '../manifest/manifest.ts';
import type { Place, Unread } from '../model.ts';
import type { Commit, History } from '../repo/repo.ts';
import { defineCollector, type Sources } from './collector.ts';
import { type Marked, markedIn } from './history/marked.ts';
import { type Updates, updatesIn } from './history/updates.ts';
import { surfaceOf } from './manifest-surface.ts';
import { isBelow } from './sources.ts';

/** When a file was last touched. */
export interface Touch {
  /** ISO 8601 in UTC. */
  readonly date: string;
  readonly commit: string;
  /** Only commits that touch many files at once, or the initial import, touched it: the date says little. */
  readonly bulk: boolean;
}

/** What the manifest claimed at one commit. */
export interface ManifestVersion {
  /** ISO 8601 in UTC. */
  readonly date: string;
  readonly commit: string;
  readonly stage?: string;
  /** Target of each non-functional requirement, as written. */
  readonly targets: Readonly<Record<string, string | number>>;
  /** What drew the service's trust boundary then, in words, e.g. `the dependency card-gateway`. */
  readonly surface: readonly string[];
}

/** A person who changed the service. */
export interface Author {
  readonly name: string;
  readonly commits: number;
}

/** Plain data; empty where there is no history. */
export interface Facts {
  /** Why there is no history. */
  readonly absent?: string;
  /** Older commits exist that could not be seen. */
  readonly truncated: boolean;
  /** Commits that were seen. */
  readonly commits: number;
  /** Dates of the newest and the oldest commit that was seen, ISO 8601 in UTC. */
  readonly newest?: string;
  readonly oldest?: string;
  /** The service's files by path; a file that no seen commit touched is not in it. */
  readonly touched: Readonly<Record<string, Touch>>;
  /** Oldest first. */
  readonly manifest: readonly ManifestVersion[];
  /** People who changed the service in the 180 days before the newest commit, most commits first; without bots. */
  readonly authors: readonly Author[];
  /** What Dependabot and Renovate committed, anywhere in the repository. */
  readonly updates: readonly Updates[];
  /** Commits whose subject carries the manifest's `feedback.marker` with a number behind it, newest first. */
  readonly marked: readonly Marked[];
}

/** Commits looked at. */
const MOST_COMMITS = 2000;
/** Versions of the manifest that are read. */
const MOST_VERSIONS = 100;
/** 8 to 21 % of real runbooks were last touched by a commit this large: a reformat, a rename, an import. */
const BULK = 15;
const AUTHOR_DAYS = 180;
const BOT =
  /\[bot\]|\bbot$|^(dependabot|renovate|github-actions|greenkeeper|snyk|mergify|imgbot|semantic-release|pre-commit-ci|web-flow|allcontributors)\b/i;
/** Manifests are small; a hundred crafted ones must not take minutes to parse. In UTF-16 units. */
const MANIFEST_CAP = 256 * 1024;
const GIT: Place = { path: '.git' };

export const collector = defineCollector<Facts>({
  summary: `git's history, at most ${MOST_COMMITS} commits: last touch of each file apart from bulk commits, earlier versions of the manifest, recent authors`,
  async collect(sources) {
    const repo = sources.repo();
    const history = (await repo?.history(MOST_COMMITS)) ?? {
      commits: [],
      truncated: false,
      absent: 'there is no repository',
    };
    const changes = history.commits.filter((commit) => commit.paths.includes(sources.manifest.path)).reverse();
    const read = changes.slice(0, MOST_VERSIONS);
    const texts =
      read.length > 0
        ? await repo?.versions(
            sources.manifest.path,
            read.map((commit) => commit.id),
          )
        : undefined;
    return {
      facts: {
        ...(history.absent !== undefined && { absent: history.absent }),
        truncated: history.truncated,
        commits: history.commits.length,
        ...span(history.commits),
        touched: lastTouches(sources, history),
        manifest: await versions(read, texts ?? new Map()),
        authors: authors(history.commits, sources.manifest),
        updates: updatesIn(history.commits),
        marked: markedIn(history.commits, sources.manifest),
      },
      looked: { files: 0, note: history.absent ?? `${history.commits.length} commits` },
      unread: unreadOf(history, sources.manifest, changes.length),
      delegated: [],
    };
  },
});

function span(commits: readonly Commit[]): Pick<Facts, 'newest' | 'oldest'> {
  const [first, last] = [commits[0], commits.at(-1)];
  return first && last ? { newest: first.date, oldest: last.date } : {};
}

function lastTouches({ files }: Sources, { commits, truncated }: History): Readonly<Record<string, Touch>> {
  const own = new Set(files.map((file) => file.path));
  const touches = new Map<string, Touch>();
  const first = truncated ? undefined : commits.at(-1);
  for (const commit of commits) {
    const bulk = commit.paths.length >= BULK || ((commit === first || isBeginning(commit)) && commit.paths.length > 1);
    for (const path of commit.paths) {
      const known = touches.get(path);
      if (own.has(path) && (!known || (known.bulk && !bulk)))
        touches.set(path, { date: commit.date, commit: commit.id, bulk });
    }
  }
  return Object.fromEntries([...touches].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** It follows no commit that is here: an import, or where a shallow clone was cut. It seems to touch every file. */
function isBeginning({ parents }: Commit): boolean {
  return parents?.length === 0;
}

async function versions(
  commits: readonly Commit[],
  texts: ReadonlyMap<string, string>,
): Promise<readonly ManifestVersion[]> {
  if (texts.size === 0) return [];
  // Loaded only where there is something to parse.
  const { parseYaml, isOpaque } = await import('./yaml/yaml.ts');
  const read = (text: string): unknown =>
    text.length > MANIFEST_CAP ? undefined : parseYaml(text).documents[0]?.value;
  return commits.flatMap(({ id, date }) => {
    const text = texts.get(id);
    if (text === undefined) return [];
    const value = read(text);
    const { stage, nfrs } = objectOf(value);
    const isPlain = (value: unknown): value is string | number =>
      (typeof value === 'string' && !isOpaque(value)) || Number.isFinite(value);
    return [
      {
        date,
        commit: id,
        ...(typeof stage === 'string' && isPlain(stage) && { stage }),
        targets: targetsOf(nfrs, isPlain),
        surface: surfaceOf(value),
      },
    ];
  });
}

/** Old manifests may be broken or of another shape; what is not as it should be claims nothing. */
function targetsOf(nfrs: unknown, isPlain: (value: unknown) => value is string | number): ManifestVersion['targets'] {
  const targets = Object.entries(objectOf(nfrs)).flatMap(([name, value]) => {
    // The short form is the target itself.
    const target = typeof value === 'object' ? objectOf(value).target : value;
    return isPlain(target) ? [[name, target] as const] : [];
  });
  return Object.fromEntries(targets);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function authors(commits: readonly Commit[], { dir }: Manifest): readonly Author[] {
  const since = Date.parse(commits[0]?.date ?? '') - AUTHOR_DAYS * 86_400_000;
  const counts = new Map<string, number>();
  for (const { date, author, paths } of commits) {
    if (Date.parse(date) < since || BOT.test(author) || !paths.some((path) => isBelow(path, dir))) continue;
    counts.set(author, (counts.get(author) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, commits: count }))
    .sort((a, b) => b.commits - a.commits || (a.name < b.name ? -1 : 1));
}

function unreadOf(history: History, manifest: Manifest, changes: number): readonly Unread[] {
  if (history.absent !== undefined) return [{ at: GIT, reason: 'no-history', detail: history.absent }];
  const unread: Unread[] = [];
  if (history.truncated) unread.push(olderUnread(history.commits.length));
  if (changes > MOST_VERSIONS)
    unread.push({
      at: { path: manifest.path },
      reason: 'limit',
      detail: `only its first ${MOST_VERSIONS} changes were read`,
    });
  return unread;
}

function olderUnread(commits: number): Unread {
  if (commits >= MOST_COMMITS)
    return { at: GIT, reason: 'limit', detail: `only the newest ${MOST_COMMITS} commits were read` };
  return { at: GIT, reason: 'shallow', detail: 'the clone is shallow, so older commits are not here' };
}
