/** What stands in for a manifest where there is none. Apart from the reader, which a folder without a manifest does not load. */
import type { Manifest } from './manifest.ts';

/** The manifest that a folder has not got. */
export function absentManifest(dir: string, notes: readonly string[]): Manifest {
  const path = dir === '' ? 'gonogo.yaml' : `${dir}/gonogo.yaml`;
  return { state: 'absent', path, dir, claims: {}, identity: {}, problems: [], positions: {}, notes };
}
