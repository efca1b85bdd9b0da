/** Finds `gonogo.waivers.yaml`, beside the manifest or at the repository's root, and has it read. Most repositories have none. */
import type { Sources } from '../evidence/collector.ts';
import type { Unread, WaiverClaim } from '../model.ts';
import type { Manifest } from './manifest.ts';

/** The default file's name. */
export const WAIVERS_FILE = 'gonogo.waivers.yaml';

/** What was written down, and what could not be read. */
export interface LoadedWaivers {
  readonly claims: readonly WaiverClaim[];
  /** Number of waiver files read. */
  readonly files: number;
  readonly unread: readonly Unread[];
}

/** All waivers that concern a service: its own file's, and the root's file's in a repository with several services. */
export async function loadWaivers(sources: Sources, manifest: Manifest): Promise<LoadedWaivers> {
  const own = manifest.claims.waivers ?? WAIVERS_FILE;
  const paths = new Set([join(manifest.dir, own), WAIVERS_FILE]);
  const files = sources.shared.filter((file) => paths.has(file.path));
  if (files.length === 0) return { claims: [], files: 0, unread: [] };
  const { readWaivers } = await import('./read-waivers.ts');
  const unread: Unread[] = [];
  const claims = files.flatMap((file) => {
    const text = sources.text(file, unread);
    return text === undefined ? [] : readWaivers(file, text, unread);
  });
  return { claims, files: files.length, unread };
}

function join(dir: string, path: string): string {
  return dir === '' ? path : `${dir}/${path}`;
}
