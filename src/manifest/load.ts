/** Finds and loads manifests, with the validator that was compiled from the schema. */
import { validate } from '../generated/validate-service.js';
import type { Repo } from '../repo/repo.ts';
import type { Manifest } from './manifest.ts';
import { readManifest } from './read.ts';

export { discoverServices } from './discover.ts';
export { absentManifest } from './read.ts';

/** The manifest at a path that was found. `asOf` is the ISO date that counts as today. */
export function loadManifest(repo: Repo, path: string, asOf: string): Manifest {
  return readManifest(repo, path, asOf, validate);
}
