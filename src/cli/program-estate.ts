/** The commands on many repositories. */
import type { Command } from 'commander';
import { AUDIT_FORMATS } from '../generated/audit-formats.ts';
import type { Outcome } from './program.ts';
import { cached } from './program-cache.ts';
import { shownAs } from './program-report.ts';

/** Adds `audit`; `yardstick` adds the options that every command which judges has. */
export function addEstate(program: Command, outcome: Outcome, yardstick: (command: Command) => Command): void {
  const command = program
    .command('audit')
    .argument('[targets...]', 'repositories, or folders that hold them')
    .description('judge many repositories: what is not ready in each, and what stands across them');
  shownAs(cached(yardstick(command.optionsGroup('By which yardstick:'))).optionsGroup('How it is shown:'), {
    format: `how to show it: ${Object.keys(AUDIT_FORMATS).join(', ')}`,
    otherwise: 'terminal',
    verbose: 'also what is met',
  }).action(async (words: readonly string[], _options: unknown, command: Command) => {
    await (await import('./bundle-audit.ts')).audit(words, command, outcome);
  });
}
