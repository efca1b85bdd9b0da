/** What the commands on many repositories load, built as one file. */
import type { Command } from 'commander';
import { audit as runAudit } from './commands/audit.ts';
import { merge as runMerge } from './commands/merge.ts';
import { guarded } from './guarded.ts';
import type { Outcome } from './program.ts';

/** `gonogo audit`. */
export function audit(words: readonly string[], command: Command, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runAudit(words, command, outcome));
}

/** `gonogo merge`. */
export function merge(folders: readonly string[], command: Command, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runMerge(folders, command, outcome));
}
