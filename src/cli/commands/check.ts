/** `gonogo check`: judges the service(s) at a path, writes the reports, answers with the exit code. */
import type { Command } from 'commander';
import type { Verdict } from '../../model.ts';
import { judgeRepository } from '../../run.ts';
import { parseDestinations } from '../destinations.ts';
import { type JudgingOptions, optionsFrom } from '../options.ts';
import type { Outcome } from '../program.ts';
import { type Recorder, type RecordFlags, recorderFor } from '../record.ts';
import { needsOf, type ShowFlags, show } from '../show.ts';
import { openWorkspace } from '../workspace.ts';

const EXIT: Readonly<Record<Verdict, number>> = { GO: 0, 'CONDITIONAL GO': 0, 'NO-GO': 1 };

/** Options of `check`, as commander leaves them. */
interface CheckOptions extends JudgingOptions, ShowFlags, RecordFlags {
  readonly explainOptions?: boolean;
}

/** Runs the command; the exit code is 0 (GO, CONDITIONAL GO) or 1 (NO-GO), and stands before anything is written: a reader may go away. */
export async function check(path: string, command: Command, outcome: Outcome): Promise<void> {
  const flags = command.opts<CheckOptions>();
  if (flags.explainOptions) return (await import('../bundle-others.ts')).explainOptions(path, command);
  const destinations = parseDestinations(flags.format);
  const record = recorderFrom(flags, command);
  const workspace = await openWorkspace(path, flags);
  const supplements = (await needsOf(destinations)).flatMap(([, needs]) => needs ?? []);
  const options = await optionsFrom(flags, workspace);
  const report = await judgeRepository(workspace, { ...options, supplements });
  outcome.exitCode = EXIT[report.verdict];
  await record?.(report, options);
  await show(report, destinations, flags);
}

/** Most runs record nothing. What the environment says of records is no matter where none is asked for. */
function recorderFrom(flags: RecordFlags, command: Command): Recorder | undefined {
  const asked = ['artifact', 'signKey'].some((name) => command.getOptionValueSource(name) === 'cli');
  if (flags.record === undefined && !asked) return undefined;
  return recorderFor(flags);
}
