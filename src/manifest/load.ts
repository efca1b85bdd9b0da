/** Loads a manifest with the validator that was compiled from the schema, which is large: whoever may find none imports this on use. */
import { validate } from '../generated/validate-service.js';
import type { Repo } from '../repo/repo.ts';
import type { Manifest } from './manifest.ts';
import { readManifest } from './read.ts';

/** The manifest at a path that was found. `asOf` is the ISO date that counts as today. */
export function loadManifest(repo: Repo, path: string, asOf: string): Manifest {
  return readManifest(repo, path, asOf, validate);
}
