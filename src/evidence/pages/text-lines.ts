/** Lines and columns of a text, found out when first asked for. */

/** Line and column (from 1) of offsets; columns count UTF-16 units. */
export interface Lines {
  at(offset: number): { readonly line: number; readonly column: number };
  /** Offset of the first character of a line. */
  start(line: number): number;
}

/** Positions within a text; a line ends with a line feed. */
export function linesOf(text: string): Lines {
  let counted: readonly number[] | undefined;
  function starts(): readonly number[] {
    counted ??= lineStarts(text);
    return counted;
  }
  return {
    start: (line) => starts()[line - 1] ?? text.length,
    at: (offset) => {
      const all = starts();
      let low = 0;
      for (let high = all.length; high - low > 1; ) {
        const middle = (low + high) >> 1;
        if ((all[middle] ?? 0) <= offset) low = middle;
        else high = middle;
      }
      return { line: low + 1, column: offset - (all[low] ?? 0) + 1 };
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
