/** `gonogo audit`: judges many repositories and shows what stands in each and across them. */
import type { Command } from 'commander';
import { visible } from '../../report/escape-terminal.ts';
import { counted } from '../../report/words.ts';
import { benchFrom } from '../audit-bench.ts';
import { outputFor } from '../audit-output.ts';
import { type AuditRun, newRun, type RunFlags, resumedRun, resumeHint } from '../audit-run.ts';
import { type TargetFlags, targetsFrom } from '../audit-targets.ts';
import { judgeTargets, type WorkFlags } from '../audit-work.ts';
import type { Outcome } from '../program.ts';
import { type RemoteFlags, remoteHere } from '../remote.ts';
import type { ShowFlags } from '../show.ts';
import { BrokenPipe, complain } from '../streams.ts';

/** Options of `audit`, as commander leaves them. */
interface AuditFlags extends WorkFlags, ShowFlags, TargetFlags, RemoteFlags, RunFlags {}

/** Runs the command; the exit code is 2 where a repository could not be judged, 1 where `--fail-on` was asked for and one is NO-GO, else 0; 128 and the signal's number where one ended it. */
export async function audit(words: readonly string[], command: Command, outcome: Outcome): Promise<void> {
  const given = command.opts<AuditFlags>();
  if (given.explainOptions) return (await import('../bundle-others.ts')).explainOptions(undefined, command);
  const output = await outputFor(command);
  const resumed = given.resume === undefined ? undefined : resumedRun(given.resume, words, command);
  const flags = { ...given, ...resumed?.flags };
  const remote = remoteHere(flags);
  const { header, across, cache, note } = await benchFrom(flags);
  if (note !== undefined) complain(`note: ${visible(note)}\n`);
  const begun = resumed ?? newRun(across, await targetsFrom(words, flags, remote), command, flags);
  await output.refuse(begun.targets, begun.missing);
  const run = begun.open(header);
  try {
    const stopped = await judgeTargets(run, { ...flags, asOf: header.asOf }, header.yardstick, remote);
    if (stopped !== undefined) {
      outcome.exitCode = stopped;
      tellStopped(run);
      return;
    }
    run.complete();
    const { bar, isPart, folder } = run;
    const rows = () => run.ledger.rows();
    const runs = folder === undefined ? [] : [folder];
    const { missing } = begun;
    await output.write({ header, across, rows, runs, bar, isPart, ...(missing && { missing }) }, outcome);
  } catch (error) {
    if (!(error instanceof BrokenPipe)) complain(resumeHint(run));
    throw error;
  } finally {
    run.close();
    cache?.close();
    await output.close();
  }
}

/** How far it came, and how it goes on. */
function tellStopped(run: AuditRun): void {
  const done = run.targets.filter(({ id }) => run.ledger.has(id)).length;
  const all = counted(run.targets.length, 'repository', 'repositories');
  complain(`stopped: ${done} of ${all} were done, and nothing is shown\n${resumeHint(run)}`);
}
