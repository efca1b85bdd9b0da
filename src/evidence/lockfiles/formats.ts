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
  { files: /^yarn\.lock$/, load: async () => (await import('./formats/yarn.ts')).format },
  { files: /^pnpm-lock\.yaml$/, load: async () => (await import('./formats/pnpm.ts')).format },
  { files: /^bun\.lockb?$/, load: async () => (await import('./formats/bun.ts')).format },
  // Python, Go, Rust
  {
    files: /^(?:[\w.-]*[-_.])?requirements(?:[-_.][\w.-]*)?\.txt$/i,
    load: async () => (await import('./formats/requirements.ts')).format,
  },
  { files: /^poetry\.lock$/, load: async () => (await import('./formats/poetry.ts')).format },
  { files: /^uv\.lock$/, load: async () => (await import('./formats/uv.ts')).format },
  { files: /^pdm\.lock$/, load: async () => (await import('./formats/pdm.ts')).format },
  { files: /^Pipfile\.lock$/, load: async () => (await import('./formats/pipfile.ts')).format },
  { files: /^pylock(?:\.[^.]+)?\.toml$/, load: async () => (await import('./formats/pylock.ts')).format },
  { files: /^go\.mod$/, load: async () => (await import('./formats/go.ts')).format },
  { files: /^Cargo\.lock$/, load: async () => (await import('./formats/cargo.ts')).format },
  // Ruby, PHP, JVM, .NET, Elixir
  // Terraform, Helm
];
