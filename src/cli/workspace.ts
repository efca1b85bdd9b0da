/** Opens what is judged: the repository around a path (work tree or a commit) and the further evidence roots. */
import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { InputError } from '../input-error.ts';
import { diskRepo, findRepositoryRoot } from '../repo/disk.ts';
import type { Repo } from '../repo/repo.ts';
import { siblingRepo } from '../repo/sibling.ts';
import type { Workspace } from '../run.ts';

/** Flags that bear on it. */
export interface WorkspaceFlags {
  readonly ref?: string;
  readonly evidenceRoot: readonly string[];
}

/** The workspace for a path given on the command line: a folder, or a manifest in it. */
export async function openWorkspace(path: string, flags: WorkspaceFlags): Promise<Workspace> {
  const folder = folderOf(path);
  const found = findRepositoryRoot(folder);
  const repo = flags.ref === undefined ? diskRepo(found.root) : await atCommit(found.root, flags.ref);
  const named = flags.evidenceRoot.map(parseRoot);
  return { repo, dir: found.dir, rootNamed: rootsAt(named, found.root) };
}

function folderOf(path: string): string {
  const kind = statSync(path, { throwIfNoEntry: false });
  if (!kind) throw new InputError(`there is nothing at "${path}"`, path, 'give the folder of a service or of a repository');
  if (kind.isDirectory()) return resolve(path);
  if (/gonogo\.(ya?ml|json)$/.test(basename(path))) return resolve(dirname(path));
  throw new InputError(`"${path}" is a file, not a folder`, path, 'give the folder of a service or of a repository');
}

async function atCommit(root: string, ref: string): Promise<Repo> {
  const { gitTreeRepo } = await import('../repo/git-tree.ts');
  return gitTreeRepo(root, ref);
}

function parseRoot(word: string): readonly [string, Repo] {
  const [, name = '', path = ''] = /^([^=]+)=(.+)$/s.exec(word) ?? [];
  if (name === '') throw new InputError(`"${word}" is not name=path`, '--evidence-root', 'write e.g. --evidence-root acme/platform-rules=../platform-rules');
  const kind = statSync(path, { throwIfNoEntry: false });
  if (!kind?.isDirectory()) throw new InputError(`the evidence root "${name}" is no folder: ${path}`, '--evidence-root', 'give the path of a checkout');
  return [name, diskRepo(resolve(path), { root: name })];
}

/** Evidence roots by name: those given by flag, else a sibling checkout whose own remote carries the name; opened when first asked for. */
function rootsAt(named: readonly (readonly [string, Repo])[], root: string): Workspace['rootNamed'] {
  const opened = new Map<string, Repo | undefined>(named);
  return (name) => {
    if (!opened.has(name)) opened.set(name, siblingRepo(root, name));
    return opened.get(name);
  };
}
