/** What registries say about the versions of a package. Types only. */
import type { Ecosystem } from '../versions/order.ts';

/** One published version. */
export interface Release {
  readonly version: string;
  /** ISO day; absent where the registry does not tell. */
  readonly published?: string;
  /** Taken back by its author: not to be used. */
  readonly yanked?: boolean;
  /** Given up by its author, in the author's words. */
  readonly deprecated?: string;
  readonly licence?: string;
}

/** All releases of one package, or why there is no answer. */
export type Releases =
  | { readonly releases: readonly Release[] /** ISO day on which the registry was asked. */; readonly asOf: string }
  | { readonly trouble: string };

/** Where releases are looked up: registries, and a cache of what they said. */
export interface ReleaseSource {
  /** Hosts that it asks about an ecosystem: packages from there may be asked about there, whoever else knows them. */
  hostsOf(ecosystem: Ecosystem): readonly string[];
  /** By package name; a name that is not in the answer was not asked for, e.g. because it is private. Never rejects. */
  lookup(ecosystem: Ecosystem, names: readonly string[]): Promise<ReadonlyMap<string, Releases>>;
}
