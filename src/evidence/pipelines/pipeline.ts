/** The shape of one pipeline, whatever system runs it: jobs, what they wait for, and what their steps are for. Types only. */
import type { Place } from '../../model.ts';

/** The systems that are read. */
export type CiSystem =
  | 'github-actions'
  | 'gitlab-ci'
  | 'circleci'
  | 'jenkins'
  | 'azure-pipelines'
  | 'cloud-build'
  | 'tekton'
  | 'buildkite'
  | 'drone'
  | 'travis';

/** When it runs. */
export interface Trigger {
  /** `change`: a pull or merge request, before it is merged. `push`: a branch moves. */
  readonly on: 'change' | 'push' | 'tag' | 'schedule' | 'manual' | 'called' | 'other';
  /** Branches it is limited to, as written; empty: all. */
  readonly branches: readonly string[];
  /** Paths it is limited to; a leading `!` leaves them out. */
  readonly paths: readonly string[];
  /** Names of the pipelines after which it starts, where it waits for others. */
  readonly after?: readonly string[];
  /** It runs with the rights and secrets of the repository although a stranger's change starts it. */
  readonly privileged?: boolean;
  readonly at: Place;
}

/** What a step is for. */
export type Intent =
  | 'test'
  | 'lint'
  | 'image-build'
  | 'image-push'
  | 'deploy'
  | 'migrate'
  | 'smoke-test'
  | 'load-test'
  | 'accessibility-test'
  | 'chaos-test'
  | 'contract-test'
  | 'sast'
  | 'secret-scan'
  | 'dependency-scan'
  | 'image-scan'
  | 'iac-scan'
  | 'dast'
  | 'sbom'
  | 'sign'
  | 'canary'
  | 'rollback'
  | 'release'
  | 'notify';

/** One thing that a job does. */
export interface Purpose {
  readonly intent: Intent;
  /**
   * `run`: the step itself runs the tool. `one-hop`: a package script, a Make target or a script file that it calls runs it.
   * `named`: only a name says so (a step's name, a remote workflow's path), which never proves it.
   */
  readonly strength: 'run' | 'one-hop' | 'named';
  /** The tool, e.g. vitest, k6, codeql, helm. */
  readonly tool?: string;
  /** The command or action, shortened, for a person. */
  readonly shown: string;
  readonly at: Place;
  /** Where the tool is called, when that is another file. */
  readonly via?: Place;
  /** Its failure does not stop the job: why. */
  readonly weakened?: string;
  /** Condition of the step as written, and those around it in what the job calls. */
  readonly condition?: string;
  /** Environment that the step itself names, e.g. by a namespace or a values file. */
  readonly environment?: string;
  /** Expressions by which it says what it builds or deploys, e.g. needs.build.outputs.digest or github.sha. */
  readonly carries?: readonly string[];
}

/** Something a job uses from elsewhere: an action, a reusable workflow, an orb, an include, a shared library. */
export interface Use {
  readonly kind: 'action' | 'workflow' | 'include' | 'orb' | 'library' | 'image';
  /** As written, e.g. actions/checkout@v4. */
  readonly target: string;
  /** A full commit or digest. */
  readonly pinned: boolean;
  /** In this repository and resolved. */
  readonly local: boolean;
  /** What a checkout takes, as written, where it says so. */
  readonly ref?: string;
  readonly at: Place;
}

/** Rights a job's token has: `read`, `write` or `none` by scope; `all` for the short forms. */
export interface Permissions {
  readonly scopes: Readonly<Record<string, string>>;
  readonly at: Place;
}

/** One job. */
export interface Job {
  readonly id: string;
  readonly name?: string;
  /** Ids of the jobs of this pipeline that have to succeed before. */
  readonly needs: readonly string[];
  /** Environment it deploys to, as written; where a matrix lists several, the purposes name them. */
  readonly environment?: string;
  /** Its condition as written, e.g. github.ref == 'refs/heads/main'; of other systems reduced to `occasion == 'tag'` and `failure()`. */
  readonly condition?: string;
  /** It runs although a job it waits for failed: why. */
  readonly weakened?: string;
  /** Those of `needs` whose failure does not keep it from running. */
  readonly ungated?: readonly string[];
  /** It never runs: why. */
  readonly never?: string;
  /** Only a person starts it. */
  readonly manual: boolean;
  readonly purposes: readonly Purpose[];
  readonly uses: readonly Use[];
  readonly permissions?: Permissions;
  /** Expressions and names by which the artefact reaches it, e.g. needs.build.outputs.digest. */
  readonly artefacts: readonly string[];
  readonly at: Place;
}

/** One pipeline: a workflow file, or what a system's single file defines. */
export interface Pipeline {
  readonly system: CiSystem;
  readonly name: string;
  readonly triggers: readonly Trigger[];
  /** What starts it is set elsewhere, at least in part: where, e.g. in the settings of Jenkins. */
  readonly startedBy?: string;
  readonly permissions?: Permissions;
  readonly jobs: readonly Job[];
  readonly at: Place;
}
