/** Tells plain ASCII text, for which small classes of characters do: those of Unicode take longer to compile than a page to read. */

/** Whether a text holds nothing beyond ASCII. */
export function isAscii(text: string): boolean {
  return !/[^\0-\x7F]/.test(text);
}
