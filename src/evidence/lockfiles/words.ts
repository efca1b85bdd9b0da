/** What may stand for a name, a version or a host in a lockfile: nothing that a terminal or a report would stumble over. */

const LONGEST = 300;

/** Whether a text can be a name or a version: printable, without blanks, of sensible length. */
export function isWord(text: string | undefined): text is string {
  return text !== undefined && text !== '' && text.length <= LONGEST && !/[\s\p{C}]/u.test(text);
}

/** A requirement as written, on one line; undefined where it is none. */
export function rangeOf(text: string | undefined): string | undefined {
  const range = text?.slice(0, LONGEST + 1).trim();
  return range === undefined || range.length > LONGEST || /\p{C}/u.test(range) ? undefined : range;
}

/** Stands for a requirement that is there and cannot be shown or is not literal; no ecosystem understands it. */
export const UNREADABLE = '?';

/** Host of an address, lower-case, without user and port. */
export function hostOf(address: string | undefined): string | undefined {
  const host = /^[a-z][a-z0-9+.-]{0,20}:\/\/(?:[^/@\s]{0,300}@)?([a-z0-9.-]{1,253})/i.exec(address ?? '')?.[1];
  return host?.toLowerCase();
}

/** Full commit ids only; branches and tags move. */
export function commitOf(text: string | undefined): string | undefined {
  return text !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text) ? text.toLowerCase() : undefined;
}

/** Lines without their ends, whichever they are, and without a byte-order mark. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/);
}
