/** The options of `gonogo db`, which keeps the data on advisories. */
import type { Command } from 'commander';
import type { BuildFlags, ExportFlags, ImportFlags, StatusFlags, UpdateFlags } from './commands/db.ts';
import { collectWords, option } from './option.ts';
import type { Outcome } from './program.ts';

/** Adds `db` and its commands. */
export function addDatabase(program: Command, outcome: Outcome): void {
  const db = program.command('db').description('the data on advisories that checks look packages up in');
  kept(db.command('status'))
    .description('what there is, from when and from whom')
    .action(async (flags: StatusFlags) => (await import('./bundle-db.ts')).status(flags, outcome));
  about(kept(db.command('update')))
    .description('fetch what is new; the only command that uses the network without being asked to')
    .addOption(
      option('--from <url|folder>', 'a mirror, laid out as {ecosystem}/all.zip').default(
        undefined,
        'the public services',
      ),
    )
    .action(async (flags: UpdateFlags) => (await import('./bundle-db.ts')).update(flags, outcome));
  dated(about(kept(db.command('import').argument('<path...>', 'dumps, folders of OSV records, exported databases'))))
    .description('take data in that somebody brings')
    .action(async (paths: readonly string[], flags: ImportFlags) =>
      (await import('./bundle-db.ts')).importFrom(paths, flags, outcome),
    );
  kept(db.command('export').argument('<file>', 'zip to write'))
    .description('write all data to one file, for where there is no network')
    .option('--force', 'overwrite a file that exists')
    .action(async (file: string, flags: ExportFlags) =>
      (await import('./bundle-db.ts')).exportTo(file, flags, outcome),
    );
  dated(about(db.command('build').argument('<path...>', 'dumps or folders of OSV records')))
    .description('build the files of a database, the same bytes from the same records')
    .requiredOption('--out <folder>', 'where to write them')
    .action(async (paths: readonly string[], flags: BuildFlags) =>
      (await import('./bundle-db.ts')).build(paths, flags, outcome),
    );
}

function kept(command: Command): Command {
  return command.addOption(
    option('--db <folder>', 'where the data is').default(undefined, "the user's cache, gonogo/db"),
  );
}

/** What is taken in, and how carefully. */
function about(command: Command): Command {
  return command
    .addOption(
      option('--ecosystem <names>', 'only these, comma-separated, e.g. npm,PyPI; several times')
        .argParser(collectWords)
        .default([], 'all that there are'),
    )
    .addOption(option('--malware', 'the lists of malicious packages as well, which are many times larger'))
    .option('--force', 'even where much would be lost, or newer data replaced by older');
}

function dated(command: Command): Command {
  return command.addOption(
    option('--as-of <date>', 'day up to which the records are complete (YYYY-MM-DD)').default(
      undefined,
      'the day of the newest change',
    ),
  );
}
