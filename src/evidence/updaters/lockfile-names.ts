/** Which files move when packages do, by name. Pure, so that checks may use it. */

const LOCKFILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|go\.sum|poetry\.lock|uv\.lock|pdm\.lock|pylock(?:\.[\w-]+)?\.toml|Pipfile\.lock|Cargo\.lock|Gemfile\.lock|composer\.lock|(?:buildscript-)?gradle\.lockfile|packages\.lock\.json|mix\.lock|pubspec\.lock|Package\.resolved|\.terraform\.lock\.hcl|Chart\.lock)$/;

/** Whether a tool writes the file to fix the versions of packages. */
export function isLockfile(path: string): boolean {
  return LOCKFILE.test(path);
}
