/** Finds the repositories below a folder by a bounded walk of our own: never into links, repositories, or what others wrote. */
import { type Dirent, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { locateGit } from '../repo/git-dir.ts';

/** Paths of repositories from the folder, sorted, and what was not looked into. */
export interface Repositories {
  readonly paths: readonly string[];
  readonly notes: readonly string[];
}

/** How far the walk goes. GitLab nests groups twenty deep; hardly anybody has more than four. */
export interface WalkLimits {
  readonly depth: number;
  readonly folders: number;
}

const LIMITS: WalkLimits = { depth: 8, folders: 100_000 };

/** Folders that hold copies of what others wrote. */
const VENDORED: ReadonlySet<string> = new Set(['.git', 'node_modules', 'bower_components', 'vendor', 'third_party']);
const MANIFESTS: ReadonlySet<string> = new Set(['gonogo.yaml', 'gonogo.yml', 'gonogo.json']);

/** Whether a folder, given by its real path, is a repository: a work tree, a bare one, or one with a manifest. */
export function isRepository(folder: string): boolean {
  return isOne(folder, entriesOf(folder) ?? []);
}

function isOne(folder: string, entries: readonly Dirent[]): boolean {
  if (entries.some(({ name }) => name === '.git' || MANIFESTS.has(name))) return true;
  const located = locateGit(folder);
  return located.ok && basename(folder) !== '.git';
}

interface Walk {
  readonly paths: string[];
  readonly notes: string[];
  readonly limits: WalkLimits;
  left: number;
}

/** The repositories below a folder that is none itself. */
export function repositoriesBelow(folder: string, limits: WalkLimits = LIMITS): Repositories {
  const walk: Walk = { paths: [], notes: [], limits, left: limits.folders };
  visit(folder, '', 0, walk);
  if (walk.left < 0)
    walk.notes.push(`only the first ${limits.folders} folders below ${basename(folder)} were looked at`);
  return { paths: walk.paths, notes: walk.notes };
}

function visit(folder: string, path: string, depth: number, walk: Walk): void {
  if (walk.left-- <= 0) return;
  const entries = entriesOf(folder);
  const named = path || basename(folder);
  if (entries === undefined) {
    walk.notes.push(`${named} could not be opened, so that no repository was looked for in it`);
    return;
  }
  if (path !== '' && isOne(folder, entries)) {
    walk.paths.push(path);
    return;
  }
  const inside = entries.filter((it) => it.isDirectory() && !VENDORED.has(it.name));
  if (depth >= walk.limits.depth && inside.length > 0) {
    walk.notes.push(`nothing was looked for below ${named}: it lies ${walk.limits.depth} folders deep`);
    return;
  }
  for (const { name } of inside) visit(join(folder, name), path === '' ? name : `${path}/${name}`, depth + 1, walk);
}

/** Sorted, because a limit should cut the same everywhere; undefined where the folder may not be opened. */
function entriesOf(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined;
  }
}
