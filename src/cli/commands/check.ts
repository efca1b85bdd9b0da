/** `gonogo check`: judges the service(s) at a path, writes the reports, answers with the exit code. */
import type { Command } from 'commander';
import type { Report, Verdict } from '../../model.ts';
import { judgeRepository } from '../../run.ts';
import { canvasFor } from '../canvas.ts';
import { explainOptions, type JudgingOptions, optionsFrom } from '../options.ts';
import { parseDestinations, writeReports } from '../destinations.ts';
import { complain } from '../streams.ts';
import { openWorkspace } from '../workspace.ts';

const EXIT: Readonly<Record<Verdict, number>> = { GO: 0, 'CONDITIONAL GO': 0, 'NO-GO': 1 };

/** Options of `check`, as commander leaves them. */
export interface CheckOptions extends JudgingOptions {
  readonly format: readonly string[];
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
  readonly force?: boolean;
  readonly explainOptions?: boolean;
}

/** Runs the command; resolves to 0 (GO, CONDITIONAL GO) or 1 (NO-GO). */
export async function check(path: string, command: Command): Promise<number> {
  const flags = command.opts<CheckOptions>();
  if (flags.explainOptions) {
    explainOptions(command);
    return 0;
  }
  const destinations = parseDestinations(flags.format);
  const workspace = await openWorkspace(path, flags);
  const report = await judgeRepository(workspace, await optionsFrom(flags, workspace));
  for (const note of report.notes) complain(`note: ${note}\n`);
  await writeReports(report, destinations, canvasFor(flags), flags.force ?? false);
  return exitCode(report);
}

function exitCode(report: Report): number {
  return EXIT[report.verdict];
}
