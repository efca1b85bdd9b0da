/** Finds manifests by name below a folder. Reads nothing but `service.yaml`, a name that Kubernetes has taken. */
import { classifier } from '../evidence/classify.ts';
import type { Repo } from '../repo/repo.ts';

/** A manifest that was found. */
export interface FoundManifest {
  readonly path: string;
  /** The service's folder; empty for the repository's root. */
  readonly dir: string;
}

/** Manifests below a folder, one for each service folder, and what else is worth saying. */
export interface Discovery {
  readonly manifests: readonly FoundManifest[];
  readonly notes: readonly string[];
}

/** Names in the order in which they win when a folder has several. */
const OWN_NAMES: readonly string[] = ['gonogo.yaml', 'gonogo.yml', 'gonogo.json', '.gonogo.yaml'];
const SHARED_NAMES: readonly string[] = ['service.yaml', 'service.yml'];
const NAMES = new Set([...OWN_NAMES, ...SHARED_NAMES]);

/** Finds the manifests at or below `dir`; vendored, test and example trees inside it are somebody else's. */
export function discoverServices(repo: Repo, dir: string): Discovery {
  const classOf = classifier(undefined);
  const prefix = dir === '' ? '' : `${dir}/`;
  const { files, skipped } = repo.list();
  // A manifest that is a link out of the repository is there and cannot be read.
  const unread = skipped.map(({ at }) => at.path).filter((path) => OWN_NAMES.includes(nameOf(path)));
  const paths = [...files.map(({ path }) => path), ...unread].filter(
    (path) =>
      path.startsWith(prefix) && NAMES.has(nameOf(path)) && classOf(path, path.slice(prefix.length)) === 'source',
  );
  const byDir = new Map<string, FoundManifest>();
  for (const name of [...OWN_NAMES, ...SHARED_NAMES]) {
    for (const path of paths) {
      if (nameOf(path) !== name || !isOurs(repo, path)) continue;
      if (!byDir.has(dirOf(path))) byDir.set(dirOf(path), { path, dir: dirOf(path) });
    }
  }
  const manifests = [...byDir.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { manifests, notes: manifests.length > 0 ? [] : namesakes(repo, paths) };
}

/** Every manifest in one folder, the one that wins first. */
export function manifestsIn(repo: Repo, dir: string): readonly string[] {
  const here = new Set(repo.list().files.map(({ path }) => path));
  const candidates = [...OWN_NAMES, ...SHARED_NAMES].map((name) => (dir === '' ? name : `${dir}/${name}`));
  return candidates.filter((path) => here.has(path) && isOurs(repo, path));
}

/** A file under a shared name is ours only when it says so itself, at the top level. */
function isOurs(repo: Repo, path: string): boolean {
  if (!SHARED_NAMES.includes(nameOf(path))) return true;
  return /^["']?apiVersion["']?[ \t]*:[ \t]*["']?gonogo\//m.test(textOf(repo, path));
}

function namesakes(repo: Repo, paths: readonly string[]): readonly string[] {
  const candidates = paths.filter((path) => SHARED_NAMES.includes(nameOf(path))).slice(0, 20);
  const [first, ...more] = candidates.filter((path) => /^kind[ \t]*:[ \t]*["']?Service\b/m.test(textOf(repo, path)));
  if (first === undefined) return [];
  const others =
    more.length === 0 ? '' : ` (and so ${more.length === 1 ? 'is' : 'are'} ${more.length} more of that name)`;
  return [`${first} is a Kubernetes Service and not a manifest${others}; a manifest is named gonogo.yaml`];
}

function textOf(repo: Repo, path: string): string {
  const read = repo.read(path);
  return read.ok ? read.text.slice(0, 65_536) : '';
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function dirOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
