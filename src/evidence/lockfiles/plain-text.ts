/** What every reader of text takes for granted: no byte-order mark, and `\n` at the end of lines. */

/** A text without byte-order mark and carriage returns before line ends. Lines keep their numbers. */
export function plainText(text: string): string {
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return bare.includes('\r') ? bare.replaceAll('\r\n', '\n') : bare;
}
