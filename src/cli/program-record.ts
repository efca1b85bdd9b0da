/** The options about records of decisions: what `check` writes, and `verify`, which holds a record to what is deployed. */
import { type Command, Option } from 'commander';
import type { VerifyFlags } from './commands/verify.ts';
import { collect, option } from './option.ts';
import type { Outcome } from './program.ts';

/** Adds to `check` what it records. */
export function recording(command: Command): Command {
  return command
    .optionsGroup('Record of the decision:')
    .addOption(
      option('--record <file>', 'write a record that binds the verdict to artefacts (in-toto)').default(
        undefined,
        'none',
      ),
    )
    .addOption(artifact('what the record is about'))
    .addOption(
      option('--sign-key <file>', 'sign the record with this private key (Ed25519, PEM)').default(
        undefined,
        'not signed',
      ),
    );
}

/** Adds `verify`. */
export function addVerify(program: Command, outcome: Outcome): void {
  program
    .command('verify')
    .argument('<record>', 'file that `check --record` wrote')
    .description(
      'whether the record of a decision still allows what is to be deployed: exit code 0 valid, 1 refused, 2 unreadable',
    )
    .addOption(artifact('what is to be deployed'))
    .addOption(
      option('--verify-key <file>', 'public key of whoever has to have signed it (PEM)').default(
        undefined,
        'the signature is not checked',
      ),
    )
    // No variable sets it: one that was left over from a check would bring waivers back to life.
    .addOption(new Option('--as-of <date>', 'day it has to hold on (YYYY-MM-DD)').default(undefined, 'today, in UTC'))
    .addOption(option('--max-age <days>', 'most days since it was judged, e.g. 30d').default(undefined, 'any'))
    .addOption(
      option('--require <verdict>', 'the least verdict').choices(['GO', 'CONDITIONAL GO']).default('CONDITIONAL GO'),
    )
    .addOption(option('--report <file>', 'the JSON report it was made from').default(undefined, 'not compared'))
    .addOption(new Option('--allow-dirty', 'also where no commit is named, or files may have differed from it'))
    .addOption(
      new Option(
        '--allow-overrides',
        'also where --only, --fail-on, --tier, --stage, --profile or --scope changed the yardstick',
      ),
    )
    .action(async (path: string, flags: VerifyFlags) => {
      await (await import('./bundle-others.ts')).verify(path, flags, outcome);
    });
}

function artifact(what: string): Option {
  return option(
    '--artifact <digest>',
    `${what}: sha256:…, sha512:… or file:PATH, each after name= if it has one; several times`,
  )
    .argParser(collect)
    .default([], 'none');
}
