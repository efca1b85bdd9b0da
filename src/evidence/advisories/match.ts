/** The shapes of what advisory data says about locked packages. Types only. */
import type { Advisory } from '../../advisories/advisory.ts';
import type { Place } from '../../model.ts';
import type { Ecosystem } from '../../versions/order.ts';

/** One version of one package, wherever the service locks it. */
export interface Concerned {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly version: string;
  /** `production` where it is that in any lockfile. */
  readonly scope: 'production' | 'development' | 'optional' | 'unknown';
  readonly direct: boolean | undefined;
  readonly bundled: boolean;
  /** Where it is locked, at most a few. */
  readonly at: readonly Place[];
}

/** What makes the flaw go away. */
export interface Remedy {
  /** The least version without any known flaw; absent where none is known. */
  readonly version?: string;
  /** The last version that has the flaw, where no fixed one was named. */
  readonly after?: string;
  /** ISO day of the fix's release, where that is known. */
  readonly released?: string;
  /** Whether everything that asks for the package admits it; undefined where that cannot be told. */
  readonly inRange: boolean | undefined;
  /** What does not admit it, e.g. `jsdom (^7.1)`. */
  readonly blockedBy: readonly string[];
}

/** One advisory that concerns one locked version. */
export interface Match {
  readonly concerned: Concerned;
  readonly advisory: Advisory;
  /** `uncertain`: only a range that nobody vouches for includes the version. */
  readonly verdict: 'affected' | 'uncertain';
  /** Which range it lies in, or why that cannot be told; a clause. */
  readonly why: string;
  readonly remedy: Remedy;
}

/** How much of one ecosystem was held against advisories. */
export interface Coverage {
  readonly ecosystem: Ecosystem;
  /** Distinct versions of packages that are locked and that public advisories could concern. */
  readonly packages: number;
  /** Versions of the organisation's own packages, which are not among them: nobody else could publish anything about those. */
  readonly own?: number;
  readonly checked: number;
  /** Whether packages reported as malicious are in the data. */
  readonly malware: boolean;
  /** ISO instant of the data; absent where there is none. */
  readonly asOf?: string;
  /** Whose data it is. */
  readonly from?: string;
  /** Lockfiles and manifests the packages are from. */
  readonly files: readonly Place[];
  /** Why the rest was not. */
  readonly unchecked: readonly Unchecked[];
}

/** Packages that were not held against advisories. */
export interface Unchecked {
  readonly count: number;
  /** One clause, e.g. `no advisory data`. */
  readonly say: string;
  readonly at?: Place;
  /** A list of all packages, made elsewhere, that stands in for what is missing here; worth as much as it is young. */
  readonly insteadBy?: { readonly at: Place /** ISO day. */; readonly made?: string };
}
