/** Formats of lockfiles by the names of their files, each loaded only where there is such a file. */
import type { LockFormat } from './locked.ts';

/** One format; `files` is what its module says, too, so that a name is enough to leave the module unloaded. */
export interface FormatEntry {
  readonly files: RegExp;
  load(): Promise<LockFormat>;
}

/** All formats. Where two fit a name the first is taken. */
export const FORMATS: readonly FormatEntry[] = [
  // JavaScript
  { files: /^(?:package-lock|npm-shrinkwrap)\.json$/, load: async () => (await import('./formats/npm.ts')).format },
  // Python, Go, Rust
  // Ruby, PHP, JVM, .NET, Elixir
  // Terraform, Helm
];
