/** Tells when files of a work tree change, and when git's references do. Watches only folders that git would look into, and follows no link. */
import { join, relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { locateGit } from './git-dir.ts';
import { addRules, enter, type Rules } from './ignore-rules.ts';
import { readPlain } from './read-file.ts';

/** What changed: a file, by its path from the root; or what history and commits are told by. */
export type Seen = { readonly path: string } | 'references';

/** A watch that goes on until it is closed. */
export interface Watch {
  /** Settles once everything is watched. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

const IGNORE_FILE_CAP = 512 * 1024;

/** Watches the work tree at a real path; `fail` hears why that is not possible any more. */
export function watchTree(root: string, tell: (seen: Seen) => void, fail: (error: Error) => void): Watch {
  const files = watch(root, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path, stats) => path !== root && isLeftAside(root, path, stats?.isDirectory() ?? false),
  });
  files.on('all', (_, path) => tell({ path: relative(root, path).split(sep).join('/') }));
  const located = locateGit(root);
  const references = located.ok ? watchReferences(located.git.own, located.git.shared, tell) : undefined;
  const watchers = references ? [files, references] : [files];
  for (const watcher of watchers) watcher.on('error', (error) => fail(error as Error));
  return {
    ready: Promise.all(watchers.map(whenReady)).then(() => undefined),
    close: async () => {
      await Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}

/** HEAD and the index are of one work tree, branches and tags of all. */
function watchReferences(own: string, shared: string, tell: (seen: Seen) => void): FSWatcher {
  const paths = [join(own, 'HEAD'), join(own, 'index'), join(shared, 'packed-refs'), join(shared, 'refs')];
  return watch(paths, { ignoreInitial: true, followSymlinks: false }).on('all', () => tell('references'));
}

function whenReady(watcher: FSWatcher): Promise<void> {
  return new Promise((resolve) => watcher.once('ready', () => resolve()));
}

function isLeftAside(root: string, path: string, isFolder: boolean): boolean {
  const parts = relative(root, path).split(sep);
  if (parts.some((part) => part === '.git' || part === 'node_modules')) return true;
  return isFolder && rulesIn(root, parts) === undefined;
}

/** The rules that hold in a folder; undefined where it, or a folder above it, is ignored. */
function rulesIn(root: string, parts: readonly string[]): Rules | undefined {
  let rules: Rules | undefined = withFile(root, '', []);
  for (let depth = 1; depth <= parts.length && rules; depth++) {
    const folder = parts.slice(0, depth).join('/');
    const inner = enter(rules, folder);
    rules = inner && withFile(root, `${folder}/`, inner);
  }
  return rules;
}

function withFile(root: string, base: string, outer: Rules): Rules {
  const text = readPlain(root, `${root}/${base}.gitignore`, IGNORE_FILE_CAP);
  return text === undefined ? outer : addRules(outer, base, text);
}
