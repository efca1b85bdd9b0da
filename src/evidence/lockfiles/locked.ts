/** The shapes of what lockfiles say. Types only. */
import type { Place } from '../../model.ts';
import type { Ecosystem } from '../../versions/order.ts';
import type { TextAt } from '../collector.ts';

/** One version of one package that a lockfile fixes. The same name may be locked in several versions. */
export interface LockedPackage {
  /** The package's own name, not its alias, spelled as its registry compares names. */
  readonly name: string;
  /** Absent where the lockfile fixes a commit, a folder or an address instead. */
  readonly version?: string;
  readonly source: 'registry' | 'git' | 'path' | 'url' | 'unknown';
  /** Host of the registry, where the lockfile shows one. */
  readonly registry?: string;
  readonly commit?: string;
  /** `production` where any way to it is; `unknown` where neither the lockfile nor its manifests tell. */
  readonly scope: 'production' | 'development' | 'optional' | 'unknown';
  /** Named by a manifest itself; undefined where that cannot be told. */
  readonly direct: boolean | undefined;
  /** Shipped inside another package, so that it cannot be updated alone. */
  readonly bundled?: boolean;
  /** The name it is installed under, where that is another. */
  readonly alias?: string;
  /** The registry's words when the lockfile was written. */
  readonly deprecated?: string;
  /** As the lockfile states it: an SPDX expression, or what the author wrote. */
  readonly licence?: string;
  /** ISO day of this version's release, where the lockfile carries it. */
  readonly released?: string;
  /** Packages whose requirements led to it, with those requirements as written; an empty name is the project itself. */
  readonly requiredBy: readonly Requirement[];
  /** Line in the lockfile, from 1. */
  readonly line: number;
}

/** Who asks for a package, and for what. */
export interface Requirement {
  readonly name: string;
  /** As written; `*` where any version does. Empty where the lockfile keeps no range: then whether another version would do is not known. */
  readonly range: string;
}

/** Something in or about a lockfile that tells less than it should, with how many packages it concerns. Never dropped silently. */
export interface Gap {
  /**
   * `unparsed`: it is there and not understood. `no-version`: nothing says which version. `managed-elsewhere`: the version comes from
   * a file that is not at hand, such as a parent or a bill of materials. `incomplete`: the format leaves out some, such as what
   * dependencies bring along. `no-lockfile`: names packages and nothing fixes them.
   */
  readonly kind: 'unparsed' | 'no-version' | 'managed-elsewhere' | 'incomplete' | 'no-lockfile';
  /** Packages concerned; zero where that cannot be told. */
  readonly count: number;
  /** One clause for a person. */
  readonly say: string;
  readonly line?: number;
}

/** What a reader makes of one lockfile. */
export interface LockResult {
  readonly packages: readonly LockedPackage[];
  readonly gaps: readonly Gap[];
  /** Further packages in it, which only members that were not asked about lead to. */
  readonly elsewhere?: number;
}

export type { TextAt };

/** Something that the lockfile and a manifest do not say alike. */
export interface Disagreement {
  readonly name: string;
  /** What stands in the way, e.g. `asks for ^2.0.0, and 1.9.3 is locked`. */
  readonly say: string;
  readonly at: Place;
}

/** Whether a lockfile is what its manifests ask for. */
export interface Agreement {
  readonly disagreements: readonly Disagreement[];
  /** Requirements that were compared. */
  readonly compared: number;
  /** Why some could not be compared, a clause each; empty where all were. */
  readonly untold: readonly string[];
}

/** Reads one format. Pure: texts in, plain data out; never throws, whatever the text. */
export interface LockFormat {
  /** E.g. `package-lock.json v3` is told by `read`; this is the family: `npm`, `yarn`, `pnpm`, `poetry`. */
  readonly name: string;
  readonly ecosystem: Ecosystem;
  /** Names of its files; like all names here without folder, or with the one they are in where that is what tells. */
  readonly files: RegExp;
  /** Names of the manifests that it locks; none where it is its own manifest. */
  readonly manifests?: RegExp;
  /** Further files of its folder, or of one above, that it is read with and that ask for nothing, e.g. checksums. */
  readonly beside?: RegExp;
  /**
   * Names of files anywhere in the repository of which some say more, such as parents and versions kept in one place: handed over with
   * the manifests, in any folder; the reader takes those that concern its lockfile.
   */
  readonly also?: RegExp;
  /** Whether it locks a manifest of its folder, where the names alone do not tell. */
  governs?(lock: TextAt, manifest: TextAt): boolean;
  /**
   * Folders from the repository's root whose manifests share this lockfile (workspaces, members, modules), given every manifest of
   * the format in or below its folder. Absent where only the manifest in the same folder counts.
   */
  members?(lock: TextAt, manifests: readonly TextAt[]): readonly string[];
  /**
   * `manifests` are those it governs, and the files beside it and also wanted, paths from the repository's root like the lockfile's. `only`: folders of the members that are
   * asked about, where not all are; a format that cannot tell whose a package is answers for all.
   */
  read(lock: TextAt, manifests: readonly TextAt[], only?: readonly string[]): LockResult;
  /** Compares it with the manifests that are asked about, which are some of all those it governs. Absent where nothing can be compared. */
  agree?(lock: TextAt, manifests: readonly TextAt[], all?: readonly TextAt[]): Agreement;
}
