/** The commands and their options. Each command's code is loaded when it runs, so that `--help` is quick. */
import { Argument, Command, Option } from 'commander';
import type { Shell } from './commands/completion.ts';
import type { RulesFlags } from './commands/rules.ts';
import type { WaiveOptions } from './commands/waive.ts';
import { EXIT_CODES, HELP } from './help.ts';
import { option } from './option.ts';
import { addDatabase } from './program-db.ts';
import { addEstate } from './program-estate.ts';
import { addGates, gating } from './program-gates.ts';
import { addOperating } from './program-operating.ts';
import { addOwnRules } from './program-own-rules.ts';
import { addVerify, recording } from './program-record.ts';
import { addReport, showing } from './program-report.ts';
import { ownChecklist, yardstick } from './program-yardstick.ts';
import { complain, print } from './streams.ts';
import { VERSION } from './version.ts';
import type { YardstickFlags } from './yardstick.ts';

/** Where a command leaves the exit code. */
export interface Outcome {
  exitCode: number;
}

/** The whole command line. */
export function buildProgram(outcome: Outcome): Command {
  const program = new Command('gonogo')
    .description(
      'Is this service ready for production, and how do we know?\nHolds what its manifest claims against what its repository shows.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .showHelpAfterError('(run `gonogo --help` for the commands, `gonogo <command> --help` for its options)')
    .configureOutput({ writeOut: print, writeErr: complain })
    .exitOverride()
    .configureHelp(HELP)
    .addHelpText('after', EXIT_CODES);
  program.commandsGroup('Judge a service:');
  addInit(program, outcome);
  addCheck(program, outcome);
  addExplain(program, outcome);
  addWaive(program, outcome);
  program.commandsGroup('Gate on changes, release, show:');
  addGates(program, outcome, yardstick);
  addVerify(program, outcome);
  addReport(program, outcome);
  program.commandsGroup('Look over many:');
  addEstate(program, outcome, yardstick);
  program.commandsGroup('Operate it, hand it over:');
  addOperating(program, outcome);
  addHandover(program, outcome);
  program.commandsGroup('Set up:').helpCommand('help [command]', 'print help for a command');
  addDatabase(program, outcome);
  addOwnRules(program, outcome);
  addCompletion(program, outcome);
  return program;
}

function addCheck(program: Command, outcome: Outcome): void {
  recording(
    gating(
      showing(
        judging(
          program.command('check').argument('[path]', 'folder of the service, or of a repository with several', '.'),
        ),
      ),
    ),
  )
    .description('judge the service(s) at a path: verdict, findings, exit code 0, 1 or 2')
    .optionsGroup('Options:')
    .addOption(
      new Option('--watch', 'judge again whenever a file is saved, and say what got better or worse; Ctrl-C ends'),
    )
    .action(async (path: string, _options: unknown, command: Command) => {
      await (await import('./bundle-check.ts')).check(path, command, outcome);
    });
}

/** Options that decide what is judged and by which yardstick. */
function judging(command: Command): Command {
  return yardstick(command.optionsGroup('What is judged, and by which yardstick:')).addOption(
    option('--ref <commit>', 'judge a commit, branch or tag from the object store instead of the work tree').default(
      undefined,
      'the work tree',
    ),
  );
}

function addHandover(program: Command, outcome: Outcome): void {
  judging(program.command('handover').argument('[path]', 'folder of the service, or of a repository with several', '.'))
    .description(
      'one page for whoever takes the service over: all that is known of it, each line verified or only declared',
    )
    .optionsGroup('How it is written:')
    .addOption(new Option('--format <name>', 'how to write it').choices(['markdown', 'html']).default('markdown'))
    .addOption(new Option('--out <file>', 'write it into this file').default(undefined, 'stdout'))
    .addOption(new Option('--force', 'overwrite a file that exists'))
    .action(async (path: string, _options: unknown, command: Command) => {
      await (await import('./bundle-handover.ts')).handover(path, command, outcome);
    });
}

function addInit(program: Command, outcome: Outcome): void {
  program
    .command('init')
    .argument('[path]', 'folder of the service', '.')
    .description('write a first gonogo.yaml from what the repository shows')
    .option('--stdout', 'print it instead of writing it')
    .option('--from <file>', 'take the identity from this catalogue file, e.g. catalog-info.yaml')
    .option('--force', 'overwrite a manifest that exists')
    .action(async (path: string, options: { stdout?: boolean; from?: string; force?: boolean }) => {
      await (await import('./bundle-others.ts')).init(path, options, outcome);
    });
}

function addExplain(program: Command, outcome: Outcome): void {
  organisations(program.command('explain').argument('<rule>', 'id of a rule, e.g. runbooks/alert-links-runbook'))
    .description('why a rule exists, how it is checked, its thresholds, how to meet it')
    .action(async (rule: string, options: YardstickFlags) => {
      await (await import('./bundle-others.ts')).explain(rule, options, outcome);
    });
  organisations(program.command('rules'))
    .description('all rules: area, severity per tier, due stage')
    .addOption(new Option('--format <name>', 'table or json').choices(['table', 'json']).default('table'))
    .action(async (options: RulesFlags) => {
      await (await import('./bundle-others.ts')).rules(options, outcome);
    });
  program
    .command('schema')
    .argument(
      '<name>',
      'service, checklist, policy, profile, waivers, ops-stats, baseline, report, decision, audit-header, audit-row or audit-run',
    )
    .description('print a JSON Schema')
    .action(async (name: string) => {
      await (await import('./bundle-others.ts')).schema(name, outcome);
    });
}

/** What an organisation adds to the rules and changes about them. */
function organisations(command: Command): Command {
  return command
    .addOption(
      option('--policy <file>', "an organisation's policy: shows what it changes, and where it says so").default(
        undefined,
        'none',
      ),
    )
    .addOption(ownChecklist());
}

function addWaive(program: Command, outcome: Outcome): void {
  program
    .command('waive')
    .argument('<rule>', 'id of the rule')
    .description('write a waiver: an agreed, owned, dated exception')
    .requiredOption('--reason <text>', 'what makes the risk acceptable until then')
    .requiredOption('--owner <who>', 'person or team that answers for it')
    .requiredOption('--expires <date>', 'last day it holds (YYYY-MM-DD)')
    .option(
      '--scope <path|fingerprint>',
      'only problems at this path, or the one that `check --verbose` shows with this scope',
    )
    .option('--approved-by <who>', 'who agreed to it')
    .option('--ticket <id>', 'where the work is tracked')
    .addOption(
      new Option('--file <file>', 'waivers file').default(
        undefined,
        'the one that check reads for the service in this folder',
      ),
    )
    .addOption(option('--as-of <date>', 'day it was agreed').default(undefined, 'today, in UTC'))
    .addOption(
      option('--policy <file>', "an organisation's policy, for its limits").default(
        undefined,
        'gonogo.policy.yaml at the root',
      ),
    )
    .addOption(ownChecklist())
    .action(async (rule: string, options: WaiveOptions) => {
      await (await import('./bundle-others.ts')).waive(rule, options, outcome);
    });
}

function addCompletion(program: Command, outcome: Outcome): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell it is for').choices(['bash', 'zsh', 'fish']))
    .description('print the script by which a shell completes commands, flags, rules and formats')
    .action(async (shell: Shell) => {
      await (await import('./bundle-others.ts')).completion(shell, program, outcome);
    });
}
