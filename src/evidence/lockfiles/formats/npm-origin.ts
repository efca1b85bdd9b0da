/** Name, version and origin of what npm installed in one place. */
import { list, record, word } from '../../plain-value.ts';
import type { Bare } from '../graph.ts';
import { hostOf } from '../package-json.ts';
import type { NpmEntry } from './npm.ts';

/** The name that a place is installed under. */
export function installedName(key: string): string {
  return key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** Undefined where nothing says what it is. */
export function bareOf({ key, value = {}, line }: NpmEntry, isAddress: boolean): Bare | undefined {
  const installed = installedName(key);
  const name = word(value.name) ?? installed;
  const version = word(value.version);
  const origin = originOf(word(value.resolved), version, isAddress);
  if (!origin || name === '') return undefined;
  const deprecated = word(value.deprecated);
  const licence = licenceOf(value.license);
  return {
    name,
    ...origin,
    ...(value.inBundle === true && { bundled: true }),
    ...(installed !== name && { alias: installed }),
    ...(deprecated !== undefined && { deprecated }),
    ...(licence !== undefined && { licence }),
    line,
  };
}

type Origin = Pick<Bare, 'source' | 'version' | 'registry' | 'commit'>;

/** Without an address it is from the registry: npm may leave them out. */
function originOf(resolved: string | undefined, version: string | undefined, isAddress: boolean): Origin | undefined {
  if (resolved === undefined) return version === undefined ? undefined : { source: 'registry', version };
  if (/^(?:file|link):|^\.{0,2}\//.test(resolved)) return { source: 'path' };
  const commit = /#([0-9a-f]{7,64})$/i.exec(resolved)?.[1];
  if (/^git[+:@]|^[\w-]+:[\w.-]+\/|\.git(?:#|$)/i.test(resolved)) return { source: 'git', ...(commit && { commit }) };
  const registry = hostOf(resolved);
  if (isAddress) return { source: 'url' };
  return version === undefined ? undefined : { source: 'registry', version, ...(registry && { registry }) };
}

function licenceOf(licence: unknown): string | undefined {
  if (typeof licence === 'string') return licence;
  const types = list(Array.isArray(licence) ? licence : [licence]).flatMap(
    (it) => word(record(it).type) ?? word(it) ?? [],
  );
  return types.length > 0 ? types.join(' OR ') : undefined;
}
