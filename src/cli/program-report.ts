/** How a report is shown: the options that every command that shows one has, and the command that only does that. */
import { type Command, Option } from 'commander';
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

/** Options that decide how a report is shown. */
export function showing(command: Command): Command {
  return command
    .optionsGroup('How it is shown:')
    .addOption(
      option(
        '--format <name[=file]>',
        `how to show it: ${Object.keys(FORMATS).join(', ')}; several times, each but one to a file`,
      )
        .argParser(collect)
        .default([], 'terminal'),
    )
    .addOption(option('-q, --quiet', 'only the verdict and what blocks'))
    .addOption(option('--verbose', 'also what passed, with its evidence, and the scope by which one problem is waived'))
    .addOption(option('--color', 'colour even where stdout is no terminal'))
    .addOption(option('--no-color', 'no colour'))
    .addOption(new Option('--force', 'overwrite report files that exist'));
}
