/** Opens what is judged: the repository around a path (work tree or a commit) and the further evidence roots. */
import { realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { InputError } from '../input-error.ts';
import { diskRepo, findRepositoryRoot } from '../repo/disk.ts';
import { headCommit, locateGit } from '../repo/git-dir.ts';
import type { Repo } from '../repo/repo.ts';
import { siblingRepo } from '../repo/sibling.ts';
import type { Workspace } from '../run.ts';
import { table } from '../table.ts';

/** Flags that bear on it. */
export interface WorkspaceFlags {
  readonly ref?: string;
  readonly evidenceRoot: readonly string[];
}

/** The workspace for a path given on the command line: a folder, a manifest in it, or a bare repository. */
export async function openWorkspace(path: string, flags: WorkspaceFlags): Promise<Workspace> {
  const { root, dir, ref } = whereabouts(path, flags.ref);
  const repo = ref === undefined ? diskRepo(root, { clock: Date.now }) : await atCommit(root, ref, '--ref');
  return { repo, dir, folder: root, ...rootsAt(flags.evidenceRoot.map(parseRoot), root) };
}

/** The repository around the same path at another commit, which a flag names. */
export async function repoAt(path: string, commit: string, flag: string): Promise<Repo> {
  return atCommit(whereabouts(path, undefined).root, commit, flag);
}

/** The folder of the repository around a path. */
export function rootOf(path: string): string {
  return whereabouts(path, undefined).root;
}

/** The repository around the same path where what is judged and `since` began to differ, and as `since` has it now. */
export async function reposSince(
  path: string,
  since: string,
  ref: string | undefined,
): Promise<{ readonly base: Repo; readonly tip: Repo }> {
  const { forkFrom } = await import('../repo/named-commit.ts');
  const at = whereabouts(path, ref);
  const fork = await forkFrom(at.root, since, at.ref);
  const base = await atCommit(at.root, fork.base, '--since');
  return { base, tip: fork.tip === fork.base ? base : await atCommit(at.root, fork.tip, '--since') };
}

/** Where a path lies, and at which commit it is judged; the work tree where no commit is given. */
function whereabouts(
  path: string,
  given: string | undefined,
): { readonly root: string; readonly dir: string; readonly ref: string | undefined } {
  const folder = folderOf(path);
  const bare = bareRepository(folder);
  const { root, dir } = bare === undefined ? findRepositoryRoot(folder) : { root: bare, dir: '' };
  return { root, dir, ref: given ?? (bare === undefined ? undefined : headOf(bare, path)) };
}

/** The folder that a path means: itself, or that of the manifest it names. */
export function folderOf(path: string): string {
  const kind = kindOf(path);
  if (!kind)
    throw new InputError(`there is nothing at "${path}"`, path, 'give the folder of a service or of a repository');
  if (kind.isDirectory()) return resolve(path);
  if (/gonogo\.(ya?ml|json)$/.test(basename(path))) return resolve(dirname(path));
  throw new InputError(`"${path}" is a file, not a folder`, path, 'give the folder of a service or of a repository');
}

const OPENING: Readonly<Record<string, string>> = table({
  EACCES: 'a folder on the way may not be entered',
  ELOOP: 'it is a link that leads to itself',
  ENAMETOOLONG: 'its name is too long',
});

function kindOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    // A file where a folder should be: later versions of Node say "nothing" by themselves.
    if (code === 'ENOTDIR') return undefined;
    const why = OPENING[code] ?? `the system says ${code}`;
    throw new InputError(`"${path}" cannot be opened: ${why}`, path, 'give the folder of a service or of a repository');
  }
}

/** A path as the repository around a folder calls it; undefined outside of it. A link is where it leads. */
export function pathInRepository(path: string, folder: string): string | undefined {
  return pathBelow(findRepositoryRoot(folder).root, kindOf(path) ? realpathSync(path) : realPath(path));
}

/** The same, but a link of the repository is itself, wherever it leads: what it is said to be is the repository's word. */
export function pathAsWritten(path: string, folder: string): string | undefined {
  const { root } = findRepositoryRoot(folder);
  const whole = resolve(path);
  for (let above = dirname(whole); above !== dirname(above); above = dirname(above))
    if (kindOf(above) && realpathSync(above) === root) return pathBelow(above, whole);
  return pathInRepository(path, folder);
}

function pathBelow(root: string, path: string): string | undefined {
  const inside = relative(root, path).split(sep).join('/');
  return inside === '..' || inside.startsWith('../') ? undefined : inside;
}

/** The path of a file that may not be there, in the real path of its folder; a link is itself. */
export function realPath(file: string): string {
  try {
    return join(realpathSync(dirname(file)), basename(file));
  } catch {
    return resolve(file);
  }
}

/** Nothing of ours may be written among git's own files. */
export function refuseBare(folder: string, path: string): void {
  if (bareRepository(folder) === undefined) return;
  throw new InputError(`"${path}" holds git's own files and no work tree to write into`, path, 'give a work tree');
}

/** The real path of a folder that is a git repository without a work tree. */
function bareRepository(folder: string): string | undefined {
  const real = realpathSync(folder);
  const located = locateGit(real);
  return located.ok && located.git.own === real ? real : undefined;
}

/** A bare repository has one state, the commit its HEAD names; git's own folder in a work tree is no repository of its own. */
function headOf(root: string, path: string): string {
  if (basename(root) === '.git')
    throw new InputError(`"${path}" is git's own folder`, path, 'give the folder around it');
  const located = locateGit(root);
  if (located.ok && !headCommit(located.git).ok)
    throw new InputError(
      `"${path}" is a bare repository, and its HEAD names no commit`,
      path,
      'give a --ref that exists, or a work tree',
    );
  return 'HEAD';
}

async function atCommit(root: string, ref: string, flag: string): Promise<Repo> {
  const { gitTreeRepo } = await import('../repo/git-tree.ts');
  return gitTreeRepo(root, ref, flag);
}

function parseRoot(word: string): readonly [string, Repo] {
  const [, name = '', path = ''] = /^([^=]+)=(.+)$/s.exec(word) ?? [];
  if (name === '')
    throw new InputError(
      `"${word}" is not name=path`,
      '--evidence-root',
      'write e.g. --evidence-root acme/platform-rules=../platform-rules',
    );
  if (!kindOf(path)?.isDirectory())
    throw new InputError(
      `the evidence root "${name}" is no folder: ${path}`,
      '--evidence-root',
      'give the path of a checkout',
    );
  return [name, diskRepo(resolve(path), { root: name })];
}

/** Evidence roots by name: those given by flag, else a sibling checkout whose own remote carries the name; opened when first asked for. */
function rootsAt(
  named: readonly (readonly [string, Repo])[],
  root: string,
): Pick<Workspace, 'rootNamed' | 'rootsLeftOut'> {
  const opened = new Map<string, Repo | undefined>(named);
  const leftOut: string[] = [];
  return {
    rootsLeftOut: () => leftOut,
    rootNamed: (name) => {
      if (!opened.has(name)) {
        const sibling = siblingRepo(root, name);
        opened.set(name, sibling.repo);
        if (sibling.leftOut !== undefined) leftOut.push(sibling.leftOut);
      }
      return opened.get(name);
    },
  };
}
