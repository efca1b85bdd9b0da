/** What every reader of lockfiles takes for granted of a text: no byte-order mark, `\n` at the end of lines, names of a sane length. */

/** Longest name and version that are taken for one. */
const LONGEST_NAME = 300;
const LONGEST_VERSION = 200;

/** A text without byte-order mark and carriage returns before line ends. Lines keep their numbers. */
export function plainText(text: string): string {
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return bare.includes('\r') ? bare.replaceAll('\r\n', '\n') : bare;
}

/** Whether a text can be the name of a package: no spaces, no control characters, not endless. */
export function isName(text: string | undefined): text is string {
  return text !== undefined && text.length <= LONGEST_NAME && /^[^\s\p{Cc}]+$/u.test(text);
}

/** Whether a text can be a version. */
export function isVersionText(text: string | undefined): text is string {
  return text !== undefined && text.length <= LONGEST_VERSION && /^[^\s\p{Cc}]+$/u.test(text);
}

/** Host of an address; undefined where it has none. */
export function hostOf(address: string | undefined): string | undefined {
  return /^[a-z][a-z+.-]{0,20}:\/\/(?:[^/@\s]{0,500}@)?([^/:@?#\s]{1,253})/i.exec(address ?? '')?.[1]?.toLowerCase();
}

/** `a, b and 7 more`, so that a sentence stays one. */
export function someOf(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map((it) => (it.length > 60 ? `${it.slice(0, 60)}…` : it));
  return names.length > most ? `${shown.join(', ')} and ${names.length - most} more` : shown.join(', ');
}
