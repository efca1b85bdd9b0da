/** The options of the command for whoever writes rules of an organisation's own. */
import type { Command } from 'commander';
import type { TestRulesFlags } from './commands/test-rules.ts';
import type { Outcome } from './program.ts';

/** Adds `test-rules`. */
export function addOwnRules(program: Command, outcome: Outcome): void {
  program
    .command('test-rules')
    .argument('<folder>', 'folder with checklists (*.yaml) and a page <area>/<rule>.md for each of their rules')
    .description("run the example pages of an organisation's own rules: exit code 0, or 1 where one does not hold")
    .option('--update', "rewrite the pages' answers to what is answered today")
    .action(async (folder: string, flags: TestRulesFlags) => {
      await (await import('./bundle-own-rules.ts')).testRules(folder, flags, outcome);
    });
}
