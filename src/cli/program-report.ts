/** How a report is shown: the options that every command that shows one has, and the command that only does that. */
import { type Command, Option } from 'commander';
import { AUDIT_FORMATS } from '../generated/audit-formats.ts';
import { FORMATS } from '../generated/formats.ts';
import { collect, option } from './option.ts';
import type { Outcome } from './program.ts';
import type { ShowFlags } from './show.ts';

/** Adds `report`. */
export function addReport(program: Command, outcome: Outcome): void {
  showing(program.command('report').argument('<file>', 'a report that check wrote as JSON; - for stdin'))
    .description('show a stored report in any format; exit code 0 whatever its verdict, 2 where it cannot be read')
    .action(async (file: string, flags: ShowFlags) => {
      await (await import('./bundle-report.ts')).report(file, flags, outcome);
    });
}

/** Options that decide how an audit is shown, in a group of their own. */
export function showingAudit(command: Command): Command {
  return shownAs(command.optionsGroup('How it is shown:'), {
    format: `how to show it: ${Object.keys(AUDIT_FORMATS).join(', ')}`,
    otherwise: 'terminal',
    quiet: 'only the totals and what was not judged',
    verbose: 'every place, problem and note in full',
  });
}

/** Options that decide how a report is shown, in a group of their own. */
export function showing(command: Command): Command {
  return shownAs(command.optionsGroup('How it is shown:'), {
    format: `how to show it: ${Object.keys(FORMATS).join(', ')}`,
    otherwise: 'terminal',
    quiet: 'only the verdict and what blocks',
    verbose: 'also what passed, with its evidence, and the scope by which one problem is waived',
  });
}

/** The same options, in the words of a command; without those for `quiet` it has no such option. */
export function shownAs(
  command: Command,
  words: { readonly format: string; readonly otherwise: string; readonly quiet?: string; readonly verbose: string },
): Command {
  command.addOption(
    option('--format <name[=file]>', `${words.format}; several times, each but one to a file`)
      .argParser(collect)
      .default([], words.otherwise),
  );
  if (words.quiet !== undefined) command.addOption(option('-q, --quiet', words.quiet));
  return command
    .addOption(option('--verbose', words.verbose))
    .addOption(option('--color', 'colour even where stdout is no terminal'))
    .addOption(option('--no-color', 'no colour'))
    .addOption(new Option('--force', 'overwrite report files that exist'));
}
