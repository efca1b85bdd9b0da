/** `gonogo check`: judges the service(s) at a path, writes the reports, answers with the exit code. */
import type { Command } from 'commander';
import { FORMATS } from '../../generated/formats.ts';
import type { Verdict } from '../../model.ts';
import { visible } from '../../report/escape-terminal.ts';
import type { Format } from '../../report/format.ts';
import { judgeInFull } from '../../run.ts';
import { canvasFor } from '../canvas.ts';
import { type Destination, parseDestinations, writeReports } from '../destinations.ts';
import { explainOptions, type JudgingOptions, optionsFrom } from '../options.ts';
import { placesStart } from '../places-start.ts';
import type { Outcome } from '../program.ts';
import { complain } from '../streams.ts';
import { openWorkspace } from '../workspace.ts';

const EXIT: Readonly<Record<Verdict, number>> = { GO: 0, 'CONDITIONAL GO': 0, 'NO-GO': 1 };

/** Options of `check`, as commander leaves them. */
interface CheckOptions extends JudgingOptions {
  readonly format: readonly string[];
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
  readonly force?: boolean;
  readonly explainOptions?: boolean;
}

/** Runs the command; the exit code is 0 (GO, CONDITIONAL GO) or 1 (NO-GO), and stands before anything is written: a reader may go away. */
export async function check(path: string, command: Command, outcome: Outcome): Promise<void> {
  const flags = command.opts<CheckOptions>();
  if (flags.explainOptions) return explainOptions(command);
  const destinations = parseDestinations(flags.format);
  const workspace = await openWorkspace(path, flags);
  const components = await wantsComponents(destinations);
  const options = await optionsFrom(flags, workspace);
  const { report, root } = await judgeInFull(workspace, { ...options, ...(components && { components }) });
  outcome.exitCode = EXIT[report.verdict];
  if (!showsNotes(destinations, flags)) for (const note of report.notes) complain(`note: ${visible(note)}\n`);
  await writeReports(report, destinations, canvasFor(flags), flags.force ?? false, placesStart(path, root));
}

/** Whether a format shows every locked package. Reporters are loaded anyway. */
async function wantsComponents(destinations: readonly Destination[]): Promise<boolean> {
  const formats = await Promise.all(destinations.map(({ format }) => FORMATS[format]() as Promise<Format>));
  return formats.some(({ needs }) => needs === 'components');
}

/** The terminal report on stdout prints the notes itself, unless it is to be short. */
function showsNotes(destinations: readonly Destination[], { quiet }: CheckOptions): boolean {
  return !quiet && destinations.some(({ format, file }) => format === 'terminal' && file === undefined);
}
