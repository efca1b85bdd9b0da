/** What the commands on a store load, built as one file. */
import type { Command } from 'commander';
import { digest as runDigest } from './commands/digest.ts';
import { list as runList, push as runPush } from './commands/store.ts';
import { trend as runTrend } from './commands/trend.ts';
import { guarded } from './guarded.ts';
import type { Outcome } from './program.ts';

/** `gonogo store push`. */
export function push(words: readonly string[], command: Command, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runPush(words, command));
}

/** `gonogo store list`. */
export function list(command: Command, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runList(command));
}

/** `gonogo trend`. */
export function trend(path: string, command: Command, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runTrend(path, command));
}

/** `gonogo digest`. */
export function digest(command: Command, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runDigest(command));
}
