/** Audits kept over time: where, and the commands that show what got better and what got worse. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isDate } from '../dates.ts';
import { TREND_FORMATS } from '../generated/trend-formats.ts';
import { WEEK } from '../trends/window.ts';
import { option } from './option.ts';
import type { Outcome } from './program.ts';
import { shownAs } from './program-report.ts';

/** Where runs are kept. */
function storeOption(): Option {
  return option(
    '--store <where>',
    'where audits are kept over time: a folder, or a database as postgres://user@host/database, whose password is in PGPASSWORD or ~/.pgpass',
  ).default(undefined, 'nowhere');
}

/** Adds `--store`. */
export function stored(command: Command): Command {
  return command.addOption(storeOption());
}

/** Adds `store push` and `store list`. */
export function addStore(program: Command, outcome: Outcome): void {
  const store = program
    .command('store')
    .description('audits that are kept over time, in a folder or in PostgreSQL')
    .helpCommand('help [command]', 'print help for a command');
  store
    .command('push')
    .argument('<runs...>', 'folders of runs (all shards of one), or one audit as JSON Lines')
    .description('keep an audit in the store: whole or not at all, and once however often')
    .addOption(storeOption())
    .action(async (words: readonly string[], _options: unknown, command: Command) => {
      await (await import('./bundle-store.ts')).push(words, command, outcome);
    });
  store
    .command('list')
    .description('the audits that the store holds, the oldest first')
    .addOption(storeOption())
    .addOption(new Option('--format <name>', 'table or json').choices(['table', 'json']).default('table'))
    .action(async (_options: unknown, command: Command) => {
      await (await import('./bundle-store.ts')).list(command, outcome);
    });
}

/** Adds `trend`. */
export function addTrend(program: Command, outcome: Outcome, yardstick: (command: Command) => Command): void {
  const command = program
    .command('trend')
    .argument('[path]', 'with --git: folder of the service, or of a repository with several', '.')
    .description(
      'what got better and what got worse: between the audits of a store, or along the commits of one repository',
    )
    .optionsGroup('What is compared:')
    .addOption(storeOption().conflicts('git'))
    .addOption(
      option('--by <what>', 'what each line of it is about').choices(['service', 'area', 'owner']).default('service'),
    )
    .addOption(
      new Option('--last <n>', 'over the last n audits').argParser(atLeastTwo).default(undefined, 'the last two'),
    )
    .addOption(
      new Option('--since <date>', 'since how things stood on this day (YYYY-MM-DD)').argParser(day).conflicts('last'),
    )
    .addOption(
      new Option(
        '--git <from..to>',
        'needs no store: judge the commits themselves, each as of its own day, by the rules of today',
      ),
    )
    .addOption(
      new Option('--samples <n>', 'with --git: commits to judge before it is searched where rules turned')
        .argParser(atLeastTwo)
        .default(undefined, '20'),
    );
  shownAs(yardstick(command.optionsGroup('By which yardstick, with --git:')).optionsGroup('How it is shown:'), {
    format: `how to show it: ${Object.keys(TREND_FORMATS).join(', ')}`,
    otherwise: 'terminal',
    verbose: 'all rows and rules',
  }).action(async (path: string, _options: unknown, trend: Command) => {
    await (await import('./bundle-store.ts')).trend(path, trend, outcome);
  });
}

/** Adds `digest`. */
export function addDigest(program: Command, outcome: Outcome): void {
  program
    .command('digest')
    .description('a week of an estate in one page for the operations meeting, from the audits of a store')
    .addOption(storeOption())
    .addOption(
      new Option(
        '--since <time>',
        'hold it against the newest audit that is at least that old, e.g. 14d, or of that day',
      ).default(`${WEEK}d`),
    )
    .addOption(option('--policy <file>', "an organisation's policy, for its campaigns").default(undefined, 'none'))
    .addOption(new Option('--format <name>', 'how to write it').choices(['markdown', 'html']).default('markdown'))
    .addOption(new Option('--out <file>', 'write it into this file').default(undefined, 'stdout'))
    .addOption(new Option('--force', 'overwrite a file that exists'))
    .action(async (_options: unknown, command: Command) => {
      await (await import('./bundle-store.ts')).digest(command, outcome);
    });
}

function atLeastTwo(value: string): number {
  if (!/^\d{1,4}$/.test(value) || Number(value) < 2) throw new InvalidArgumentError('It is a number from 2 to 9999.');
  return Number(value);
}

function day(value: string): string {
  if (!isDate(value)) throw new InvalidArgumentError('It is a day, e.g. 2026-11-16.');
  return value;
}
