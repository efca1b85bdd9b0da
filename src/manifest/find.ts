/** Finds the services at a path: every manifest below it, else the nearest one above it, else a service without a manifest. */
import { isBelow } from '../evidence/sources.ts';
import type { Repo } from '../repo/repo.ts';
import { absentManifest } from './absent.ts';
import { discoverServices, type FoundManifest, manifestsIn } from './discover.ts';
import type { Manifest } from './manifest.ts';

/** The services to judge, and what they share the repository with; or where to look instead. */
export interface FoundManifests {
  readonly manifests: readonly Manifest[];
  /** Folders of all services of the repository, also those that are not judged now. */
  readonly dirs: readonly string[];
  /** Folder that a manifest says is a repository of its own (`root: true`), when it is not the root anyway. */
  readonly standalone?: string;
}

/** Manifests to judge for a folder; never empty. */
export async function findManifests(repo: Repo, dir: string, asOf: string): Promise<FoundManifests> {
  const here = discoverServices(repo, dir);
  const everywhere = dir === '' ? here : discoverServices(repo, '');
  const above = everywhere.manifests
    .filter((it) => isBelow(dir, it.dir) && it.dir !== dir)
    .sort((a, b) => b.dir.length - a.dir.length);
  const chosen = here.manifests.length > 0 ? here.manifests : above.slice(0, 1);
  const dirs = [...new Set([...here.manifests, ...everywhere.manifests].map((it) => it.dir))];
  const standalone = standaloneRoot(repo, dir, chosen);
  if (standalone !== undefined) return { manifests: [], dirs, standalone };
  if (chosen.length === 0) return { manifests: [absentManifest(dir, here.notes)], dirs };
  const { loadManifest } = await import('./load.ts');
  return { manifests: chosen.map((it) => loadManifest(repo, it.path, asOf)), dirs };
}

/** The folder of a manifest that says `root: true` and holds all that is judged; told from the text, so that nothing is parsed twice. */
function standaloneRoot(repo: Repo, dir: string, chosen: readonly FoundManifest[]): string | undefined {
  const folders = dir.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
  const above =
    dir === '' ? [] : folders.flatMap((folder) => manifestsIn(repo, folder).map((path) => ({ path, dir: folder })));
  const root = [...chosen, ...above].find((it) => it.dir !== '' && saysRoot(repo, it.path));
  return root && chosen.every((it) => isBelow(it.dir, root.dir)) ? root.dir : undefined;
}

function saysRoot(repo: Repo, path: string): boolean {
  const read = repo.read(path);
  return read.ok && /^\s*"?root"?\s*:\s*true\b/m.test(read.text);
}
