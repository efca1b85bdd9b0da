/** Which of the commits an updater made, or somebody merged from a branch of one. By names of authors and words of merges; a squashed one keeps its author. */
import type { Commit } from '../../repo/repo.ts';

/** The updaters that are known by name. */
type Tool = 'dependabot' | 'renovate';

/** What one updater has left in the history. */
export interface Updates {
  readonly tool: Tool;
  /** Newest author of its own that was seen, e.g. `dependabot[bot]`; absent where only merges of its branches were. */
  readonly author?: string;
  readonly commits: number;
  /** ISO 8601 in UTC. */
  readonly newest: string;
  readonly commit: string;
}

const TOOLS: readonly Tool[] = ['dependabot', 'renovate'];

/** One entry for each updater that left anything; `commits` newest first. */
export function updatesIn(commits: readonly Commit[]): readonly Updates[] {
  return TOOLS.flatMap((tool) => {
    const own = commits.filter((commit) => isBy(tool, commit));
    const [newest] = own;
    if (!newest) return [];
    const author = own.find((commit) => names(tool, commit.author))?.author;
    return [
      { tool, ...(author !== undefined && { author }), commits: own.length, newest: newest.date, commit: newest.id },
    ];
  });
}

function isBy(tool: Tool, { author, subject }: Commit): boolean {
  return names(tool, author) || mergedFrom(subject)?.split('/').includes(tool) === true;
}

/** Organisations run Renovate under names of their own that hold its name. */
function names(tool: Tool, author: string): boolean {
  return author.slice(0, 200).toLowerCase().includes(tool);
}

/** The branch of "Merge pull request #7 from org/renovate/x" and of "Merge branch 'renovate/x' into 'main'". */
function mergedFrom(subject: string): string | undefined {
  const [, pulled, merged] =
    /^Merge (?:pull request #\d+ (?:in \S+ )?from (\S+)|branch '([^']+)')/.exec(subject.slice(0, 300)) ?? [];
  return pulled ?? merged;
}
