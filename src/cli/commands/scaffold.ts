/** `gonogo scaffold`: writes a document to begin with; never over one that exists unless told to, never out of the repository. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { CHECKLISTS } from '../../generated/checklists.ts';
import { InputError } from '../../input-error.ts';
import { findRepositoryRoot } from '../../repo/disk.ts';
import { asInputError, writeFileSafely } from '../../repo/write.ts';
import { visible } from '../../report/escape-terminal.ts';
import type { KindName } from '../../scaffold/kinds.ts';
import { type Begun, scaffold as begin } from '../../scaffold/scaffold.ts';
import { asOfFrom } from '../options.ts';
import { complain, print } from '../streams.ts';
import { folderOf, openWorkspace, pathInRepository, refuseBare } from '../workspace.ts';

/** Flags of `scaffold`. */
export interface ScaffoldFlags {
  readonly in: string;
  readonly stdout?: boolean;
  readonly force?: boolean;
  readonly asOf?: string;
}

/** Writes the document, or prints it. */
export async function scaffold(kind: KindName, name: string | undefined, flags: ScaffoldFlags): Promise<void> {
  const folder = folderOf(flags.in);
  if (!flags.stdout) refuseBare(folder, flags.in);
  const workspace = await openWorkspace(flags.in, { evidenceRoot: [] });
  const begun = await begin(workspace, kind, name, asOfFrom(flags.asOf));
  if (flags.stdout) return print(begun.text);
  const target = join(findRepositoryRoot(folder).root, begun.root, begun.path);
  makeFolder(dirname(target), folder);
  writeFileSafely(target, begun.text, { force: flags.force ?? false });
  complain(`wrote ${visible(relative('.', target))}: ${next(begun)}\n`);
}

/** The folder and those around it that are missing; the first that exists has to be one of the repository's own. */
function makeFolder(wanted: string, folder: string): void {
  let there = wanted;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  if (pathInRepository(there, folder) === undefined)
    throw new InputError(
      `"${there}" leads out of the repository`,
      there,
      'give a folder of the repository in the manifest',
    );
  try {
    mkdirSync(wanted, { recursive: true });
  } catch (error) {
    throw asInputError(error, wanted);
  }
}

function next({ unnamed, rule, path }: Begun): string {
  const judged = CHECKLISTS.some(({ rules }) => rules.some(({ id }) => id === rule));
  const left = judged ? `; until then \`gonogo check --only ${rule}\` refuses it` : '';
  const claim = unnamed === undefined ? '' : `\n  name its place in gonogo.yaml: ${unnamed} (${visible(path)})`;
  return `fill in what is marked TODO${left}${claim}`;
}
