/** `gonogo init`: writes a first manifest from what the repository shows; never over one that exists unless told to. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { firstManifest } from '../../init/first-manifest.ts';
import { InputError } from '../../input-error.ts';
import { manifestsIn } from '../../manifest/discover.ts';
import type { Repo } from '../../repo/repo.ts';
import { writeFileSafely } from '../../repo/write.ts';
import { visible } from '../../report/escape-terminal.ts';
import { asOfFrom } from '../options.ts';
import { complain, print } from '../streams.ts';
import { folderOf, openWorkspace, pathInRepository, refuseBare } from '../workspace.ts';

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
  // As the user wrote it, unless they named the manifest itself.
  const target = join(folder === resolve(path) ? path : folder, 'gonogo.yaml');
  if (!options.stdout) refuseBare(folder, path);
  const { repo, dir } = await openWorkspace(path, { evidenceRoot: [] });
  refuseOther(repo, dir);
  if (!options.stdout && !options.force && existsSync(target)) {
    const hint = '--stdout prints a new one beside it, --force overwrites it';
    throw new InputError(`${target} exists and is left as it is`, target, hint);
  }
  const from = options.from === undefined ? undefined : catalogueFile(options.from, folder);
  const day = asOfFrom(undefined);
  const first = await firstManifest(repo, dir, {
    asOf: day,
    schema: schemaFrom(dir),
    ...(from !== undefined && { from }),
  });
  for (const note of first.notes) complain(`note: ${visible(note)}\n`);
  if (options.stdout) return print(first.text);
  writeFileSafely(target, first.text, { force: options.force ?? false });
  const next = path === '.' ? 'gonogo check' : `gonogo check ${path}`;
  complain(`wrote ${visible(target)}: read it, correct the guesses, then run \`${visible(next)}\`\n`);
  await warnIfHidden(path, first.path);
}

/** A second manifest under another name would make both invalid. */
function refuseOther(repo: Repo, dir: string): void {
  const own = dir === '' ? 'gonogo.yaml' : `${dir}/gonogo.yaml`;
  const other = manifestsIn(repo, dir).find((it) => it !== own);
  if (other === undefined) return;
  const hint = 'remove it, or correct it by hand; nothing was written';
  throw new InputError(`${other} is this service's manifest already`, other, hint);
}

async function warnIfHidden(path: string, manifest: string): Promise<void> {
  const { repo } = await openWorkspace(path, { evidenceRoot: [] });
  if (repo.list().files.some((file) => file.path === manifest)) return;
  complain('note: .gitignore hides gonogo.yaml, so `gonogo check` does not see it; add `!gonogo.yaml` there\n');
}

/** The file named on the command line, from here or from the service's folder, as a path in its repository. */
function catalogueFile(given: string, folder: string): string {
  const found = [resolve(given), resolve(folder, given)].find((it) => existsSync(it));
  const example = 'give the path of a catalogue file, e.g. catalog-info.yaml';
  if (found === undefined) throw new InputError(`there is no file "${given}"`, '--from', example);
  if (!statSync(found).isFile()) throw new InputError(`"${given}" is not a file`, '--from', example);
  const path = pathInRepository(found, folder);
  if (path !== undefined) return path;
  throw new InputError(
    `"${given}" is outside this repository`,
    '--from',
    'give a catalogue file of the same repository',
  );
}

/** Where an editor finds the schema, from the manifest's folder. */
function schemaFrom(dir: string): string {
  const up = dir === '' ? './' : '../'.repeat(dir.split('/').length);
  return `${up}${SCHEMA}`;
}
