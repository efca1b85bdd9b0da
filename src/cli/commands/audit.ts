/** `gonogo audit`: judges many repositories and shows what stands in each and across them. */
import type { Command } from 'commander';
import { AUDIT_FORMATS } from '../../generated/audit-formats.ts';
import { visible } from '../../report/escape-terminal.ts';
import { counted } from '../../report/words.ts';
import { benchFrom } from '../audit-bench.ts';
import { parseEach, writeEach } from '../audit-each.ts';
import { exitCodeOf, wholeAudit } from '../audit-ending.ts';
import { type AuditRun, beginRun, type RunFlags, resumedRun, resumeHint } from '../audit-run.ts';
import { writeAudit } from '../audit-show.ts';
import { type TargetFlags, targetsFrom } from '../audit-targets.ts';
import { judgeTargets, type WorkFlags } from '../audit-work.ts';
import { canvasFor } from '../canvas.ts';
import { destinationsAmong } from '../destinations.ts';
import type { Outcome } from '../program.ts';
import { type RemoteFlags, remoteHere } from '../remote.ts';
import type { ShowFlags } from '../show.ts';
import { pastOf, pushAudit, storeFor } from '../store.ts';
import { BrokenPipe, complain } from '../streams.ts';

/** Options of `audit`, as commander leaves them. */
interface AuditFlags extends WorkFlags, ShowFlags, TargetFlags, RemoteFlags, RunFlags {}

/** Runs the command; the exit code is 2 where a repository could not be judged, 1 where `--fail-on` was asked for and one is NO-GO, else 0; 128 and the signal's number where one ended it. */
export async function audit(words: readonly string[], command: Command, outcome: Outcome): Promise<void> {
  const given = command.opts<AuditFlags>();
  if (given.explainOptions) return (await import('../bundle-others.ts')).explainOptions(words[0] ?? '.', command);
  const destinations = destinationsAmong(AUDIT_FORMATS, given.format);
  const each = parseEach(given.each ?? []);
  const store = await storeFor(command);
  const resumed = given.resume === undefined ? undefined : resumedRun(given.resume, words, command);
  const flags = { ...given, ...resumed?.flags };
  const remote = remoteHere(flags);
  const { header, across, cache, note } = await benchFrom(flags);
  if (note !== undefined) complain(`note: ${visible(note)}\n`);
  const run =
    resumed?.open(header) ?? beginRun({ header, across }, await targetsFrom(words, flags, remote), command, flags);
  try {
    const stopped = await judgeTargets(run, { ...flags, asOf: header.asOf }, header.yardstick, remote);
    if (stopped !== undefined) {
      outcome.exitCode = stopped;
      tellStopped(run);
      return;
    }
    run.complete();
    const past = store && (await pastOf(store, header.asOf));
    const whole = wholeAudit(header, across, { rows: () => run.ledger.rows(), ...past });
    outcome.exitCode = exitCodeOf(whole, run.gates);
    try {
      await writeEach(whole, each, canvasFor(flags), flags.force ?? false);
      await writeAudit(
        { ...whole, ...(past && { trends: past.trends }) },
        destinations,
        canvasFor(flags),
        flags.force ?? false,
      );
    } finally {
      if (store) await pushAudit(store, whole, { folder: run.folder, command, outcome });
    }
  } catch (error) {
    if (!(error instanceof BrokenPipe)) complain(resumeHint(run));
    throw error;
  } finally {
    run.close();
    cache?.close();
  }
}

/** How far it came, and how it goes on. */
function tellStopped(run: AuditRun): void {
  const done = run.targets.filter(({ id }) => run.ledger.has(id)).length;
  const all = counted(run.targets.length, 'repository', 'repositories');
  complain(`stopped: ${done} of ${all} were done, and nothing is shown\n${resumeHint(run)}`);
}
