/** Reads a reference as it is written in a manifest: which repository, which path, which section. Looks nothing up. Pure. */

/** A path in a repository. */
export interface PathTarget {
  readonly kind: 'path';
  /** Evidence root; empty for the judged repository. */
  readonly root: string;
  /** From the root, `/` between the parts; empty for the root itself. */
  readonly path: string;
  /** Folder from which the path is written; empty for the root. */
  readonly base: string;
  /** What stands after `#`, without it. */
  readonly anchor?: string;
}

/** A reference taken apart; `outside`: it leaves the service's folder. */
export type Target = PathTarget | { readonly kind: 'url' } | { readonly kind: 'outside' };

/** Longer than any path that a file system takes without complaint. */
const LENGTH_CAP = 1000;

/** Takes a reference apart; `dir` is the folder of the manifest it is written in. */
export function targetOf(reference: string, dir: string): Target {
  if (reference.length > LENGTH_CAP) return { kind: 'outside' };
  const elsewhere = /^repo:([^#]*?)\/\/(.*)$/s.exec(reference);
  if (!elsewhere && /^[a-z][a-z0-9+.-]*:\/\//i.test(reference)) return { kind: 'url' };
  const [root, base, rest] = elsewhere ? [elsewhere[1] ?? '', '', elsewhere[2] ?? ''] : wholeRepository(reference, dir);
  const hash = rest.indexOf('#');
  const anchor = hash === -1 ? undefined : rest.slice(hash + 1);
  const path = normal(hash === -1 ? rest : rest.slice(0, hash));
  if (path === undefined) return { kind: 'outside' };
  return { kind: 'path', root, base, path: joined(base, path), ...(anchor && { anchor }) };
}

/** `repo:org/name` without a path is that repository's root; everything else is a path from the manifest's folder. */
function wholeRepository(reference: string, dir: string): readonly [root: string, base: string, rest: string] {
  const name = /^repo:([\w.-]+\/[\w./-]+)$/.exec(reference)?.[1];
  return name === undefined ? ['', dir, reference] : [name, '', ''];
}

/** Without `.` and empty parts; undefined when it is absolute or goes up. */
function normal(path: string): string | undefined {
  if (path.startsWith('/') || path.startsWith('~') || /^[a-z]:[\\/]/i.test(path)) return undefined;
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.includes('..') ? undefined : parts.join('/');
}

/** A path below a folder; both may be empty. */
export function joined(dir: string, path: string): string {
  return dir === '' || path === '' ? dir + path : `${dir}/${path}`;
}
