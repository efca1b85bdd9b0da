/** The shape of an updater's configuration and of what there is to update. Types only. */
import type { Place } from '../../model.ts';

/** Kinds of packages, by the name that Dependabot's documentation has for most of them. */
export type Ecosystem =
  | 'npm'
  | 'pip'
  | 'gomod'
  | 'maven'
  | 'gradle'
  | 'bundler'
  | 'composer'
  | 'nuget'
  | 'cargo'
  | 'pub'
  | 'mix'
  | 'swift'
  | 'docker'
  | 'docker-compose'
  | 'helm'
  | 'terraform'
  | 'github-actions'
  | 'gitlab-ci'
  | 'circleci'
  | 'tekton'
  | 'devcontainers'
  | 'pre-commit'
  | 'gitsubmodule'
  | 'other';

/** One thing that an updater is told to look at. */
export interface Watched {
  readonly ecosystem: Ecosystem;
  /** As written, e.g. uv or opentofu. */
  readonly as: string;
  /** Folders from the root, without slashes at the ends; empty for the root. May hold `*` and `**`. */
  readonly folders: readonly string[];
  /** Paths below them that are left out, as globs. */
  readonly excluded: readonly string[];
  /** How often it looks, as written. */
  readonly schedule?: string;
  /** It proposes nothing of itself: why. Security updates may still come. */
  readonly idle?: string;
  /** It proposes for some packages only. */
  readonly partly?: string;
  /** Branch that it proposes to, where that is not the default one. */
  readonly branch?: string;
  readonly at: Place;
}

/** A set of settings that another configuration takes in. */
export interface Preset {
  readonly target: string;
  /** It belongs to the tool and is known; what those of others say cannot be seen. */
  readonly known: boolean;
  readonly at: Place;
}

/** One configuration of an updater. */
export interface Updater {
  readonly tool: 'dependabot' | 'renovate';
  /** Whether it proposes anything; `elsewhere`: only a preset kept elsewhere could tell. */
  readonly active: 'yes' | 'no' | 'elsewhere';
  /** Why it does not. */
  readonly inactive?: string;
  /** What it is told to watch. Renovate watches everything it knows unless it is limited. */
  readonly watched: readonly Watched[];
  /** It finds by itself what there is, but for `without` and, where there is one, outside of `only`. */
  readonly finds?: {
    readonly only: readonly Ecosystem[];
    readonly without: readonly Ecosystem[];
    readonly ignored: readonly string[];
  };
  readonly presets: readonly Preset[];
  /** Days for which it leaves a release to others, the most of what it says. */
  readonly cooldown?: number;
  readonly at: Place;
}

/** A file that names packages with versions. */
export interface Manifest {
  readonly ecosystem: Ecosystem;
  /** Folder it is in; for workflows the root, as updaters count it. */
  readonly folder: string;
  /** It says that folders below it belong to it. */
  readonly gathers: boolean;
  readonly at: Place;
}
