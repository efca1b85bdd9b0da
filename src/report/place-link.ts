/** What may be a link: places, for pages that lie in or beside the repository and for receivers that know its checkout, and addresses that a manifest names. Pure. */
import type { Place } from '../model.ts';

/** A relative address with the line as forges write it; none for what is in another repository. `base` leads from the page's folder to the repository's root. */
export function placeAddress({ path, line, root }: Place, base: string): string | undefined {
  if (root !== undefined) return undefined;
  const segments = [...base.split('/'), ...path.split('/')].filter((segment) => segment !== '' && segment !== '.');
  // A first segment such as `javascript:` must not become a scheme.
  const address = ['.', ...segments.map(encoded)].join('/');
  return line === undefined ? address : `${address}#L${line}`;
}

/** The path of a place below the root, `/` between the parts; none for what is in another repository, or would lead upwards or away. */
export function pathInside({ path, root }: Place): string | undefined {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (root !== undefined || segments.length === 0 || path.startsWith('/') || segments.includes('..')) return undefined;
  return segments.join('/');
}

/** A path as a relative reference by RFC 3986, without any sign that could begin a scheme, a query or a fragment. */
export function encodedPath(path: string): string {
  return path.split('/').map(encoded).join('/');
}

/** Besides what addresses need, the parentheses and the apostrophe, which end links in other grammars. */
function encoded(segment: string): string {
  return encodeURIComponent(segment.toWellFormed()).replace(
    /[()'!*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Only https addresses made of printable ASCII become links: nothing in them is a scheme that runs, or ends an escape sequence. */
export function isLinkable(address: string): boolean {
  return /^https:\/\/[\x21-\x7E]+$/.test(address);
}
