/** Files of the service that name packages with versions, by ecosystem: what an updater could keep up to date. */
import type { SourceFile } from '../collector.ts';
import { placeIn } from '../sources.ts';
import type { Ecosystem, Manifest } from './updater.ts';

const NAMES: readonly (readonly [RegExp, Ecosystem])[] = [
  [/^package\.json$/, 'npm'],
  [/^(?:requirements[\w.-]*\.(?:txt|in)|pyproject\.toml|Pipfile|setup\.py)$/, 'pip'],
  [/^go\.mod$/, 'gomod'],
  [/^pom\.xml$/, 'maven'],
  [/^build\.gradle(?:\.kts)?$/, 'gradle'],
  [/^(?:Gemfile|gems\.rb)$/, 'bundler'],
  [/^composer\.json$/, 'composer'],
  [/^(?:[\w.-]+\.(?:cs|fs|vb)proj|Directory\.Packages\.props|packages\.config)$/, 'nuget'],
  [/^Cargo\.toml$/, 'cargo'],
  [/^pubspec\.yaml$/, 'pub'],
  [/^mix\.exs$/, 'mix'],
  [/^Package\.swift$/, 'swift'],
  [/^(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)(?:\.[\w-]+)?$/i, 'docker'],
  [/^(?:docker-)?compose[\w.-]*\.ya?ml$/, 'docker-compose'],
  [/^Chart\.yaml$/, 'helm'],
  [/^\.terraform\.lock\.hcl$|^(?:versions|providers|main)\.tf$/, 'terraform'],
  [/^\.gitlab-ci\.ya?ml$/, 'gitlab-ci'],
  [/^devcontainer\.json$/, 'devcontainers'],
  [/^\.pre-commit-config\.ya?ml$/, 'pre-commit'],
  [/^\.gitmodules$/, 'gitsubmodule'],
];

/** Workflows are the whole repository's. */
export const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const CIRCLE = /^\.circleci\/config\.ya?ml$/;

/** One for each ecosystem and folder. Files of a kind that names nothing are left out by their text. */
export function manifestsIn(
  files: readonly SourceFile[],
  text: (file: SourceFile) => string | undefined,
): readonly Manifest[] {
  const found = new Map<string, Manifest>();
  for (const file of files) {
    const ecosystem = ecosystemOf(file);
    if (ecosystem === undefined) continue;
    const folder = /^(?:github-actions|circleci)$/.test(ecosystem)
      ? ''
      : file.path.slice(0, Math.max(file.path.lastIndexOf('/'), 0));
    const key = `${ecosystem} ${folder}`;
    const content = text(file);
    if (content === undefined || !names(ecosystem, content)) continue;
    const gathers = gathersBelow(ecosystem, content) || found.get(key)?.gathers === true;
    found.set(key, { ...(found.get(key) ?? { ecosystem, folder, at: placeIn(file) }), gathers });
  }
  return [...found.values()];
}

function ecosystemOf({ path, class: its }: SourceFile): Ecosystem | undefined {
  if (WORKFLOW.test(path)) return 'github-actions';
  if (CIRCLE.test(path)) return 'circleci';
  if (its !== 'source') return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

/** Some files of a name hold nothing that has a version. */
const HOLDS: Partial<Record<Ecosystem, RegExp>> = {
  npm: /"(?:devD|peerD|optionalD|d)ependencies"\s*:\s*\{\s*"/,
  gomod: /^[ \t]*(?:require\b|go\s+\d)/m,
  docker: /^[ \t]*FROM\s/im,
  'docker-compose': /^[ \t]*image:/m,
  helm: /^dependencies:/m,
  terraform: /required_providers|^[ \t]*(?:module|provider)\s+"|^provider "/m,
  'github-actions': /\buses:/,
  nuget: /<(?:PackageReference|PackageVersion|package)\b/i,
  maven: /<(?:dependency|plugin|parent)>/,
  gradle: /\b(?:implementation|api|plugins|dependencies|classpath)\b/,
};

function names(ecosystem: Ecosystem, text: string): boolean {
  return HOLDS[ecosystem]?.test(text.slice(0, 200_000)) ?? text.trim() !== '';
}

/** Workspaces and modules, which updaters follow from the file that names them. */
function gathersBelow(ecosystem: Ecosystem, text: string): boolean {
  if (ecosystem === 'npm') return /"workspaces"\s*:/.test(text);
  if (ecosystem === 'cargo') return /^[ \t]*\[workspace\]/m.test(text);
  return ecosystem === 'maven' ? /<modules>/.test(text) : ecosystem === 'gradle' || ecosystem === 'nuget';
}
