/** Data inside a page: as text that no markup can end, and packed where there is much of it. Pure. */
import { deflateRawSync } from 'node:zlib';

const ESCAPED = /[<>&\u2028\u2029]/g;

/** JSON that may stand in an element `script`: nothing in it ends the element or begins a comment. */
export function scriptJson(data: unknown): string {
  return JSON.stringify(data).replace(
    ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Plain data as JSON, deflated, in base64: what the browser's `DecompressionStream('deflate-raw')` reads. */
export function packed(data: unknown): string {
  return deflateRawSync(Buffer.from(JSON.stringify(data)), { level: 9 }).toString('base64');
}
