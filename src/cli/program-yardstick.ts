/** The options by which yardstick a service is judged, and from which sources, for every command that judges. */
import { type Command, InvalidArgumentError, type Option } from 'commander';
import { collect, collectWords, explaining, option } from './option.ts';

/** Options that decide by which yardstick is judged. */
export function yardstick(command: Command): Command {
  return sources(organisation(circumstances(command)))
    .addOption(option('--debug', 'show where gonogo itself fails'))
    .addOption(explaining());
}

/** An organisation's own checklists. */
export function ownChecklist(): Option {
  return option('--checklist <file>', "an organisation's own checklist; several times")
    .argParser(collect)
    .default([], 'none');
}

/** As what a service is judged, and what blocks. */
function circumstances(command: Command): Command {
  return command
    .addOption(
      option('--as-of <date>', 'count ages and expiries on this day (YYYY-MM-DD)').default(undefined, 'today, in UTC'),
    )
    .addOption(
      option('--tier <1-4>', 'judge as this tier').argParser(tier).default(undefined, "the manifest's, else 3"),
    )
    .addOption(
      option('--stage <stage>', 'judge as at this stage')
        .choices(['design', 'build', 'beta', 'live', 'sunset'])
        .default(undefined, "the manifest's, else live"),
    )
    .addOption(
      option('--profile <profile>', 'judge by this trade-off')
        .choices(['stability', 'balanced', 'flexibility'])
        .default(undefined, "the manifest's, else balanced"),
    )
    .addOption(
      option('--only <rules>', 'only these rules or areas, comma-separated; several times')
        .argParser(collectWords)
        .default([], 'all'),
    )
    .addOption(
      option('--fail-on <severity>', 'lowest severity that blocks')
        .choices(['critical', 'major', 'standard', 'none'])
        .default('major'),
    )
    .addOption(
      option('--scope <workloads>', "which workloads are judged: the service's own in production, or every one found")
        .choices(['production', 'all'])
        .default('production'),
    );
}

/** What an organisation brings: its rules, and checkouts of what is kept elsewhere. */
function organisation(command: Command): Command {
  return command
    .addOption(
      option('--policy <file>', "an organisation's policy").default(
        undefined,
        'gonogo.policy.yaml at the root, which may only tighten',
      ),
    )
    .addOption(ownChecklist())
    .addOption(
      option(
        '--evidence-root <name=path>',
        'a checkout that claims of the form repo:name//path are looked up in; several times',
      )
        .argParser(collect)
        .default([], 'none'),
    );
}

/** Where data on packages and on what runs comes from. */
function sources(command: Command): Command {
  return command
    .addOption(
      option('--db <folder>', 'where the data on advisories is').default(undefined, "the user's cache, gonogo/db"),
    )
    .addOption(option('--online', 'ask OSV.dev and registries about packages that are known to be public'))
    .addOption(
      option('--public-host <hosts>', 'hosts of registries, as lockfiles name them, whose packages everybody knows')
        .argParser(collectWords)
        .default([], 'none'),
    )
    .addOption(
      option('--registry <ecosystem=address>', 'whom --online asks for releases, e.g. npm=https://…; several times')
        .argParser(collect)
        .default([], 'deps.dev, for the six ecosystems that it serves'),
    )
    .addOption(
      option(
        '--live [what=address]',
        'ask running systems: ready=, alive=, prometheus=, alertmanager=https://…, pagerduty=, opsgenie=<schedule>, or `manifest` for what it names; several times',
      )
        .argParser(collectWords)
        .preset('')
        .default(undefined, 'nothing that runs is asked'),
    );
}

function tier(value: string): number {
  if (!/^[1-4]$/.test(value))
    throw new InvalidArgumentError('It is a number from 1 (customer-critical) to 4 (experimental).');
  return Number(value);
}
