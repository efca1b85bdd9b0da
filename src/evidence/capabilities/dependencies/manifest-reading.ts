/** What a reader of dependency manifests gives. Types only. */
import type { Dependency, Ecosystem } from '../capability.ts';

/** A dependency without its file. */
export interface Named extends Pick<Dependency, 'name' | 'scope'> {
  readonly line: number;
}

/** One manifest, read. */
export interface ManifestReading {
  readonly ecosystem: Ecosystem;
  readonly dependencies: readonly Named[];
  /** Names by which other manifests of the repository speak of it. */
  readonly provides: readonly string[];
  /** Folders of other units it is built with, relative to its own. */
  readonly uses: readonly string[];
  /** Line that says that it is a program that is run. */
  readonly runs?: number;
  /** It is built for browsers. */
  readonly browser?: boolean;
}

/** A reader; throws on text that is not what its file says. */
export type ReadManifest = (text: string, path: string) => ManifestReading;

/** Line of an index in a text. */
export function lineAt(text: string, index: number): number {
  return index < 0 ? 1 : text.slice(0, index).split('\n').length;
}
