/** Finds the services at a path: every manifest below it, else the nearest one above it, else a service without a manifest. */
import { isBelow } from '../evidence/sources.ts';
import type { Repo } from '../repo/repo.ts';
import { absentManifest, discoverServices, loadManifest } from './load.ts';
import type { Manifest } from './manifest.ts';

/** The services to judge, and what they share the repository with. */
export interface FoundManifests {
  readonly manifests: readonly Manifest[];
  /** Folders of all services of the repository, also those that are not judged now. */
  readonly dirs: readonly string[];
  /** Folder that a manifest says is a repository of its own (`root: true`), when it is not the root anyway. */
  readonly standalone?: string;
}

/** Manifests to judge for a folder; never empty. */
export function findManifests(repo: Repo, dir: string, asOf: string): FoundManifests {
  const here = discoverServices(repo, dir);
  const everywhere = dir === '' ? here : discoverServices(repo, '');
  const above = everywhere.manifests
    .filter((it) => isBelow(dir, it.dir) && it.dir !== dir)
    .sort((a, b) => b.dir.length - a.dir.length);
  const load = (found: { readonly path: string }): Manifest => loadManifest(repo, found.path, asOf);
  const manifests = (here.manifests.length > 0 ? here.manifests : above.slice(0, 1)).map(load);
  const dirs = [...new Set([...here.manifests, ...everywhere.manifests].map((it) => it.dir))];
  const root = [...manifests, ...ancestors(repo, dir).flatMap(load)].find(
    (it) => it.claims.root === true && contains(it, manifests, dir),
  );
  return {
    manifests: manifests.length > 0 ? manifests : [absentManifest(dir, here.notes)],
    dirs,
    ...(root && root.dir !== '' && { standalone: root.dir }),
  };
}

function contains(root: Manifest, manifests: readonly Manifest[], dir: string): boolean {
  return manifests.every((it) => isBelow(it.dir, root.dir)) && (isBelow(dir, root.dir) || manifests.length > 0);
}

/** Manifests in the folders above one, even where the folders between are set aside as fixtures or examples. */
function ancestors(repo: Repo, dir: string): readonly { readonly path: string }[] {
  const parts = dir.split('/');
  const folders = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
  const files = new Set(repo.list().files.map(({ path }) => path));
  return folders.flatMap((folder) =>
    [`${folder}/gonogo.yaml`, `${folder}/gonogo.yml`].filter((path) => files.has(path)).map((path) => ({ path })),
  );
}
