/** What a page of ours may do in a browser, as its Content-Security-Policy: load, send and embed nothing, whatever it says. */
import { createHash } from 'node:crypto';

/** Of a page without scripts. */
export const STILL_PAGE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Of a page that may run this script and use this style, to the letter. */
export function policyOf(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src '${digest(script)}'`,
    `style-src '${digest(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
