/** Where a package of a yarn.lock is from. */
import type { Bare } from '../graph.ts';
import { hostOf } from '../package-json.ts';
import type { YarnEntry } from './yarn-lines.ts';

/** A package's own name and origin. */
export type Origin = Pick<Bare, 'name' | 'source' | 'version' | 'registry' | 'commit'>;

/** `name@rest`, split behind a scope. */
export function splitAt(descriptor: string): readonly [name: string, rest: string] {
  const at = descriptor.indexOf('@', 1);
  return at < 0 ? [descriptor, ''] : [descriptor.slice(0, at), descriptor.slice(at + 1)];
}

/** Of yarn 1: by its address, else by what was asked for. */
export function classicOrigin({ keys, fields }: YarnEntry): Origin | undefined {
  const [installed, range] = splitAt(keys[0] ?? '');
  const alias = range.startsWith('npm:') ? splitAt(range.slice(4))[0] : undefined;
  const name = alias ?? installed;
  const version = fields.get('version');
  const resolved = fields.get('resolved') ?? '';
  const commit = commitIn(resolved);
  if (/^git[+:@]|\.git#|^ssh:/.test(resolved) || (commit && /^https?:\/\/codeload\./.test(resolved)))
    return { name, source: 'git', ...(commit && { commit }) };
  if (/^(?:file|link|portal):|^\.{0,2}\//.test(range) || /^(?:file:|\.{0,2}\/)/.test(resolved))
    return { name, source: 'path' };
  if (/^https?:/.test(range)) return { name, source: 'url' };
  return version === undefined ? undefined : { name, source: 'registry', version, ...registryOf(resolved) };
}

/** Of later versions: by what it was resolved to. */
export function berryOrigin({ fields }: YarnEntry): Origin | undefined {
  const [name, reference] = splitAt(fields.get('resolution') ?? '');
  const version = fields.get('version');
  const whole = decoded(reference);
  if (name === '' || reference === '') return undefined;
  if (/^(?:file|link|portal|exec):/.test(reference)) return { name, source: 'path' };
  if (/^npm:/.test(reference) || /^patch:(?:@[^/@]+\/)?[^@]+@npm:/.test(whole))
    return version === undefined ? undefined : { name, source: 'registry', version, ...registryOf(archiveOf(whole)) };
  const commit = commitIn(reference);
  if (commit || /^git[+:@]|\.git(?:#|$)/.test(reference)) return { name, source: 'git', ...(commit && { commit }) };
  if (/^https?:/.test(reference)) return { name, source: 'url' };
  return { name, source: 'unknown' };
}

/** Percent signs undone as far as they can be. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function archiveOf(reference: string): string {
  const mark = '__archiveUrl=';
  const at = reference.indexOf(mark);
  return at < 0 ? '' : reference.slice(at + mark.length);
}

function registryOf(address: string): { readonly registry?: string } {
  const registry = hostOf(address);
  return registry === undefined ? {} : { registry };
}

function commitIn(address: string): string | undefined {
  return /(?:#|#commit=|[&:]commit=|\/tar\.gz\/)([0-9a-f]{40,64})(?:$|[^0-9a-f])/i.exec(address)?.[1];
}
