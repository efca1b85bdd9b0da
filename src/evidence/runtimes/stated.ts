/** The shape of one statement of a runtime's version. Types only. */
import type { Span } from '../../lifecycles/span.ts';
import type { Place } from '../../model.ts';

/** Runtimes that are compared with each other; the kit that builds for .NET has versions of its own. */
export type Family =
  | 'node'
  | 'python'
  | 'go'
  | 'java'
  | 'dotnet'
  | 'dotnet-sdk'
  | 'ruby'
  | 'php'
  | 'rust'
  | 'elixir'
  | 'erlang'
  | 'aws-lambda';

/** What a statement says. */
export interface Meaning {
  /**
   * `version`: one release or one line of them. `range`: several, with an upper end. `minimum`: that one or any later, which is not
   * what runs. `moving`: whichever is newest. `open`: not told here.
   */
  readonly says: 'version' | 'range' | 'minimum' | 'moving' | 'open';
  /** Of `version`, without what surrounds the number. */
  readonly version?: string;
  /** What it admits; empty for `moving` and `open`. */
  readonly spans: readonly Span[];
}

/** One statement. */
export interface Stated extends Meaning {
  readonly family: Family;
  /** Key in the table of lifecycles: who makes it, e.g. corretto; as far as the statement tells. */
  readonly product: string;
  /** As written. */
  readonly written: string;
  /**
   * `version-file`: for version managers and platforms. `manifest`: of the package or project. `pipeline`: what CI sets up.
   * `platform`: what runs it, e.g. the runtime of a function.
   */
  readonly source: 'version-file' | 'manifest' | 'pipeline' | 'platform';
  /** One of several that a pipeline tries. */
  readonly matrix?: boolean;
  readonly at: Place;
}
