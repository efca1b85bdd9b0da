/** What the tag of an official image says: the version that it begins with, and the system that it ends with. Pure. */
import { productNamed } from './cycle.ts';

/** A product in an image: its version, or why none is known. */
export interface Part {
  /** Key in the table of lifecycles, e.g. `node`; the table need not know it. */
  readonly product: string;
  /** As written; a codename counts. */
  readonly version?: string;
  /** Why no version is known, one clause. */
  readonly open?: string;
}

/** The product with the version that a tag begins with. */
export function versioned(product: string, tag: string | undefined, digest: boolean): Part {
  if (tag === undefined) {
    return {
      product,
      open: digest ? 'only a digest is given, which says no version' : 'it has no tag, which means latest',
    };
  }
  const [first = ''] = tag.split('-');
  if (/^v?\d[\w.+]*$/.test(first) || codenames(product).has(first.toLowerCase())) return { product, version: first };
  return {
    product,
    open: tag.includes('$')
      ? 'its version is filled in when it is built'
      : `the tag ${tag} names no version, so it moves`,
  };
}

function codenames(product: string): ReadonlySet<string> {
  return new Set(Object.keys(productNamed(product)?.codenames ?? {}));
}

/** Words for systems, followed by their version at once, or by the next word; `words` are those that say nothing else. */
const SYSTEMS: readonly (readonly [word: RegExp, product: string])[] = [
  [/^alpine$/, 'alpine'],
  [/^(ubi|rhel)$/, 'rhel'],
  [/^(al|amazonlinux)$/, 'amazonlinux'],
  [/^debian$/, 'debian'],
  [/^ubuntu$/, 'ubuntu'],
  [/^(ol|oraclelinux|oracle)$/, 'oraclelinux'],
  [/^centos$/, 'centos'],
  [/^(rocky|rockylinux)$/, 'rocky'],
  [/^(alma|almalinux)$/, 'almalinux'],
  [/^fedora$/, 'fedora'],
  [/^photon$/, 'photon'],
  [/^nanoserver$/, 'windows-nanoserver'],
  [/^(windowsservercore|servercore)$/, 'windows-servercore'],
  [/^(azurelinux|mariner)$/, 'Azure Linux'],
  [/^wolfi$/, 'Wolfi'],
];

/** The system that a tag names, if any. */
export function systemIn(tag: string | undefined): Part | undefined {
  const words = (tag ?? '').toLowerCase().split('-');
  for (const [index, word] of words.entries()) {
    const named = ['debian', 'ubuntu'].find((product) => codenames(product).has(word));
    if (named !== undefined) return { product: named, version: word };
    const [, name = '', version = ''] = /^([a-z]+)((?:\d[\d.]*)?)$/.exec(word) ?? [];
    const product = SYSTEMS.find(([pattern]) => pattern.test(name))?.[1];
    if (product === undefined || (name === 'al' && version === '')) continue;
    const number = version !== '' ? version : /^(?:ltsc)?(\d[\d.h]*)$/.exec(words[index + 1] ?? '')?.[1];
    return number === undefined
      ? { product, open: `the tag ${tag} does not say which release` }
      : { product, version: number };
  }
  return undefined;
}
