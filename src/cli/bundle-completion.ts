/** What `completion` loads, built as one file. */
import type { Command } from 'commander';
import { completion as run, type Shell } from './commands/completion.ts';
import { guarded } from './guarded.ts';
import type { Outcome } from './program.ts';

/** `gonogo completion`. */
export function completion(shell: Shell, program: Command, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => run(shell, program));
}
