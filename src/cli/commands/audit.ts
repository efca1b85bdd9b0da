/** `gonogo audit`: judges many repositories and shows what stands in each and across them. */
import type { Command } from 'commander';
import { runAudit } from '../../audit/engine.ts';
import { targetsIn } from '../../audit/find-targets.ts';
import { judgeTarget } from '../../audit/judge-target.ts';
import { AUDIT_FORMATS } from '../../generated/audit-formats.ts';
import { type BenchFlags, benchFrom } from '../audit-bench.ts';
import { parseEach, writeEach } from '../audit-each.ts';
import { exitCodeOf, wholeAudit } from '../audit-ending.ts';
import { beginRun, type RunFlags, resumedRun, resumeHint } from '../audit-run.ts';
import { writeAudit } from '../audit-show.ts';
import { canvasFor } from '../canvas.ts';
import { destinationsAmong } from '../destinations.ts';
import type { Outcome } from '../program.ts';
import { AGENT, cacheHere, servicesFrom } from '../reference.ts';
import { type Remote, type RemoteFlags, remoteFrom } from '../remote.ts';
import type { ShowFlags } from '../show.ts';
import { pushAudit, storeFor, trendsFrom } from '../store.ts';
import { BrokenPipe, complain } from '../streams.ts';

/** Options of `audit`, as commander leaves them. */
interface AuditFlags extends BenchFlags, ShowFlags, RunFlags {}

/** Runs the command; the exit code is 2 where a repository could not be judged, 1 where `--fail-on` was asked for and one is NO-GO, else 0. */
export async function audit(words: readonly string[], command: Command, outcome: Outcome): Promise<void> {
  const given = command.opts<AuditFlags>();
  const destinations = destinationsAmong(AUDIT_FORMATS, given.format);
  const each = parseEach(given.each ?? []);
  const store = await storeFor(command);
  const resumed = given.resume === undefined ? undefined : resumedRun(given.resume, words, command);
  const flags = { ...given, ...resumed?.flags };
  const bench = await benchFrom(flags);
  const run = resumed?.open(bench.header) ?? beginRun(bench.header, words.flatMap(targetsIn), command, flags);
  try {
    await runAudit(run.targets, (target) => judgeTarget(target, bench), run.ledger, { atOnce: 1 });
    run.complete();
    const whole = wholeAudit(bench.header, () => run.ledger.rows());
    outcome.exitCode = exitCodeOf(whole, run.gates);
    const trends = store && (await trendsFrom(store, whole));
    try {
      await writeEach(whole, each, canvasFor(flags), flags.force ?? false);
      await writeAudit({ ...whole, ...trends }, destinations, canvasFor(flags), flags.force ?? false);
    } finally {
      if (store) await pushAudit(store, whole, { folder: run.folder, command, outcome });
    }
  } catch (error) {
    if (!(error instanceof BrokenPipe)) complain(resumeHint(run));
    throw error;
  } finally {
    run.close();
  }
}
