/** The commands about what changed: `diff` between two states, and the `baseline` that a gate starts from; and what `check` gates on. */
import { type Command, Option } from 'commander';
import type { BaselineFlags } from './commands/baseline.ts';
import type { DiffOptions } from './commands/diff.ts';
import { option } from './option.ts';
import type { Outcome } from './program.ts';
import { shownAs } from './program-report.ts';

/** The options by which `check` passes or fails for what changed, whatever the verdict is. */
export function gating(command: Command): Command {
  return command
    .optionsGroup('Gate on changes, whatever the verdict is:')
    .addOption(
      option(
        '--since <ref>',
        'gate on what got worse since the merge base with a branch, tag or commit; policy and baseline are the ones it has now',
      ).default(undefined, 'gate on the verdict'),
    )
    .addOption(
      option('--baseline <file>', 'gate on what blocks and is not in this file, which `gonogo baseline` wrote').default(
        undefined,
        'none; a file in the repository is never taken unasked',
      ),
    )
    .addOption(option('--ratchet', 'with --baseline: entries that are fixed and still in the file fail the gate'))
    .addOption(
      option('--policy-ref <ref>', "take the repository's own policy, and the baseline, from this commit").default(
        undefined,
        'from what is judged',
      ),
    );
}

/** Adds `diff` and `baseline`; `yardstick` adds the options by which both judge. */
export function addGates(program: Command, outcome: Outcome, yardstick: (command: Command) => Command): void {
  const diff = yardstick(
    program
      .command('diff')
      .argument('<a>', 'before: a stored JSON report, else a folder, else a commit of the repository here')
      .argument('<b>', 'after: the same'),
  )
    .description('what got worse and what got better from one state to another')
    .addOption(option('--fail-on-worse', 'exit code 1 where something that blocks got worse'));
  shownAs(diff, {
    format: 'how to report',
    otherwise: 'terminal, the change alone',
    quiet: 'only what got worse and blocks',
    verbose: 'also the whole report of the state after',
  }).action(async (a: string, b: string, flags: DiffOptions) => {
    await (await import('./bundle-others.ts')).diff(a, b, flags, outcome);
  });
  yardstick(
    program.command('baseline').argument('[path]', 'folder of the service, or of a repository with several', '.'),
  )
    .description('write down what blocks today, so that `check --baseline` asks only about what is new')
    .addOption(
      new Option('--file <file>', 'the file to write').default(undefined, 'gonogo.baseline.json in that folder'),
    )
    .addOption(new Option('--accept-new', 'let a baseline that is there grow'))
    .addOption(new Option('--ratchet', 'only take out what is fixed'))
    .action(async (path: string, flags: BaselineFlags) => {
      await (await import('./bundle-others.ts')).baseline(path, flags, outcome);
    });
}
