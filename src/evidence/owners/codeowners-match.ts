/** Matches paths against one pattern of CODEOWNERS: gitignore's rules, but with the case of letters, and `docs/*` for the files of that folder alone. */
import ignore from 'ignore';

/** A test for paths from the repository's root; a pattern that cannot be read matches nothing. */
export function ownerPattern(pattern: string): (path: string) => boolean {
  const start = literalStart(pattern);
  const depth =
    /[^*]\/\*$/.test(pattern) && !pattern.includes('**') ? pattern.replace(/^\//, '').split('/').length : undefined;
  try {
    const rules = ignore({ ignorecase: false }).add(pattern);
    return (path) =>
      path.startsWith(start) && (depth === undefined || path.split('/').length === depth) && rules.ignores(path);
  } catch {
    return () => false;
  }
}

/** What every match begins with; looking at it first spares most of the work in a repository of many rules and files. */
function literalStart(pattern: string): string {
  const anchored = pattern.replace(/\/$/, '').includes('/');
  return anchored && !/[\\!]/.test(pattern) ? (/^\/?([^*?[]*)/.exec(pattern)?.[1]?.replace(/\/$/, '') ?? '') : '';
}
