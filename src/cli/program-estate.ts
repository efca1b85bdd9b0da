/** The commands on many repositories. */
import type { Command } from 'commander';
import { AUDIT_FORMATS } from '../generated/audit-formats.ts';
import type { Outcome } from './program.ts';
import { auditing } from './program-audit.ts';
import { shownAs } from './program-report.ts';

/** Adds `audit`; `yardstick` adds the options that every command which judges has. */
export function addEstate(program: Command, outcome: Outcome, yardstick: (command: Command) => Command): void {
  const command = auditing(
    program
      .command('audit')
      .argument('[targets...]', 'repositories, folders that hold them, or git addresses')
      .description('judge many repositories: what is not ready in each, and what stands across them'),
  );
  shownAs(yardstick(command.optionsGroup('By which yardstick:')).optionsGroup('How it is shown:'), {
    format: `how to show it: ${Object.keys(AUDIT_FORMATS).join(', ')}`,
    otherwise: 'terminal',
    verbose: 'also what is met',
  }).action(async (words: readonly string[], _options: unknown, command: Command) => {
    await (await import('./bundle-audit.ts')).audit(words, command, outcome);
  });
}
