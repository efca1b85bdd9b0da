/** Judges the repositories of a run that have no row yet: fetched ahead, in threads, with progress, until it is done or a signal comes. */
import { availableParallelism } from 'node:os';
import { runAudit, type Work } from '../audit/engine.ts';
import type { BenchFlags } from './audit-bench.ts';
import { jobsFor, openAuditPool, type PoolFlags } from './audit-pool.ts';
import { watched } from './audit-progress.ts';
import type { AuditRun } from './audit-run.ts';
import { untilStopped } from './audit-stop.ts';
import type { Remote } from './remote.ts';
import { complain } from './streams.ts';

/** Flags that bear on it. */
export interface WorkFlags extends BenchFlags, PoolFlags {
  readonly progress: boolean;
  readonly quiet?: boolean;
}

/** The most that is fetched at once, however many processors there are. */
const MOST_FETCHES = 8;

/** Judges them; the exit code where a signal ended it before it was done. */
export async function judgeTargets(
  { targets, ledger }: AuditRun,
  flags: WorkFlags,
  yardstick: string,
  { prepare, notesOn }: Remote,
): Promise<number | undefined> {
  const waiting = targets.filter(({ id }) => !ledger.has(id));
  const left = waiting.length;
  if (left === 0) return undefined;
  for (const note of notesOn(waiting)) complain(`note: ${note}\n`);
  const jobs = jobsFor(left, flags.jobs);
  const pool = openAuditPool({ flags, yardstick }, jobs, flags);
  const progress = watched(left, flags.progress && !flags.quiet);
  const work: Omit<Work, 'stop'> = {
    judge: pool.judge,
    prepare,
    jobs,
    fetches: Math.min(MOST_FETCHES, 2 * availableParallelism()),
    onBegin: ({ id }) => progress.begin(id),
    onRow: progress.row,
  };
  try {
    return await untilStopped(
      (stop) => runAudit(targets, ledger, { ...work, stop }),
      () => pool.close(),
      () => {
        progress.end();
        complain('Stopping: what is done is kept. A second signal ends it at once.\n');
      },
    );
  } finally {
    progress.end();
    await pool.close();
  }
}
