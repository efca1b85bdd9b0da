/** What `handover` loads, built as one file. */
import type { Command } from 'commander';
import { handover as run } from './commands/handover.ts';
import { guarded } from './guarded.ts';
import type { Outcome } from './program.ts';

/** `gonogo handover`. */
export function handover(path: string, command: Command, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => run(path, command));
}
