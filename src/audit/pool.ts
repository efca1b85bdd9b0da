/** Worker threads that judge, each one repository at a time: whatever becomes of a thread, its repository has a row and the others go on. */
import { Promise as PoolPromise, pool as poolOf, TerminateError } from 'workerpool';
import type { AuditRow, Target } from '../model-audit.ts';
import type { Judge } from './engine.ts';
import { unjudged } from './judge-target.ts';

/** How threads are set up. */
export interface PoolOptions<Setup> {
  /** File that a thread runs; it calls `serve`. */
  readonly script: string;
  /** What every thread is told, as plain data. */
  readonly setup: Setup;
  readonly jobs: number;
  /** Milliseconds for one repository. */
  readonly deadline: number;
  /** MiB of one thread's heap. */
  readonly memory: number;
  /** The environment of threads. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Threads at work. */
export interface Pool {
  readonly judge: Judge;
  /** Ends every thread, whatever it is doing; what was being judged has no row. */
  close(): Promise<void>;
}

/** Milliseconds in which a thread may end by itself before it is ended. */
const PATIENCE = 50;

/** Threads begin when there is something to judge. */
export function openPool<Setup>({ script, setup, jobs, deadline, memory, env }: PoolOptions<Setup>): Pool {
  let closing = false;
  const threads = poolOf(script, {
    workerType: 'thread',
    maxWorkers: jobs,
    workerTerminateTimeout: PATIENCE,
    workerThreadOpts: { env, resourceLimits: { maxOldGenerationSizeMb: memory } },
  });
  return {
    async judge(target) {
      try {
        return (await threads.exec('judge', [setup, target]).timeout(deadline)) as AuditRow;
      } catch (error) {
        return closing ? undefined : rowOf(target, error, { deadline, memory });
      }
    },
    async close() {
      closing = true;
      // A thread that is gone already cannot be ended, which is what was wanted.
      await threads.terminate(true).catch(() => undefined);
    },
  };
}

function rowOf(target: Target, error: unknown, limits: Pick<PoolOptions<never>, 'deadline' | 'memory'>): AuditRow {
  if (error instanceof PoolPromise.TimeoutError)
    return unjudged(target, 'timeout', `judging it took longer than ${limits.deadline / 1000} s`);
  const cause = error instanceof TerminateError ? error.cause : error;
  if ((cause as NodeJS.ErrnoException | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return unjudged(target, 'exhausted', `judging it took more than ${limits.memory} MiB of memory`);
  const what = cause instanceof Error ? cause.message : 'its thread ended';
  return unjudged(target, 'failed', `gonogo itself failed: ${what}`);
}
