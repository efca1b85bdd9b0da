/** The options of an audit about repositories that lie elsewhere. */
import { type Command, InvalidArgumentError } from 'commander';
import { collect, option } from './option.ts';

/** Adds whose repositories are listed, and how they are fetched. */
export function remote(command: Command): Command {
  return command
    .optionsGroup('Repositories that lie elsewhere:')
    .addOption(
      option('--github-org <name>', 'every repository of an organisation or a user at GitHub; several times')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      option('--github-url <address>', 'a GitHub server of your own, e.g. https://…').default(
        undefined,
        'GitHub itself',
      ),
    )
    .addOption(
      option('--gitlab-group <path>', 'every project of a group and its subgroups at GitLab; several times')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      option('--gitlab-url <address>', 'a GitLab server of your own, e.g. https://…').default(
        undefined,
        'GitLab itself',
      ),
    )
    .addOption(option('--archived', 'also repositories that are archived there'))
    .addOption(option('--forks', 'also repositories that were forked from elsewhere'))
    .addOption(
      option('--clones <folder>', 'where bare clones are kept between audits').default(
        undefined,
        "the user's cache, gonogo/clones",
      ),
    )
    .addOption(
      option('--history <commits>', 'commits that are fetched; some rules need more than one')
        .argParser(commits)
        .default(1, '1'),
    );
}

function commits(value: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('It is a number from 1 to 999999.');
  return Number(value);
}
