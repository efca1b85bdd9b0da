/** The commands on many repositories. */
import type { Command, Option } from 'commander';
import { AUDIT_FORMATS } from '../generated/audit-formats.ts';
import { collect, option } from './option.ts';
import type { Outcome } from './program.ts';
import { auditing } from './program-audit.ts';
import { cached } from './program-cache.ts';
import { addMerge, journaled } from './program-journal.ts';
import { remote } from './program-remote.ts';
import { shownAs } from './program-report.ts';
import { addDigest, addStore, addTrend, stored } from './program-store.ts';

/** Adds `audit`, `merge`, `store`, `trend` and `digest`; `yardstick` adds the options that every command which judges has. */
export function addEstate(program: Command, outcome: Outcome, yardstick: (command: Command) => Command): void {
  const command = program
    .command('audit')
    .argument('[targets...]', 'repositories, folders that hold them, or git addresses')
    .description('judge many repositories: what is not ready in each, and what stands across them');
  cached(stored(journaled(remote(auditing(command)))));
  yardstick(command.optionsGroup('By which yardstick:'));
  shownAs(command.optionsGroup('How it is shown:'), {
    format: `how to show it: ${Object.keys(AUDIT_FORMATS).join(', ')}`,
    otherwise: 'terminal',
    verbose: 'also what is met',
  })
    .addOption(eachFormat())
    .action(async (words: readonly string[], _options: unknown, command: Command) => {
      await (await import('./bundle-audit.ts')).audit(words, command, outcome);
    });
  addMerge(program, outcome).addOption(eachFormat());
  addStore(program, outcome);
  addTrend(program, outcome, yardstick);
  addDigest(program, outcome);
}

/** What `check` would write, for each repository: e.g. SARIF for an upload. */
function eachFormat(): Option {
  return option(
    '--each <name=folder>',
    'write a report of each repository into a folder, in a format of check; several times',
  )
    .argParser(collect)
    .default([], 'none');
}
