/** `gonogo audit`: judges many repositories and shows what stands in each and across them. */
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { type Ledger, memoryLedger, runAudit, type Work } from '../../audit/engine.ts';
import { unjudged } from '../../audit/judge-target.ts';
import { assessEstate } from '../../estate/estate.ts';
import { AUDIT_FORMATS } from '../../generated/audit-formats.ts';
import type { Audit, Target } from '../../model-audit.ts';
import { counted } from '../../report/words.ts';
import { benchFrom } from '../audit-bench.ts';
import { jobsFor, openAuditPool, type PoolFlags } from '../audit-pool.ts';
import { watched } from '../audit-progress.ts';
import { writeAudit } from '../audit-show.ts';
import { untilStopped } from '../audit-stop.ts';
import { type TargetFlags, targetsFrom } from '../audit-targets.ts';
import { canvasFor } from '../canvas.ts';
import { destinationsAmong } from '../destinations.ts';
import type { JudgingOptions } from '../options.ts';
import type { Outcome } from '../program.ts';
import type { ShowFlags } from '../show.ts';
import { complain } from '../streams.ts';

/** Options of `audit`, as commander leaves them. */
interface AuditFlags extends JudgingOptions, ShowFlags, TargetFlags, PoolFlags {
  readonly progress: boolean;
}

/** Runs the command; the exit code is 2 where a repository could not be judged, 1 where `--fail-on` was asked for and one is NO-GO, else 0; 128 and the signal's number where one ended it. */
export async function audit(words: readonly string[], command: Command, outcome: Outcome): Promise<void> {
  const flags = command.opts<AuditFlags>();
  if (flags.explainOptions) return (await import('../bundle-others.ts')).explainOptions(words[0] ?? '.', command);
  const destinations = destinationsAmong(AUDIT_FORMATS, flags.format);
  const targets = await targetsFrom(words, flags);
  const { header } = await benchFrom(flags);
  const ledger = memoryLedger();
  try {
    const stopped = await judged(targets, ledger, { ...flags, asOf: header.asOf }, header.yardstick);
    if (stopped !== undefined) {
      outcome.exitCode = stopped;
      tellStopped(targets, ledger);
      return;
    }
    const rows = (): ReturnType<Audit['rows']> => ledger.rows();
    const gates = ['cli', 'env'].includes(command.getOptionValueSource('failOn') ?? '');
    outcome.exitCode = exitCodeOf(rows(), gates);
    const whole: Audit = { ...header, rows, estate: assessEstate(rows()) };
    await writeAudit(whole, destinations, canvasFor(flags), flags.force ?? false);
  } finally {
    ledger.close();
  }
}

/** Judges what is not in the ledger yet; the exit code where a signal ended it before it was done. */
async function judged(
  targets: readonly Target[],
  ledger: Ledger,
  flags: AuditFlags,
  yardstick: string,
): Promise<number | undefined> {
  const left = targets.filter(({ id }) => !ledger.has(id)).length;
  const jobs = jobsFor(left, flags.jobs);
  const pool = openAuditPool({ flags, yardstick }, jobs, flags);
  const progress = watched(left, flags.progress && !flags.quiet);
  const work: Work = {
    judge: pool.judge,
    prepare: fetched,
    jobs,
    fetches: Math.min(8, 2 * availableParallelism()),
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

/** How far it came; whoever keeps the rows says here how to go on. */
function tellStopped(targets: readonly Target[], ledger: Ledger): void {
  const done = targets.filter(({ id }) => ledger.has(id)).length;
  complain(
    `stopped: ${done} of ${counted(targets.length, 'repository', 'repositories')} were done, and nothing is shown\n`,
  );
}

/** The row of what lies elsewhere. */
async function fetched(target: Target): Promise<Target | ReturnType<typeof unjudged>> {
  return unjudged(target, 'unreachable', 'repositories that lie elsewhere are not fetched yet');
}

/** What could not be judged outweighs what is not ready. */
function exitCodeOf(rows: ReturnType<Audit['rows']>, gates: boolean): number {
  let code = 0;
  for (const { outcome, verdict } of rows) {
    if (outcome !== 'judged') return 2;
    if (gates && verdict === 'NO-GO') code = 1;
  }
  return code;
}
