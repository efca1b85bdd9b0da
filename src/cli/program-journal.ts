/** The options by which an audit is kept, goes on, and is shared among machines; and the command that puts its parts together. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { MOST_SHARDS, type Shard, shardFrom } from '../audit/shard.ts';
import { option } from './option.ts';
import type { Outcome } from './program.ts';
import { showingAudit } from './program-report.ts';
import { stored } from './program-store.ts';

/** Options of `audit`. */
export function journaled(command: Command): Command {
  return command
    .optionsGroup('How it is kept, goes on, and is shared:')
    .addOption(
      option('--run <folder>', 'keep the run here, so that it can be resumed and merged').default(
        undefined,
        "a new folder below the user's state, gonogo/runs",
      ),
    )
    .addOption(new Option('--resume <run>', 'go on with a run: judge what is missing, by the flags it was begun with'))
    .addOption(
      new Option('--retry-failed', 'with --resume: also what was out of reach, took too long or too much, or failed'),
    )
    .addOption(
      option('--shard <i/n>', 'only the i-th of n parts of the list; `gonogo merge` puts them together')
        .argParser(shard)
        .default(undefined, 'all of it'),
    );
}

/** Adds `merge`; the command. */
export function addMerge(program: Command, outcome: Outcome): Command {
  const command = program
    .command('merge')
    .argument('<runs...>', 'folders of runs, as `gonogo audit --run` writes them')
    .description('put the shards of an audit together and show it; exit code as of audit, 2 where a part is missing')
    .option('--allow-missing', 'show what there is, and say what is missing')
    .option('--out <folder>', 'keep what they come to as a run');
  return showingAudit(stored(command)).action(async (folders: readonly string[], _options: unknown, merge: Command) => {
    await (await import('./bundle-audit.ts')).merge(folders, merge, outcome);
  });
}

function shard(value: string): Shard {
  const made = shardFrom(value);
  if (made) return made;
  throw new InvalidArgumentError(`It is i/n, from 1/1 to ${MOST_SHARDS}/${MOST_SHARDS}, e.g. 2/4.`);
}
