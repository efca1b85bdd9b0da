/** The options of the commands for operating a service: the card for an alert, and documents to begin with. */
import { Argument, type Command, Option } from 'commander';
import type { KindName } from '../scaffold/kinds.ts';
import type { ScaffoldFlags } from './commands/scaffold.ts';
import { collect, explaining, option } from './option.ts';
import type { Outcome } from './program.ts';

/** Adds `page` and `scaffold`. */
export function addOperating(program: Command, outcome: Outcome): void {
  program
    .command('page')
    .argument('<alert>', "an alert's name, a part of it, or the line of a notification")
    .argument('[path]', 'folder of the service, or of a repository with several', '.')
    .description('what to know about an alert at night: its meaning, its runbook, the query, whom to call')
    .addOption(
      option('--evidence-root <name=path>', 'a checkout in which runbooks are kept; several times')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option('--format <name>', 'terminal or markdown').choices(['terminal', 'markdown']).default('terminal'),
    )
    .addOption(
      option(
        '--policy <file>',
        "an organisation's policy, which says what its severities mean and whom they wake",
      ).default(undefined, 'gonogo.policy.yaml at the root'),
    )
    .addOption(option('--ref <commit>', 'read a commit, branch or tag').default(undefined, 'the work tree'))
    .addOption(option('--color', 'colour even where stdout is no terminal'))
    .addOption(option('--no-color', 'no colour'))
    .addOption(explaining())
    .action(async (alert: string, path: string, _options: unknown, command: Command) => {
      await (await import('./bundle-others.ts')).page(alert, path, command, outcome);
    });
  program
    .command('scaffold')
    .addArgument(new Argument('<kind>', 'what to begin').choices(KIND_NAMES))
    .argument('[name]', 'what it is about: an alert, a failure mode, an incident; else the service')
    .description('write a document to begin with, filled with what is known; the rules refuse it until it is done')
    .option('--in <folder>', 'folder of the service', '.')
    .option('--stdout', 'print it instead of writing it')
    .option('--force', 'overwrite a document that exists')
    .addOption(option('--as-of <date>', 'day it is written on').default(undefined, 'today, in UTC'))
    .action(async (kind: KindName, name: string | undefined, flags: ScaffoldFlags) => {
      await (await import('./bundle-others.ts')).scaffold(kind, name, flags, outcome);
    });
}

/** The kinds again, because `--help` loads no templates; a type holds both lists together. */
const KIND_NAMES: readonly KindName[] = Object.keys({
  runbook: 0,
  postmortem: 0,
  'threat-model': 0,
  drill: 0,
  handover: 0,
  'debt-log': 0,
  'ops-stats': 0,
} satisfies Readonly<Record<KindName, 0>>) as readonly KindName[];
