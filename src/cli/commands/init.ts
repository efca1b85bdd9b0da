/** `gonogo init`: writes a first manifest from what the repository shows; never over one that exists unless told to. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { firstManifest } from '../../init/first-manifest.ts';
import { InputError } from '../../input-error.ts';
import { manifestsIn } from '../../manifest/discover.ts';
import { writeFileSafely } from '../../repo/write.ts';
import { visible } from '../../report/escape-terminal.ts';
import { asOfFrom } from '../options.ts';
import { complain, print } from '../streams.ts';
import { folderOf, openWorkspace, pathInRepository } from '../workspace.ts';

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
  const folder = folderOf(path);
  const target = join(path === '' || folder !== resolve(path) ? folder : path, 'gonogo.yaml');
  const { repo, dir } = await openWorkspace(path, { evidenceRoot: [] });
  const rival = manifestsIn(repo, dir).find((it) => it !== (dir === '' ? 'gonogo.yaml' : `${dir}/gonogo.yaml`));
  if (rival !== undefined)
    throw new InputError(
      `${rival} is this service's manifest already`,
      rival,
      'remove it, or correct it by hand; nothing was written',
    );
  if (!options.stdout && !options.force && existsSync(target))
    throw new InputError(
      `${target} exists and is left as it is`,
      target,
      '--stdout prints a new one beside it, --force overwrites it',
    );
  const from = options.from === undefined ? undefined : catalogueFile(options.from, folder);
  const observed = { asOf: asOfFrom(undefined), schema: schemaFrom(dir), ...(from !== undefined && { from }) };
  const { text, notes } = await firstManifest(repo, dir, observed);
  for (const note of notes) complain(`note: ${visible(note)}\n`);
  if (options.stdout) return print(text);
  writeFileSafely(target, text, { force: options.force ?? false });
  complain(
    `wrote ${target}: read it, correct the guesses, then run \`gonogo check${path === '.' ? '' : ` ${path}`}\`\n`,
  );
}

/** The file named on the command line, from here or from the service's folder, as a path in its repository. */
function catalogueFile(given: string, folder: string): string {
  const found = [resolve(given), resolve(folder, given)].find((it) => existsSync(it));
  if (found === undefined)
    throw new InputError(
      `there is no file "${given}"`,
      '--from',
      'give the path of a catalogue file, e.g. catalog-info.yaml',
    );
  const path = pathInRepository(found, folder);
  if (path === undefined)
    throw new InputError(
      `"${given}" is outside this repository`,
      '--from',
      'give a catalogue file of the same repository',
    );
  return path;
}

/** Where an editor finds the schema, from the manifest's folder. */
function schemaFrom(dir: string): string {
  const up = dir === '' ? './' : '../'.repeat(dir.split('/').length);
  return `${up}${SCHEMA}`;
}
