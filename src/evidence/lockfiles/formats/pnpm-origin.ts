/** Name, version and origin of a package of a pnpm-lock.yaml, from its key and its resolution. */
import type { Bare } from '../graph.ts';
import { hostOf } from '../package-json.ts';
import type { PnpmEntry } from './pnpm-lines.ts';

type Origin = Pick<Bare, 'name' | 'source' | 'version' | 'registry' | 'commit'>;

/** Undefined where the key is not understood. */
export function pnpmOrigin({ key, said }: PnpmEntry, format: number | undefined): Origin | undefined {
  const written = partsOf(key, format ?? 0);
  const name = said.name ?? written?.name;
  const version = written?.version ?? said.version ?? '';
  if (name === undefined || name === '') return undefined;
  const { tarball = '', type } = said;
  const commit = said.commit ?? archiveOf(tarball) ?? archiveOf(key);
  if (type === 'git' || commit !== undefined) return { name, source: 'git', ...(commit && { commit }) };
  if (type === 'directory' || /^(?:file|link):/.test(version) || /^(?:file|link):/.test(tarball))
    return { name, source: 'path' };
  if (/^https?:/.test(version)) return { name, source: 'url' };
  if (version === '' || /^[a-z]+:/.test(version)) return { name, source: 'unknown' };
  const registry = hostOf(tarball) ?? written?.host;
  return { name, source: 'registry', version, ...(registry && { registry }) };
}

/** The commit that an archive is of. */
function archiveOf(address: string): string | undefined {
  return /\/tar\.gz\/([0-9a-f]{40})(?:$|[^0-9a-f])/i.exec(address)?.[1];
}

interface Parts {
  readonly name: string;
  readonly version: string;
  readonly host?: string;
}

/** `/name/1.0.0` (5), `/name@1.0.0` (6), `name@1.0.0` (9); `registry.example/name/1.0.0` where the registry is another. */
function partsOf(key: string, format: number): Parts | undefined {
  if (/^(?:file|link|git\+|https?):/.test(key)) return { name: lastPart(key), version: key };
  const host = key.startsWith('/') || format >= 9 ? undefined : hostBefore(key);
  const rest = key.startsWith('/') ? key.slice(1) : host === undefined ? key : key.slice(host.length + 1);
  const at = format < 6 ? rest.lastIndexOf('/') : rest.indexOf('@', 1);
  if (at <= 0 || at === rest.length - 1) return undefined;
  const version = format < 6 ? rest.slice(at + 1).replace(/_.*$/, '') : rest.slice(at + 1);
  return { name: rest.slice(0, at), version, ...(host !== undefined && { host }) };
}

/** A first part with a dot in it and no `@`. */
function hostBefore(key: string): string | undefined {
  const first = key.slice(0, Math.max(key.indexOf('/'), 0));
  return first.includes('.') && !first.includes('@') ? first : undefined;
}

function lastPart(address: string): string {
  return address.slice(Math.max(address.lastIndexOf('/'), address.lastIndexOf(':')) + 1);
}
