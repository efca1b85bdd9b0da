/** Formats of lockfiles by the names of their files, each loaded only where there is such a file. */
import type { LockFormat } from './locked.ts';
import { isNamed } from './paths.ts';

/** One format; `files` is what its module says, too, so that a name is enough to leave the module unloaded. */
export interface FormatEntry {
  readonly files: RegExp;
  /** People write them, too, so that a change of one need not be a change of what is locked. */
  readonly isManifest?: true;
  /** Names of what tools write beside them, and nothing else changes. */
  readonly beside?: RegExp;
  /** Whether a text is of the format, where another has the same name. */
  fits?(text: string): boolean;
  load(): Promise<LockFormat>;
}

/** All formats. Where two have a name the first that the text fits is taken. */
export const FORMATS: readonly FormatEntry[] = [
  // Helm
  {
    files: /^(?:Chart|requirements)\.lock$/,
    // Helm writes three keys of YAML; Python's tools a package a line.
    fits: (text) => /^(?:dependencies|digest|generated):/m.test(text),
    load: async () => (await import('./formats/helm.ts')).format,
  },
  // JavaScript
  { files: /^(?:package-lock|npm-shrinkwrap)\.json$/, load: async () => (await import('./formats/npm.ts')).format },
  { files: /^yarn\.lock$/, load: async () => (await import('./formats/yarn.ts')).format },
  { files: /^pnpm-lock\.yaml$/, load: async () => (await import('./formats/pnpm.ts')).format },
  { files: /^bun\.lockb?$/, load: async () => (await import('./formats/bun.ts')).format },
  // Python, Go, Rust
  {
    files:
      /^(?:(?:[\w.-]*[-_.])?requirements(?:[-_.][\w.-]*)?\.(?:txt|lock)|requirements\/(?![\w.-]*constraints)[\w.-]+\.txt)$/i,
    isManifest: true,
    load: async () => (await import('./formats/requirements.ts')).format,
  },
  { files: /^poetry\.lock$/, load: async () => (await import('./formats/poetry.ts')).format },
  { files: /^uv\.lock$/, load: async () => (await import('./formats/uv.ts')).format },
  { files: /^pdm\.lock$/, load: async () => (await import('./formats/pdm.ts')).format },
  { files: /^Pipfile\.lock$/, load: async () => (await import('./formats/pipfile.ts')).format },
  { files: /^pylock(?:\.[^.]+)?\.toml$/, load: async () => (await import('./formats/pylock.ts')).format },
  {
    files: /^go\.mod$/,
    isManifest: true,
    beside: /^go\.(?:work\.)?sum$/,
    load: async () => (await import('./formats/go.ts')).format,
  },
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
  { files: /^pom\.xml$/, isManifest: true, load: async () => (await import('./formats/maven.ts')).format },
  { files: /^packages(?:\.[\w.-]+)?\.lock\.json$/, load: async () => (await import('./formats/nuget.ts')).format },
  { files: /^mix\.lock$/, load: async () => (await import('./formats/mix.ts')).format },
  // Terraform
  { files: /^\.terraform\.lock\.hcl$/, load: async () => (await import('./formats/terraform.ts')).format },
];

/** What tools write for languages whose lockfiles are not read. */
const UNREAD = /^(?:pubspec\.lock|Package\.resolved)$/;

/** The format of a file; undefined where it is no lockfile. */
export function formatNamed(path: string, text: string | undefined): FormatEntry | undefined {
  return FORMATS.find(({ files, fits }) => isNamed(path, files) && (text === undefined || fits?.(text) !== false));
}

/** Whether only tools write the file, so that packages moved when it did. */
export function isWrittenByTools(path: string): boolean {
  return (
    isNamed(path, UNREAD) ||
    FORMATS.some(({ files, isManifest, beside }) => (!isManifest && isNamed(path, files)) || isNamed(path, beside))
  );
}
