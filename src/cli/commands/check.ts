/** `gonogo check`: judges the service(s) at a path, writes the reports, answers with the exit code. */
import type { Command } from 'commander';
import type { Report, Verdict } from '../../model.ts';
import { visible } from '../../report/escape-terminal.ts';
import { judgeRepository } from '../../run.ts';
import { canvasFor } from '../canvas.ts';
import { type Destination, parseDestinations, wantsComponents, writeReports } from '../destinations.ts';
import type { GateFlags } from '../gate.ts';
import { explainOptions, optionsFrom } from '../options.ts';
import type { Outcome } from '../program.ts';
import { complain } from '../streams.ts';
import { openWorkspace } from '../workspace.ts';

const EXIT: Readonly<Record<Verdict, number>> = { GO: 0, 'CONDITIONAL GO': 0, 'NO-GO': 1 };

/** Options of `check`, as commander leaves them. */
interface CheckOptions extends GateFlags {
  readonly format: readonly string[];
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
  readonly force?: boolean;
  readonly explainOptions?: boolean;
}

/** Runs the command; the exit code is 0 (GO, CONDITIONAL GO, or what a gate on changes lets pass) or 1, and stands before anything is written: a reader may go away. */
export async function check(path: string, command: Command, outcome: Outcome): Promise<void> {
  const flags = command.opts<CheckOptions>();
  if (flags.explainOptions) return explainOptions(command);
  const destinations = parseDestinations(flags.format);
  const workspace = await openWorkspace(path, flags);
  const components = await wantsComponents(destinations);
  const more = components ? { components } : {};
  const report = asksForGate(flags)
    ? await (await import('../gate.ts')).judgeAtGate(path, workspace, flags, more)
    : await judgeRepository(workspace, { ...(await optionsFrom(flags, workspace)), ...more });
  outcome.exitCode = exitCodeOf(report);
  if (!showsNotes(destinations, flags)) for (const note of report.notes) complain(`note: ${visible(note)}\n`);
  await writeReports(report, destinations, canvasFor(flags), flags.force ?? false);
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

/** The terminal report on stdout prints the notes itself, unless it is to be short. */
function showsNotes(destinations: readonly Destination[], { quiet }: CheckOptions): boolean {
  return !quiet && destinations.some(({ format, file }) => format === 'terminal' && file === undefined);
}
