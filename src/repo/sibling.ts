/** Finds a sibling checkout by name: `org/name` is the folder `../name` when that is a git repository whose own remote says so. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { diskRepo } from './disk.ts';
import type { Repo } from './repo.ts';

const CONFIG_CAP = 64 * 1024;

/** The checkout, or the sentence that says why one that carries the name was left out; empty where there is none. */
export interface Sibling {
  readonly repo?: Repo;
  readonly leftOut?: string;
}

/** The checkout beside `root`. One whose remote does not say that it is the repository asked for may be any other of that name. */
export function siblingRepo(root: string, name: string): Sibling {
  const last = basename(name);
  const folder = join(dirname(root), last);
  if (!/^[\w.-]+(\/[\w.-]+)+$/.test(name) || last.startsWith('.') || !existsSync(join(folder, '.git'))) return {};
  const remotes = remotesOf(folder);
  if (remotes.some((url) => isNamed(url, name))) return { repo: diskRepo(folder, { root: name }) };
  if (folder === root) return {};
  const why = remotes.length === 0 ? 'no git remote of its own can be read' : 'its git remote names another repository';
  return {
    leftOut: `../${last} beside this repository was not taken for ${name}, because ${why}; if it is the one, add --evidence-root ${name}=../${last}`,
  };
}

/** Addresses of the remotes, read as text: git itself is not asked, because a repository's settings may name programs. */
function remotesOf(folder: string): readonly string[] {
  try {
    const config = join(folder, '.git', 'config');
    const kind = statSync(config, { throwIfNoEntry: false });
    if (!kind?.isFile() || kind.size > CONFIG_CAP) return [];
    return [...readFileSync(config, 'utf8').matchAll(/^\s*url\s*=\s*(\S+)\s*$/gm)].map(([, url = '']) => url);
  } catch {
    return [];
  }
}

function isNamed(url: string, name: string): boolean {
  const path = url.replace(/\.git$/, '').replace(/\/$/, '');
  return path.endsWith(`/${name}`) || path.endsWith(`:${name}`);
}
