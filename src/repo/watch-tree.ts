/** Tells when files of a work tree change, and when git's references do. Watches only what git would list, and follows no link. */
import { basename, dirname, join, relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { type GitDir, locateGit } from './git-dir.ts';
import { readIndex } from './git-index.ts';
import { addRules, enter, ignoresFile, type Rules } from './ignore-rules.ts';
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
const QUIETLY = { ignoreInitial: true, followSymlinks: false } as const;

/** Watches the work tree at a real path; `fail` hears why that is not possible any more. */
export function watchTree(root: string, tell: (seen: Seen) => void, fail: (error: Error) => void): Watch {
  const located = locateGit(root);
  const git = located.ok ? located.git : undefined;
  let files = watchFiles();
  let renewed: Promise<void> = Promise.resolve();
  function watchFiles(): FSWatcher {
    const isLeftAside = leftAside(root, git);
    const ignored = (path: string, stats?: { isDirectory(): boolean }): boolean =>
      path !== root && isLeftAside(pathFrom(root, path), stats?.isDirectory());
    return watch(root, { ...QUIETLY, ignored })
      .on('all', (_, path) => {
        const told = () => tell({ path: pathFrom(root, path) });
        if (basename(path) === '.gitignore') renewed = renewed.then(renew).then(told);
        else told();
      })
      .on('error', (error) => fail(error as Error));
  }
  /** Other rules: what was left aside is watched from now on. The old watch goes on until the new one sees everything: nothing that is saved in between is missed. */
  async function renew(): Promise<void> {
    const old = files;
    files = watchFiles();
    await whenReady(files);
    await old.close();
  }
  const references = git && watchReferences(git, tell).on('error', (error) => fail(error as Error));
  return {
    ready: Promise.all([files, ...(references ? [references] : [])].map(whenReady)).then(() => undefined),
    close: async () => {
      await Promise.all([files.close(), references?.close()]);
    },
  };
}

/** HEAD and the index are of one work tree, branches and tags of all. */
function watchReferences({ own, shared }: GitDir, tell: (seen: Seen) => void): FSWatcher {
  const paths = [join(own, 'HEAD'), join(own, 'index'), join(shared, 'packed-refs'), join(shared, 'refs')];
  return watch(paths, QUIETLY).on('all', () => tell('references'));
}

function whenReady(watcher: FSWatcher): Promise<void> {
  return new Promise((resolve) => watcher.once('ready', () => resolve()));
}

/** A test for what git would not list, by the rules as they are now; of some paths it is not known yet whether they are folders. */
function leftAside(root: string, git: GitDir | undefined): (path: string, isFolder: boolean | undefined) => boolean {
  const tracked = trackedIn(git);
  const exclude = git && readPlain(git.shared, join(git.shared, 'info', 'exclude'), IGNORE_FILE_CAP);
  const known = new Map<string, Rules | undefined>([
    ['.', withFile(root, '', exclude === undefined ? [] : addRules([], '', exclude))],
  ]);
  /** The rules that hold in a folder; undefined where it, or a folder above it, is ignored. */
  function rulesIn(folder: string): Rules | undefined {
    if (known.has(folder)) return known.get(folder);
    const outer = rulesIn(dirname(folder));
    const inner = outer && enter(outer, folder);
    const rules = inner && withFile(root, `${folder}/`, inner);
    known.set(folder, rules);
    return rules;
  }
  return (path, isFolder) => {
    const parts = path.split('/');
    if (parts.includes('.git')) return true;
    if (tracked.has(path)) return false;
    if (parts.includes('node_modules')) return true;
    if (isFolder === undefined) return false;
    const rules = rulesIn(isFolder ? path : dirname(path));
    return rules === undefined || (!isFolder && ignoresFile(rules, path));
  };
}

/** Files that git tracks, which count whatever a rule says, and the folders that they are in. */
function trackedIn(git: GitDir | undefined): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { path } of (git && readIndex(git)?.entries) ?? [])
    for (let it = path; it !== '.' && !paths.has(it); it = dirname(it)) paths.add(it);
  return paths;
}

function withFile(root: string, base: string, outer: Rules): Rules {
  const text = readPlain(root, `${root}/${base}.gitignore`, IGNORE_FILE_CAP);
  return text === undefined ? outer : addRules(outer, base, text);
}

function pathFrom(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
