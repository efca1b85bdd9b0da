/** Looks for an expression at one place of a text, and nowhere behind it. */

/** What a sticky expression finds at an offset. */
export function matchAt(sticky: RegExp, text: string, offset: number): RegExpExecArray | null {
  sticky.lastIndex = offset;
  return sticky.exec(text);
}
