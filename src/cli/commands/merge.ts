/** `gonogo merge`: the shards of an audit as the whole that one machine would have made. */
import type { Command } from 'commander';
import { type Merged, mergeRuns } from '../../audit/merge.ts';
import { createRun } from '../../audit/run-folder.ts';
import { barOf } from '../audit-ending.ts';
import { outputFor } from '../audit-output.ts';
import type { Outcome } from '../program.ts';

/** Options of `merge` besides those of its output, as commander leaves them. */
interface MergeFlags {
  readonly allowMissing?: boolean;
  readonly out?: string;
}

/** Runs the command; exit codes as of `audit`, and 2 where a part is missing. */
export async function merge(folders: readonly string[], command: Command, outcome: Outcome): Promise<void> {
  const { allowMissing = false, out } = command.opts<MergeFlags>();
  const output = await outputFor(command);
  const merged = mergeRuns(folders, { allowMissing });
  try {
    const { inventory, rows, missing } = merged;
    const { header, across, targets } = inventory;
    await output.refuse(targets, missing);
    if (out !== undefined) keep(out, merged);
    const runs = out === undefined ? folders : [out];
    const bar = barOf(inventory);
    await output.write({ header, across, rows, runs, bar, isPart: false, ...(missing && { missing }) }, outcome);
  } finally {
    merged.close();
    await output.close();
  }
}

/** A run like any other; what is missing can be judged by resuming it. */
function keep(folder: string, { inventory, rows, missing }: Merged): void {
  const run = createRun(folder, inventory);
  try {
    for (const row of rows()) run.journal.append(row);
    if (!missing) run.journal.complete();
  } finally {
    run.close();
  }
}
