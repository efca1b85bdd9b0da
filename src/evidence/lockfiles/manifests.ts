/** Files in which people name packages, by language: whether they name any, and whether a lockfile can fix what they name. */
import type { Ecosystem } from '../../versions/order.ts';
import { record } from '../plain-value.ts';
import { isNamed } from './paths.ts';

/** One kind of manifest. */
export interface ManifestKind {
  readonly ecosystem: Ecosystem;
  /** For a person: the tool or language. */
  readonly tool: string;
  /** Names of its files; with the folder they are in where that is what tells. */
  readonly files: RegExp;
  /** Files that are written in the language: a folder that holds some and no manifest uses the nearest one above. */
  readonly code: RegExp;
  /** What fixes its packages, for a person; absent where the tool has no lockfile. */
  readonly lock?: string;
  /** A file that has to lie beside it, whatever else is there. */
  readonly beside?: string;
  /** Lockfiles that fix only what builds it, and nothing of what it names. */
  readonly notBy?: RegExp;
  /** How many packages it names; undefined where it names some and they are not counted, zero where it names none. */
  names(text: string): number | undefined;
}

const MANIFESTS: readonly ManifestKind[] = [
  {
    ecosystem: 'npm',
    tool: 'npm',
    files: /^package\.json$/,
    code: /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte)$/,
    lock: 'package-lock.json, yarn.lock, pnpm-lock.yaml or bun.lock',
    names: packagesOfJson('dependencies', 'devDependencies', 'optionalDependencies'),
  },
  {
    ecosystem: 'PyPI',
    tool: 'Python',
    files:
      /^(?:pyproject\.toml|setup\.(?:py|cfg)|Pipfile|[\w.-]*requirements[\w.-]*\.(?:txt|in)|requirements\/(?![\w.-]*constraints)[\w.-]+\.(?:txt|in))$/,
    code: /\.py$/,
    lock: 'uv.lock, poetry.lock, pylock.toml or a compiled requirements.txt',
    names: pythonNames,
  },
  {
    ecosystem: 'Go',
    tool: 'Go',
    files: /^go\.mod$/,
    code: /\.go$/,
    lock: 'go.sum',
    beside: 'go.sum',
    names: someIf(/^[ \t]*require\b/m),
  },
  {
    ecosystem: 'crates.io',
    tool: 'Cargo',
    files: /^Cargo\.toml$/,
    code: /\.rs$/,
    lock: 'Cargo.lock',
    names: someIf(/^[ \t]*\[[^\]\n]*dependencies[^\]\n]*\]/m),
  },
  {
    ecosystem: 'RubyGems',
    tool: 'Bundler',
    files: /^(?:Gemfile|gems\.rb)$/,
    code: /\.rb$/,
    lock: 'Gemfile.lock',
    names: someIf(/^[ \t]*gem(?:spec)?\b/m),
  },
  {
    ecosystem: 'Packagist',
    tool: 'Composer',
    files: /^composer\.json$/,
    code: /\.php$/,
    lock: 'composer.lock',
    names: packagesOfJson('require', 'require-dev'),
  },
  {
    ecosystem: 'Maven',
    tool: 'Maven',
    files: /^pom\.xml$/,
    code: /\.(?:java|kt|scala)$/,
    names: someIf(/<(?:dependency|parent)>/),
  },
  {
    ecosystem: 'Maven',
    tool: 'Gradle',
    files: /^build\.gradle(?:\.kts)?$/,
    code: /\.(?:java|kt|kts|groovy)$/,
    lock: 'gradle.lockfile',
    notBy: /^(?:buildscript|settings)-/,
    names: someIf(
      /\b(?:implementation|api|compile|compileOnly|runtimeOnly|runtime|classpath|testImplementation|kapt|ksp)[ \t]*[( '"]/,
    ),
  },
  {
    ecosystem: 'NuGet',
    tool: '.NET',
    files: /^[\w.-]+\.(?:cs|fs|vb)proj$/,
    code: /\.(?:cs|fs|vb)$/,
    lock: 'packages.lock.json',
    names: someIf(/<PackageReference\b/i),
  },
  {
    ecosystem: 'Hex',
    tool: 'Mix',
    files: /^mix\.exs$/,
    code: /\.exs?$/,
    lock: 'mix.lock',
    names: someIf(/\{[ \t]*:\w+[ \t]*,[ \t]*(?:"|git:|github:|~>)/),
  },
];

/** The kind that a file is by its name. */
export function manifestKind(path: string): ManifestKind | undefined {
  return MANIFESTS.find(({ files }) => isNamed(path, files));
}

function someIf(pattern: RegExp): (text: string) => number | undefined {
  return (text) => (pattern.test(text) ? undefined : 0);
}

/** Names with a slash are packages in composer.json, the others are the platform; npm's may have none. */
function packagesOfJson(...maps: readonly string[]): (text: string) => number | undefined {
  return (text) => {
    try {
      const value = record(JSON.parse(text));
      const names = maps.flatMap((map) => Object.keys(record(value[map])));
      return names.filter((name) => !maps.includes('require') || name.includes('/')).length;
    } catch {
      return undefined;
    }
  };
}

/** Configuration of tools alone names no packages, and neither does what a build needs. */
function pythonNames(text: string): number | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const isToml = lines.some((line) =>
    /^\[(?:project|tool|build-system|packages|dev-packages|dependency-groups)\b/.test(line),
  );
  if (!isToml) return /install_requires/.test(text) || isRequirements(lines) ? undefined : 0;
  return lines.some((line, index) => namesPackages(line, lines[index + 1] ?? '')) || isTable(lines) ? undefined : 0;
}

/** An array that is named after dependencies and is not empty. */
function namesPackages(line: string, next: string): boolean {
  return /^dependencies\s*=\s*\[/.test(line) && /["']/.test(line.includes('"') || line.includes("'") ? line : next);
}

/** A table of dependencies with a row that is a package. */
function isTable(lines: readonly string[]): boolean {
  let inside = false;
  for (const line of lines) {
    if (line.startsWith('['))
      inside =
        /^\[(?:tool\.poetry\.(?:group\.[\w-]+\.)?(?:dev-)?dependencies|packages|dev-packages|dependency-groups|project\.optional-dependencies)\]/.test(
          line,
        );
    else if (inside && /^["'\w]/.test(line) && !/^python\s*=/.test(line) && !/=\s*\[\s*\]/.test(line)) return true;
  }
  return false;
}

function isRequirements(lines: readonly string[]): boolean {
  return (
    lines.some((line) => /^[A-Za-z0-9][\w.-]*\s*(?:\[|[=<>~!;@#]|$)/.test(line)) &&
    !lines.some((it) => /^(?:import|from|def|\[)\s?/.test(it))
  );
}
