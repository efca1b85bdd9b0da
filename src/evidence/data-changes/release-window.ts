/** Which files changed since the last release, by tags and by who follows whom. Pure. */
import { addDays } from '../../dates.ts';
import type { Commit, History } from '../../repo/repo.ts';

/** What counts as new: what changed since a release; where none is tagged, what changed lately; where no history tells, what is newest by name. */
export type Window =
  | {
      readonly how: 'tag';
      readonly tag: string;
      /** YYYY-MM-DD */
      readonly on: string;
      readonly changed: ReadonlySet<string>;
    }
  | { readonly how: 'lately'; readonly days: number; readonly why: string; readonly changed: ReadonlySet<string> }
  | { readonly how: 'newest'; readonly why: string };

/** A name that ends in a version or a day; candidates and marks that move with every deployment are none. */
const RELEASE =
  /^(?:[\w.@-]{0,60}[/@_-])?(?:v|r|rel|release)?[-_/.]?\d{1,10}(?:[._-]\d{1,10}){0,4}(?:$|[-+_.][\w.-]{0,40}$)/i;
const NO_RELEASE =
  /(?:^|[-._/\d])(?:rc|alpha|beta|pre|snapshot|dev)(?:[-._\d]|$)|preview|success|nightly|canary|staging|\btest|latest|backup/i;
/** A release older than this, in days, says that nobody tags releases any more. */
const OLDEST = 180;
/** Days before the newest commit in which a change counts as new where no release is tagged. */
const LATELY = 30;

/** The window that ends at the newest commit. A tag on that commit is the release under way, so that the one before it counts. */
export function releaseWindow({ commits, truncated, absent }: History): Window {
  const [newest] = commits;
  if (absent !== undefined || !newest) return { how: 'newest', why: absent ?? 'there is no commit' };
  const release = commits.find((commit, at) => at > 0 && releaseTag(commit) !== undefined);
  const tag = release && releaseTag(release);
  if (release && tag && release.date.slice(0, 10) >= addDays(newest.date, -OLDEST)) {
    const before = ancestors(release, commits);
    return {
      how: 'tag',
      tag,
      on: release.date.slice(0, 10),
      changed: touched(commits.filter(({ id }) => !before.has(id))),
    };
  }
  const since = addDays(newest.date, -LATELY);
  const why = release ? `the last release tag is of ${release.date.slice(0, 10)}` : 'no release is tagged';
  // A shallow clone begins with a commit that seems to touch everything.
  if (truncated && (commits.at(-1)?.date ?? '') >= since)
    return { how: 'newest', why: 'the history does not reach back far enough' };
  return { how: 'lately', days: LATELY, why, changed: touched(commits.filter(({ date }) => date >= since)) };
}

function releaseTag({ tags = [] }: Commit): string | undefined {
  return tags.find((tag) => RELEASE.test(tag) && !NO_RELEASE.test(tag));
}

function touched(commits: readonly Commit[]): ReadonlySet<string> {
  return new Set(commits.flatMap(({ paths }) => paths));
}

/** The release and all before it, as far as they were read; where nobody says who follows whom, by their order. */
function ancestors(release: Commit, commits: readonly Commit[]): ReadonlySet<string> {
  if (release.parents === undefined) return new Set(commits.slice(commits.indexOf(release)).map(({ id }) => id));
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const seen = new Set<string>();
  const open = [release.id];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(byId.get(id)?.parents ?? []));
  }
  return seen;
}
