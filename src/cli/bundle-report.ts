/** What `report` loads, built as one file. */
import { report as run } from './commands/report.ts';
import { guarded } from './guarded.ts';
import type { Outcome } from './program.ts';
import type { ShowFlags } from './show.ts';

/** `gonogo report`. */
export function report(file: string, flags: ShowFlags, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => run(file, flags));
}
