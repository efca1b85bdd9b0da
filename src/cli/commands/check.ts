/** `gonogo check`: judges the service(s) at a path, writes the reports, answers with the exit code. */
import type { Command } from 'commander';
import type { Report, Supplement, Verdict } from '../../model.ts';
import { judgeRepository, type Workspace } from '../../run.ts';
import { parseDestinations, refuseSameFile } from '../destinations.ts';
import type { GateFlags } from '../gate.ts';
import { optionsFrom } from '../options.ts';
import { placesStart } from '../places-start.ts';
import type { Outcome } from '../program.ts';
import { type Recorder, type RecordFlags, recorderFor } from '../record.ts';
import { type ShowFlags, show, supplementsFor } from '../show.ts';
import { openWorkspace } from '../workspace.ts';

const EXIT: Readonly<Record<Verdict, number>> = { GO: 0, 'CONDITIONAL GO': 0, 'NO-GO': 1 };

/** Options of `check`, as commander leaves them. */
interface CheckOptions extends GateFlags, ShowFlags, RecordFlags {
  readonly watch?: boolean;
  readonly explainOptions?: boolean;
}

/** Runs the command; the exit code is 0 (GO, CONDITIONAL GO, or what a gate on changes lets pass) or 1, and stands before anything is written: a reader may go away. */
export async function check(path: string, command: Command, outcome: Outcome): Promise<void> {
  const flags = command.opts<CheckOptions>();
  if (flags.explainOptions) return (await import('../bundle-others.ts')).explainOptions(path, command);
  const destinations = parseDestinations(flags.format);
  const supplements = await supplementsFor(destinations);
  const record = recorderFrom(flags, command);
  refuseSameFile([flags.record, ...destinations.map(({ file }) => file)].filter((it) => it !== undefined));
  if (flags.watch) {
    const { watchAndJudge } = await import('../watch.ts');
    return watchAndJudge(path, flags, destinations, supplements);
  }
  const workspace = await openWorkspace(path, flags);
  const { report, options } = asksForGate(flags)
    ? await (await import('../gate.ts')).judgeAtGate(path, workspace, flags, { supplements })
    : await judgePlainly(workspace, flags, supplements);
  outcome.exitCode = exitCodeOf(report);
  await record?.(report, options);
  await show(report, destinations, flags, placesStart(path, report.repo.dir ?? ''));
}

async function judgePlainly(workspace: Workspace, flags: CheckOptions, supplements: readonly Supplement[]) {
  const options = await optionsFrom(flags, workspace);
  return { report: await judgeRepository(workspace, { ...options, supplements }), options };
}

/** Whether anything but the work tree's own files decides. */
function asksForGate({ since, baseline, ratchet, policyRef }: GateFlags): boolean {
  return [since, baseline, policyRef].some((it) => it !== undefined) || ratchet === true;
}

/** A gate on changes asks whether anything that blocks got worse; the verdict stays what it is. */
function exitCodeOf({ verdict, change }: Report): number {
  if (change) return change.passes ? 0 : 1;
  return EXIT[verdict];
}

/** Most runs record nothing. What the environment says of records is no matter where none is asked for. */
function recorderFrom(flags: RecordFlags, command: Command): Recorder | undefined {
  const asked = ['artifact', 'signKey'].some((name) => command.getOptionValueSource(name) === 'cli');
  if (flags.record === undefined && !asked) return undefined;
  return recorderFor(flags);
}
