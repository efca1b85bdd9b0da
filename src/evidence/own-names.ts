/** Names under which the judged service may appear in labels: its repository's, and those of the folders in which it builds something. Opens nothing but the files that name the repository. */
import type { Sources } from './collector.ts';
import { repositoryNames } from './references/repository-names.ts';

/** A folder that holds one of these is a part of the service that is built or deployed under a name of its own. */
const BUILT =
  /(?:^|\/)([^/]+)\/(?:Dockerfile|Chart\.ya?ml|package\.json|go\.mod|main\.go|pom\.xml|build\.gradle(?:\.kts)?|Cargo\.toml|pyproject\.toml|mix\.exs|[^/]+\.csproj)$/;
/** Most names that are kept. */
const MOST = 500;

/** Sorted, each once. The repository's name is the service's own only where the service is the whole repository. */
export function ownNames(sources: Sources): readonly string[] {
  const whole = sources.manifest.dir === '';
  const repository = whole ? repositoryNames(sources).map((name) => name.split('/').pop() ?? '') : [];
  const built = sources.files.flatMap(({ class: kind, path }) =>
    kind === 'source' ? (BUILT.exec(path)?.[1] ?? []) : [],
  );
  return [...new Set([...repository, ...built])].filter(Boolean).sort().slice(0, MOST);
}
