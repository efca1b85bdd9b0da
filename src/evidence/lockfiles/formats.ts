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
  {
    files: /^(?:(?:[\w.-]+\.)?[Gg]emfile(?:\.[\w-]+)?\.lock|gems\.locked)$/,
    load: async () => (await import('./formats/gemfile.ts')).format,
  },
  { files: /^composer\.lock$/, load: async () => (await import('./formats/composer.ts')).format },
  {
    files: /^(?:(?:buildscript-|settings-)?gradle|(?:buildscript-)?\w*[cC]lasspath)\.lockfile$/,
    load: async () => (await import('./formats/gradle.ts')).format,
  },
  { files: /^pom\.xml$/, load: async () => (await import('./formats/maven.ts')).format },
  { files: /^packages(?:\.[\w.-]+)?\.lock\.json$/, load: async () => (await import('./formats/nuget.ts')).format },
  { files: /^mix\.lock$/, load: async () => (await import('./formats/mix.ts')).format },
  // Terraform, Helm
  { files: /^\.terraform\.lock\.hcl$/, load: async () => (await import('./formats/terraform.ts')).format },
  { files: /^(?:Chart|requirements)\.lock$/, load: async () => (await import('./formats/helm.ts')).format },
];
