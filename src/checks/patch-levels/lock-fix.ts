/** What to do so that a tool writes the lockfile again. */

const FIXES: ReadonlyMap<string, string> = new Map([
  [
    'npm',
    'Commit the lockfile of your package manager, and install from it in the pipeline: `npm ci` or `--frozen-lockfile`.',
  ],
  [
    'Python',
    'Commit uv.lock or poetry.lock, or let `uv pip compile` or pip-compile write the requirements with all that they bring along.',
  ],
  ['Go', 'Run `go mod tidy` and commit go.sum.'],
  ['Cargo', 'Run `cargo generate-lockfile` and commit Cargo.lock; build with `--locked`.'],
  ['Bundler', 'Run `bundle lock` and commit Gemfile.lock.'],
  ['Composer', 'Run `composer update --lock` and commit composer.lock.'],
  [
    'Gradle',
    'Turn on dependency locking for all configurations, run `./gradlew dependencies --write-locks` and commit gradle.lockfile.',
  ],
  ['.NET', 'Set RestorePackagesWithLockFile, commit packages.lock.json, and restore with `--locked-mode`.'],
  ['Mix', 'Run `mix deps.get` and commit mix.lock.'],
]);

/** One sentence for a person. */
export function lockFix(tool: string): string {
  return FIXES.get(tool) ?? 'Let the package manager write its lockfile, and commit it.';
}
