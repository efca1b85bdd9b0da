/** Decides what a link in a work tree stands for: a listed regular file of the same repository, or nothing that is read. */
import { statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isWithin } from './read-file.ts';
import { realPath } from './real-path.ts';
import type { Seen } from './walk.ts';

/** The listed file a link leads to, or why it leads to none. */
export type Target = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly detail: string };

/** Resolves a link by its path from the root; `seen` are the files of the repository, so that a link cannot reach ignored ones or `.git`. */
export function targetOf(root: string, path: string, seen: ReadonlyMap<string, Seen>): Target {
  const real = realPath(join(root, path));
  if (real === undefined) return { ok: false, detail: 'the link leads nowhere' };
  if (!isWithin(real, root)) return { ok: false, detail: 'the link leads out of the repository' };
  const target = relative(root, real).split(sep).join('/');
  const found = seen.get(target);
  if (found && !found.link) return { ok: true, path: target };
  const isFolder = statSync(real, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return {
    ok: false,
    detail: isFolder
      ? 'the link leads to a folder and is not entered'
      : 'the link leads to something that is not a file of the repository',
  };
}
