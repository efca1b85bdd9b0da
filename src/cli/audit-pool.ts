/** The threads of an audit: how many, what they are told, and where they leave what is temporary, so that it goes when they are ended. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openPool, type Pool } from '../audit/pool.ts';
import { hasGone, willLeave } from '../repo/leftovers.ts';
import type { JudgingOptions } from './options.ts';

/** What each thread is told. */
export interface AuditSetup {
  readonly flags: JudgingOptions;
  /** Digest that what the thread loads must have. */
  readonly yardstick: string;
}

/** Flags that bear on it. */
export interface PoolFlags {
  readonly jobs?: number;
  /** Milliseconds. */
  readonly timeoutPerRepo: number;
}

/** MiB of heap: five times what the largest repository that we know takes. */
const MEMORY = 1024;
/** Repositories that have to be there for each further thread: below, loading and warming it takes longer than it saves. */
const WORTH_A_THREAD = 25;

/** How many threads judge so many repositories. */
export function jobsFor(count: number, given: number | undefined, cores = availableParallelism()): number {
  return Math.max(1, Math.min(given ?? Math.min(cores, Math.floor(count / WORTH_A_THREAD)), count));
}

/** Opens the pool; closing it removes what threads left behind. */
export function openAuditPool(setup: AuditSetup, jobs: number, { timeoutPerRepo }: PoolFlags): Pool {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-audit-'));
  willLeave(folder);
  const pool = openPool({
    script: join(dirname(realpathSync(process.argv[1] ?? '')), 'audit-worker.js'),
    setup,
    jobs,
    deadline: timeoutPerRepo,
    memory: MEMORY,
    env: { ...process.env, TMPDIR: folder },
  });
  return {
    judge: pool.judge,
    async close() {
      await pool.close();
      rmSync(folder, { recursive: true, force: true });
      hasGone(folder);
    },
  };
}
