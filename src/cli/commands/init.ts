/** `gonogo init`: writes a first manifest from what the repository shows; never over one that exists unless told to. */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { InputError } from '../../input-error.ts';
import { observe } from '../../init/observe.ts';
import { propose } from '../../init/propose.ts';
import { writeFileSafely } from '../../repo/write.ts';
import { asOfFrom } from '../options.ts';
import { complain, print } from '../streams.ts';
import { openWorkspace } from '../workspace.ts';

/** The schema as the package installs it at the repository's root. */
const SCHEMA = 'node_modules/gonogo/schemas/service.schema.json';

/** Flags of `init`. */
export interface InitOptions {
  readonly stdout?: boolean;
  readonly from?: string;
  readonly force?: boolean;
}

/** Writes `gonogo.yaml` into the folder, or prints it. */
export async function init(path: string, options: InitOptions): Promise<void> {
  const target = join(path, 'gonogo.yaml');
  if (!options.stdout && !options.force && existsSync(target)) {
    throw new InputError(`${target} exists and is left as it is`, target, '--stdout prints a new one beside it, --force overwrites it');
  }
  const workspace = await openWorkspace(path, { evidenceRoot: [] });
  const from = options.from === undefined ? undefined : relative(resolve(path), resolve(path, options.from)).replaceAll('\\', '/');
  const text = propose(await observe(workspace.repo, workspace.dir, { asOf: asOfFrom(undefined), ...(from !== undefined && { from }) }), schemaFrom(workspace.dir));
  if (options.stdout) return print(text);
  writeFileSafely(target, text, { force: options.force ?? false });
  complain(`wrote ${target}: read it, correct the guesses, then run \`gonogo check ${path}\`\n`);
}

/** Where an editor finds the schema, from the manifest's folder. */
function schemaFrom(dir: string): string {
  const up = dir === '' ? './' : '../'.repeat(dir.split('/').length);
  return `${up}${SCHEMA}`;
}
