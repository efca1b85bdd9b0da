/** A trend from history alone: the commits of one repository are judged themselves, each as of its own day, by the rules of today. */
import { judgeTarget } from '../audit/judge-target.ts';
import { InputError } from '../input-error.ts';
import type { AuditRow } from '../model-audit.ts';
import type { CommitStep, Kept, Trend } from '../model-trend.ts';
import { firstParents } from '../repo/first-parents.ts';
import type { Commit } from '../repo/repo.ts';
import { keptOf } from '../store/line.ts';
import { commitTurns, type JudgedCommit } from '../trends/commit-turns.ts';
import { shareTable } from '../trends/shares.ts';
import { trendOf } from '../trends/trend.ts';
import { worst } from '../verdict/judge.ts';
import { benchFrom } from './audit-bench.ts';
import { searchHistory } from './history-search.ts';
import { type JudgingOptions, optionsFrom } from './options.ts';
import { openWorkspace, repoAt, rootOf } from './workspace.ts';

/** Commits judged to show the way, and further ones to find where rules turned; each takes as long as a check. */
const SAMPLES = 20;
const SEARCH = 60;

/** The trend along the first parents from one commit to another. */
export async function gitTrend(
  path: string,
  range: string,
  flags: JudgingOptions & Pick<Trend, 'by'> & { readonly samples?: number },
): Promise<Trend> {
  refuseUnfit(flags);
  const [from, to] = endsOf(range);
  const commits = await firstParents(rootOf(path), from, to, '--git');
  const judge = await judgeFor(path, to, flags);
  const effort = { samples: flags.samples ?? SAMPLES, search: SEARCH };
  const states = await searchHistory(commits.length, async (index) => judge(commits[index]), effort);
  const steps = [...states].flatMap(([index, state]) => {
    const commit = commits[index];
    return commit ? [{ index, state, step: stepOf(commit, state) }] : [];
  });
  const judged = steps.flatMap(({ index, state, step }): readonly JudgedCommit[] =>
    typeof state === 'string' ? [] : [{ index, step, kept: state }],
  );
  const [first, last] = [judged[0], judged.at(-1)];
  if (!first || !last || first === last)
    throw new InputError(
      `a trend is between two commits, and ${first ? 'one' : 'none'} of ${range} could be judged`,
      '--git',
      reasonIn(steps) ?? 'name two commits',
    );
  const tables = judged.map(({ kept }) => shareTable(kept, flags.by));
  return {
    ...trendOf({ what: 'commits', by: flags.by, before: first.kept, after: last.kept, tables, since: 0 }),
    history: {
      commits: commits.length,
      steps: steps.map(({ step }) => step),
      turns: commitTurns(judged),
      judged: steps.length,
    },
  };
}

function refuseUnfit({ asOf, live, ref }: JudgingOptions): void {
  if (asOf !== undefined) throw new InputError('each commit is judged as of its own day', '--as-of', 'leave it out');
  if (live) throw new InputError('what runs now says nothing of an earlier commit', '--live', 'leave it out');
  if (ref !== undefined) throw new InputError('the commits are those of --git', '--ref', 'leave it out');
}

function endsOf(range: string): readonly [from: string, to: string] {
  const [, from, to] = /^(.+?)(?<!\.)\.\.(?!\.)(.*)$/s.exec(range) ?? [];
  if (from === undefined || to === undefined)
    throw new InputError(`"${range}" is no range of commits`, '--git', 'write it as from..to, e.g. v1.0..main');
  return [from, to || 'HEAD'];
}

/** The repository's own policy is that of the later end: the rules of today. */
async function judgeFor(path: string, to: string, flags: JudgingOptions) {
  const lawgiver = await repoAt(path, to, '--git');
  return async (commit: Commit | undefined): Promise<Kept | string> => {
    if (!commit) return 'there is no such commit';
    const asOf = commit.date.slice(0, 10);
    const { header } = await benchFrom({ ...flags, asOf });
    const row = await judgeTarget(
      { id: lawgiver.name, kind: 'folder', location: path, ref: commit.id },
      {
        header,
        open: () => openWorkspace(path, { ref: commit.id, evidenceRoot: flags.evidenceRoot }),
        options: (workspace) => optionsFrom({ ...flags, asOf }, workspace, lawgiver),
      },
    );
    return row.outcome === 'judged' ? named(keptOf(header, [row]), row) : (row.because ?? row.outcome);
  };
}

/** Of a commit, its id says more than that of a run. */
function named({ run, lines }: Kept, { commit }: AuditRow): Kept {
  return { run: { ...run, id: commit ?? run.id }, lines };
}

function stepOf({ id, date, subject }: Commit, state: Kept | string): CommitStep {
  const step = { commit: id, on: date.slice(0, 10), subject };
  if (typeof state === 'string') return { ...step, because: state };
  const verdicts = state.lines.map(({ verdict }) => verdict);
  const sum = (of: (score: Kept['lines'][number]['score']) => number): number =>
    state.lines.reduce((total, { score }) => total + of(score), 0);
  return {
    ...step,
    verdict: worst(verdicts),
    score: {
      applicable: sum(({ applicable }) => applicable),
      met: sum(({ met }) => met),
      verified: sum(({ verified }) => verified),
      declared: sum(({ declared }) => declared),
    },
  };
}

function reasonIn(steps: readonly { readonly step: CommitStep }[]): string | undefined {
  return steps.find(({ step }) => step.because !== undefined)?.step.because;
}
