/** Finds a sibling checkout by name: `org/name` is the folder `../name` when that is a git repository whose own remote says so. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { diskRepo } from './disk.ts';
import type { Repo } from './repo.ts';

const CONFIG_CAP = 64 * 1024;

/** The checkout beside `root`; undefined when there is none or it is another repository of the same name. */
export function siblingRepo(root: string, name: string): Repo | undefined {
  const folder = join(dirname(root), basename(name));
  if (!/^[\w.-]+(\/[\w.-]+)+$/.test(name) || basename(name).startsWith('.') || !existsSync(join(folder, '.git')))
    return undefined;
  return remotesOf(folder).some((url) => isNamed(url, name)) ? diskRepo(folder, { root: name }) : undefined;
}

/** Addresses of the remotes, read as text: git itself is not asked, because a repository's settings may name programs. */
function remotesOf(folder: string): readonly string[] {
  const config = join(folder, '.git', 'config');
  const kind = statSync(config, { throwIfNoEntry: false });
  if (!kind?.isFile() || kind.size > CONFIG_CAP) return [];
  return [...readFileSync(config, 'utf8').matchAll(/^\s*url\s*=\s*(\S+)\s*$/gm)].map(([, url = '']) => url);
}

function isNamed(url: string, name: string): boolean {
  const path = url.replace(/\.git$/, '').replace(/\/$/, '');
  return path.endsWith(`/${name}`) || path.endsWith(`:${name}`);
}
