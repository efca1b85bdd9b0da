/** The words of what a program can do for whoever operates it, and of how far that is shown. Types only. */
import type { Place } from '../../model.ts';

/** What a program can do for whoever operates it. */
export type Capability =
  | 'logging-structured'
  | 'log-correlation'
  | 'metrics'
  | 'tracing'
  | 'error-tracking'
  | 'health'
  | 'resilience'
  | 'feature-flags';

/** Package world a dependency is of. */
export type Ecosystem = 'npm' | 'pypi' | 'jvm' | 'go' | 'nuget' | 'rubygems' | 'composer' | 'cargo' | 'hex';

/** Whose protocol it speaks; variables of the environment are told to belong to one. */
export type Family =
  | 'opentelemetry'
  | 'datadog'
  | 'newrelic'
  | 'elastic'
  | 'azure'
  | 'aws'
  | 'zipkin'
  | 'jaeger'
  | 'prometheus'
  | 'statsd'
  | 'sentry';

/**
 * `installed`: a dependency names it, and nothing more. `configured`: a setting, an agent or the framework itself turns it on.
 * `wired`: code imports and calls it.
 */
type Strength = 'installed' | 'configured' | 'wired';

/** One place that shows a capability. */
export interface Sign {
  readonly capability: Capability;
  readonly strength: Strength;
  /** The library, agent or setting as people call it, e.g. "prom-client". */
  readonly by: string;
  readonly family?: Family;
  /** Folder of the unit it is in. */
  readonly unit: string;
  /** The framework's profile under which alone it holds, e.g. "logstash" or "!local". */
  readonly when?: string;
  readonly at: Place;
}

/** A folder with its own dependencies: a service, a library, or a whole repository. */
export interface Unit {
  /** Folder; empty for the root. */
  readonly dir: string;
  readonly ecosystems: readonly Ecosystem[];
  /** Why it is taken for a program that is run: a Dockerfile in it, or what its build file says. */
  readonly runs?: Place;
  /** Why it is not taken for a part of the service: a folder or a name that says it is a load test, a test, an example. */
  readonly aside?: string;
  /** It runs in a browser and nowhere else. */
  readonly browser: boolean;
  /** Folders of units whose code it uses. */
  readonly uses: readonly string[];
  readonly at: Place;
}

/** A dependency as a manifest names it. */
export interface Dependency {
  readonly ecosystem: Ecosystem;
  /** As the package world calls it; on the JVM `group:artifact`. */
  readonly name: string;
  /** `run`: at run time. `test`: only to build and to test. */
  readonly scope: 'run' | 'test';
  readonly at: Place;
}
