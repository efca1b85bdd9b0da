/** What `check` loads, built as one file: a run reads little more than this. */
import type { Command } from 'commander';
import { check as run } from './commands/check.ts';
import { guarded } from './guarded.ts';
import type { Outcome } from './program.ts';

/** `gonogo check`. */
export function check(path: string, command: Command, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => run(path, command, outcome));
}
