/** The names by which other places link to the judged repository, as far as its own files tell. */
import type { Sources } from '../collector.ts';

const ADDRESS = /((?:github|gitlab|bitbucket)\.[\w.-]+)[/:]([\w.-]+(?:\/[\w.-]+)+)/i;

/** Files that say where their own repository is, and the line in which they do. */
const SELF: readonly (readonly [RegExp, RegExp])[] = [
  [/^go\.mod$/, /^module\s+(\S+)/m],
  [/^package\.json$/, /"repository"\s*:\s*(?:\{[^}]*"url"\s*:\s*)?("[^"]+")/],
  [/^(?:Cargo|pyproject)\.toml$/, /^\s*(?:repository|source|Source|Repository)\s*=\s*("[^"]+")/m],
  [/^catalog-info\.ya?ml$/, /(?:github\.com|gitlab\.com)\/project-slug['"]?:\s*['"]?([\w.-]+\/[\w./-]+)/],
];

/** `org/name` where a file says so, and the folder's name. */
export function repositoryNames(sources: Sources): readonly string[] {
  const written = sources.shared.flatMap((file) => {
    const pattern = SELF.find(([path]) => path.test(file.path))?.[1];
    const value = pattern?.exec(sources.text(file, []) ?? '')?.[1];
    return value === undefined ? [] : nameIn(value);
  });
  const folder = sources.repo()?.name;
  return [...new Set([...written, ...(folder ? [folder] : [])])];
}

function nameIn(value: string): readonly string[] {
  const plain = value.replace(/^"|"$/g, '');
  const [, host, path] = ADDRESS.exec(plain) ?? [];
  if (host !== undefined && path !== undefined) return [nameOn(host, path)];
  const short = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(plain)?.[1];
  return short === undefined ? [] : [short];
}

/** A module's path may go on below the repository's; groups nest on GitLab only. */
function nameOn(host: string, path: string): string {
  const parts = path
    .replace(/\.git$/, '')
    .replace(/\/v\d+$/, '')
    .split('/');
  return (/gitlab/i.test(host) ? parts : parts.slice(0, 2)).join('/');
}
