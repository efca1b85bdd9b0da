/** Finds what a policy names: a file below its folder, an installed package, a file of a commit. Never an address, never a program. */
import { resolve } from 'node:path';
import { InputError } from '../input-error.ts';
import { installedPolicy, isPackageName } from '../repo/installed-package.ts';
import { commitShelf } from '../repo/shelf.ts';
import { POLICY_FILE } from './policy-file.ts';
import { type Layer, lineOf, type PolicyAt } from './policy-layer.ts';

/** What `extends` names; `pointer` is where it stands in the layer. */
export async function extended(word: string, layer: Layer, pointer: string): Promise<PolicyAt> {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(word)?.[1];
  if (scheme === undefined) return { shelf: layer.shelf, path: fileNamed(word, layer, pointer) };
  const at = lineOf(layer, pointer);
  if (layer.shelf.kind === 'judged')
    throw new InputError(
      `a repository's own policy may only name files of the same repository, and this one names "${word}"`,
      at,
      'remove that, or hand the policy over with --policy FILE',
    );
  if (layer.shelf.kind === 'commit')
    throw new InputError(
      `a policy in a commit may only extend files of the same commit, and this one names "${word}"`,
      at,
      'copy that policy beside it, or extend both from your own',
    );
  if (scheme === 'npm') return installed(word, layer, at);
  if (scheme === 'git') return committed(word, layer, at);
  throw new InputError(
    `a policy is never fetched, and this one extends "${word}"`,
    at,
    'name a file, npm:<installed package>, or git:<local clone>#<full commit id>:<file>',
  );
}

/** The path, from the shelf, of a file that a layer names; throws where it leads out. */
export function fileNamed(word: string, layer: Layer, pointer: string): string {
  const parts = [...layer.path.split('/').slice(0, -1)];
  const steps = word.split('/');
  const isOut = steps.some((step) => {
    if (step === '..') return parts.pop() === undefined;
    if (step !== '.' && step !== '') parts.push(step);
    return false;
  });
  if (!isOut && parts.length > 0 && !/^[/~]|[\\\0:]/.test(word)) return parts.join('/');
  const place = layer.shelf.kind === 'judged' ? 'the repository' : 'the folder of the policy that was named';
  throw new InputError(
    `"${word}" is no file below ${place}`,
    lineOf(layer, pointer),
    'write its path from this file, with / between the parts, and keep it below that folder',
  );
}

function installed(word: string, { shelf, path }: Layer, at: string): PolicyAt {
  const name = word.slice('npm:'.length);
  if (!isPackageName(name))
    throw new InputError(`"${name}" is no name of a package`, at, 'write e.g. npm:@acme/gonogo-policy');
  const from = folderOf(shelf.disk?.folder ?? '.', path);
  const found = installedPolicy(name, from, POLICY_FILE);
  if (found) return found;
  throw new InputError(
    `the package "${name}" is not installed where this policy is`,
    at,
    `install it in the policy's folder or in one above: node_modules/${name}`,
  );
}

const COMMIT = /^git:([^#]+)#([^:]*):(.+)$/s;

async function committed(word: string, { shelf, path }: Layer, at: string): Promise<PolicyAt> {
  const [, clone = '', commit = '', file = ''] = COMMIT.exec(word) ?? [];
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) || /^[/]|(^|\/)\.\.?(\/|$)|\/\/|\0/.test(file))
    throw new InputError(
      `"${word}" does not name a file of one commit by its full id`,
      at,
      'write git:<folder of a local clone>#<all 40 digits of the commit>:<path of the file>; a branch or a tag may move',
    );
  const found = await shelfAt(resolve(folderOf(shelf.disk?.folder ?? '.', path), clone), commit, clone).catch(
    (error: unknown) => {
      throw error instanceof InputError ? new InputError(error.message, at, NO_COMMIT) : error;
    },
  );
  if (found) return { shelf: found, path: file };
  throw new InputError(`${commit} is not the id of a commit in "${clone}"`, at, NO_COMMIT);
}

const NO_COMMIT = 'name a local clone or bare repository that holds the commit; it may need a fetch first';

function shelfAt(folder: string, commit: string, clone: string) {
  return commitShelf(folder, commit, (path) => `git:${clone}#${commit.slice(0, 12)}:${path}`);
}

function folderOf(folder: string, path: string): string {
  return resolve(folder, path, '..');
}
