/** The options of the cache of rows. */
import type { Command } from 'commander';
import { option } from './option.ts';

/** Adds `--cache` and `--no-cache`. */
export function cached(command: Command): Command {
  return command
    .addOption(
      option('--cache <folder>', 'where what is judged is kept, so that it need not be judged again').default(
        undefined,
        "the user's cache, gonogo/rows",
      ),
    )
    .addOption(option('--no-cache', 'judge every repository anew, and keep nothing'));
}
