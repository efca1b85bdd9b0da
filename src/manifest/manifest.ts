/** The manifest as the rest of the program sees it: claims with their lines. Plain data; reading it is `load.ts`'s work. */
import type { GonogoService } from '../generated/service.ts';
import type { Place } from '../model.ts';

/** What the team claims; every field may be absent, because there may be no (valid) manifest. */
export type Claims = Partial<GonogoService>;

/** One thing wrong with the manifest itself. */
export interface ManifestProblem {
  readonly message: string;
  readonly at: Place;
  readonly fix: string;
  /** JSON pointer of the offending value, or the parser's word for the trouble. */
  readonly subject: string;
}

/** One service's manifest, found or not. */
export interface Manifest {
  /** `valid`: claims may be used. `invalid`: found, and only the evidence is judged. `absent`: none found. */
  readonly state: 'valid' | 'invalid' | 'absent';
  /** Path of the manifest, or where it would be. */
  readonly path: string;
  /** The service's folder from the repository's root; empty for the root. */
  readonly dir: string;
  /** Empty unless the state is `valid`. */
  readonly claims: Claims;
  /** Name, tier, stage and profile that could be read even from an invalid manifest. */
  readonly identity: Pick<Claims, 'name' | 'tier' | 'stage' | 'profile'>;
  /** Also a valid manifest may have some: a review or a test that is dated in the future. */
  readonly problems: readonly ManifestProblem[];
  /** Line and column of every key, by JSON pointer. */
  readonly positions: Readonly<Record<string, readonly [line: number, column: number]>>;
  /** Other files that look like a service's catalogue entry or a namesake, e.g. a Kubernetes `service.yaml`. */
  readonly notes: readonly string[];
}

/** What a service is taken for where neither the command line nor its manifest says. */
export const ASSUMED = { tier: 3, stage: 'live', profile: 'balanced' } as const;

/** Place of a claim by JSON pointer, or of its nearest ancestor that exists; the file's first line at worst. */
export function placeOf(manifest: Manifest, pointer: string): Place {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const position = manifest.positions[at];
    if (position) return { path: manifest.path, line: position[0], column: position[1] };
  }
  return { path: manifest.path, line: 1, column: 1 };
}
