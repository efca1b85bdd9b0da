/** `gonogo merge`: the shards of an audit as the whole that one machine would have made. */
import type { Command } from 'commander';
import { mergeRuns } from '../../audit/merge.ts';
import { createRun } from '../../audit/run-folder.ts';
import { AUDIT_FORMATS } from '../../generated/audit-formats.ts';
import { acrossNotes, barOf, exitCodeOf, wholeAudit } from '../audit-ending.ts';
import { writeAudit } from '../audit-show.ts';
import { canvasFor } from '../canvas.ts';
import { destinationsAmong } from '../destinations.ts';
import type { Outcome } from '../program.ts';
import type { ShowFlags } from '../show.ts';
import { complain } from '../streams.ts';

/** Options of `merge`, as commander leaves them. */
interface MergeFlags extends ShowFlags {
  readonly allowMissing?: boolean;
  readonly out?: string;
}

/** Runs the command; exit codes as of `audit`. */
export async function merge(folders: readonly string[], command: Command, outcome: Outcome): Promise<void> {
  const flags = command.opts<MergeFlags>();
  const destinations = destinationsAmong(AUDIT_FORMATS, flags.format);
  const merged = mergeRuns(folders, { allowMissing: flags.allowMissing ?? false });
  try {
    if (flags.out !== undefined) keep(flags.out, merged);
    const { header, across } = merged.inventory;
    const whole = wholeAudit(header, across, merged);
    const bar = barOf(merged.inventory);
    outcome.exitCode = exitCodeOf(whole, bar);
    complain(acrossNotes(whole, bar, false));
    await writeAudit(whole, destinations, canvasFor(flags), flags.force ?? false);
  } finally {
    merged.close();
  }
}

/** A run like any other; what is missing can be judged by resuming it. */
function keep(folder: string, { inventory, rows, missing }: ReturnType<typeof mergeRuns>): void {
  const run = createRun(folder, inventory);
  try {
    for (const row of rows()) run.journal.append(row);
    if (!missing) run.journal.complete();
  } finally {
    run.close();
  }
}
